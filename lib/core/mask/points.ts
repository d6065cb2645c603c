import type { View } from '../pictures/viewer-geometry';

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
