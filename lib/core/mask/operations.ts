import type { View } from '../pictures/viewer-geometry';
import type { Size } from '../sizes/sizes';
import type { CompressedRaster, PaintMode } from './raster';

declare const space: unique symbol;

interface Point<Space extends string> {
  readonly x: number;
  readonly y: number;
  /** Only for the compiler: points of two spaces can't be mixed. */
  readonly [space]?: Space;
}

/** A point of the picture, in its own pixels; 0, 0 is the outer corner of the first one. */
export type ImagePoint = Point<'image'> & { readonly [space]?: 'image' };

/** A point of the stage that a picture is shown on, in CSS pixels from its upper left corner. */
export type ScreenPoint = Point<'screen'> & { readonly [space]?: 'screen' };

export function imagePoint(x: number, y: number): ImagePoint {
  return { x, y };
}

export function screenPoint(x: number, y: number): ScreenPoint {
  return { x, y };
}

/** Which point of the picture is shown at a point of the stage. */
export function toImagePoint(point: ScreenPoint, view: View): ImagePoint {
  return imagePoint((point.x - view.x) / view.scale, (point.y - view.y) / view.scale);
}

/** Where on the stage a point of the picture is shown. */
export function toScreenPoint(point: ImagePoint, view: View): ScreenPoint {
  return screenPoint(point.x * view.scale + view.x, point.y * view.scale + view.y);
}

/** A point of a stroke, with the brush's radius there, in pixels of the picture. */
export type StrokePoint = ImagePoint & { readonly radius: number };

/** What all points of a stroke share. */
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

/** A rectangle as four fields hold it. */
export interface Edges {
  left: string;
  top: string;
  width: string;
  height: string;
}

/** The rectangle that is written there; null if one is no whole number, or it leaves the picture. */
export function rectangleOf(edges: Edges, picture: Size): Rectangle | null {
  if (!Object.values(edges).every((text) => /^\d+$/.test(text))) return null;
  const area = {
    left: Number(edges.left),
    top: Number(edges.top),
    width: Number(edges.width),
    height: Number(edges.height),
  };
  if (area.width < 1 || area.left + area.width > picture.width) return null;
  return area.height < 1 || area.top + area.height > picture.height ? null : area;
}
