import type { Size } from '../sizes/sizes';
import {
  type ImagePoint,
  imagePoint,
  type MaskOperation,
  type Rectangle,
  type StrokePoint,
  type StrokeStyle,
} from './operations';
import type { PaintMode } from './raster';

/** The gesture that a pointer is making. */
export type Gesture =
  | { kind: 'stroke'; style: StrokeStyle; points: readonly StrokePoint[] }
  | { kind: 'rectangle'; mode: PaintMode; from: ImagePoint; to: ImagePoint }
  | { kind: 'lasso'; mode: PaintMode; points: readonly ImagePoint[] };

/** The operation that a gesture makes if it ends here; null if it would change nothing. */
export function gestureOperation(gesture: Gesture, picture: Size): MaskOperation | null {
  if (gesture.kind === 'stroke') {
    const { style, points } = gesture;
    return touches(points, picture) ? { kind: 'stroke', style, points } : null;
  }
  if (gesture.kind === 'rectangle') {
    const area = rectangleBetween({ ...gesture, picture });
    return area && { kind: 'rectangle', mode: gesture.mode, area };
  }
  const { mode, points } = gesture;
  const around = points.map((point) => ({ ...point, radius: 0 }));
  if (points.length < 3 || !touches(around, picture)) return null;
  return { kind: 'lasso', mode, points };
}

/**
 * The rectangle between two corners, in whole pixels and within the picture, so that its edges are
 * sharp; null if there is no pixel in it.
 */
export function rectangleBetween({
  from,
  to,
  picture,
}: {
  from: ImagePoint;
  to: ImagePoint;
  picture: Size;
}): Rectangle | null {
  const along = (one: number, other: number, most: number) => {
    const [first, last] = [one, other]
      .map((place) => Math.min(most, Math.max(0, Math.round(place))))
      .sort((low, high) => low - high) as [number, number];
    return [first, last - first] as const;
  };
  const [left, width] = along(from.x, to.x, picture.width);
  const [top, height] = along(from.y, to.y, picture.height);
  return width > 0 && height > 0 ? { left, top, width, height } : null;
}

/** The corner that makes a square, as large as the longer of both sides. */
export function squareCorner(from: ImagePoint, to: ImagePoint): ImagePoint {
  const side = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
  const towards = (one: number, other: number) => one + (other < one ? -side : side);
  return imagePoint(towards(from.x, to.x), towards(from.y, to.y));
}

/** Whether a stroke touches the picture, or comes close to it. */
function touches(points: readonly StrokePoint[], { width, height }: Size): boolean {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y, radius } of points) {
    box.left = Math.min(box.left, x - radius);
    box.top = Math.min(box.top, y - radius);
    box.right = Math.max(box.right, x + radius);
    box.bottom = Math.max(box.bottom, y + radius);
  }
  return box.left < width && box.top < height && box.right > 0 && box.bottom > 0;
}

/** The diameter of a brush, in pixels of the picture. */
export const brushSizes = { least: 1, most: 500 } as const;

/** A whole size within what is allowed. */
export function clampBrushSize(size: number): number {
  return Math.min(brushSizes.most, Math.max(brushSizes.least, Math.round(size)));
}

/** The next size up or down: single pixels for a fine brush, larger steps for a large one. */
export function stepBrushSize(size: number, direction: 1 | -1): number {
  const from = direction === 1 ? size : size - 1;
  const step = from < 10 ? 1 : from < 50 ? 5 : from < 100 ? 10 : 25;
  const next = direction === 1 ? Math.floor(size / step) + 1 : Math.ceil(size / step) - 1;
  return clampBrushSize(next * step);
}

/** The sizes that a slider has: each a little larger than the one before, as seen. */
export const sliderSizes: readonly number[] = [
  ...range(1, 20, 1),
  ...range(22, 50, 2),
  ...range(55, 100, 5),
  ...range(110, 200, 10),
  ...range(220, brushSizes.most, 20),
];

/** The place on that slider which is nearest to a size. */
export function sliderPlace(size: number): number {
  const away = (place: number) => Math.abs((sliderSizes[place] ?? 0) - size);
  return sliderSizes.reduce((best, _, place) => (away(place) < away(best) ? place : best), 0);
}

function range(first: number, last: number, step: number): number[] {
  return Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step);
}
