import type { CompressedRaster } from './compress';
import type { ImagePoint } from './points';
import type { PaintMode } from './raster';

/** A point of a stroke, with the brush's radius there, in pixels of the picture. */
export type StrokePoint = ImagePoint & { readonly radius: number };

/** What all of a stroke has in common. */
export interface StrokeStyle {
  readonly mode: PaintMode;
  /** From 0, which fades from the middle on, to 1, which has a sharp edge. */
  readonly hardness: number;
}

/** Part of a picture, in its pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** One step of making a mask, as data; lengths in pixels of the picture. */
export type MaskOperation =
  | {
      readonly kind: 'stroke';
      readonly style: StrokeStyle;
      readonly points: readonly StrokePoint[];
    }
  | { readonly kind: 'rectangle'; readonly mode: PaintMode; readonly area: Rectangle }
  | { readonly kind: 'lasso'; readonly mode: PaintMode; readonly points: readonly ImagePoint[] }
  | { readonly kind: 'fill' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'invert' }
  | { readonly kind: 'grow'; readonly pixels: number }
  | { readonly kind: 'shrink'; readonly pixels: number }
  | { readonly kind: 'feather'; readonly pixels: number }
  /** A mask from a file, of the picture's own size; it takes the place of what was there. */
  | { readonly kind: 'import'; readonly raster: CompressedRaster };

const perPoint = 2_000;
// Filling a row's inside is that much faster than working out its soft edge.
const fillGain = 16;

/** How much work an operation is, in pixels that must be looked at one by one. */
export function operationCost(operation: MaskOperation, pixels: number): number {
  switch (operation.kind) {
    case 'stroke': {
      let cost = 0;
      let before = operation.points[0];
      for (const point of operation.points) {
        const { radius } = point;
        const length = before ? Math.hypot(point.x - before.x, point.y - before.y) : 0;
        const soft = (1 - operation.style.hardness) * (1 - 1 / fillGain) + 1 / fillGain;
        cost += perPoint + 2 * radius * (2 * radius + length) * soft;
        before = point;
      }
      return cost;
    }
    case 'rectangle':
      return (operation.area.width * operation.area.height) / fillGain;
    case 'lasso':
    case 'fill':
    case 'clear':
      return pixels / fillGain;
    case 'invert':
    case 'import':
      return pixels / 4;
    case 'grow':
    case 'shrink':
    case 'feather':
      return pixels * 8;
  }
}
