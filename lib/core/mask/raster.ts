import type { View } from '../pictures/viewer-geometry';
import type { Size } from '../sizes/sizes';

/** A mask as pixels, one byte each: 0 stays as it is, 255 will change. */
export interface Raster extends Size {
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Some pixels of a raster: from `left` and `top` on, up to `right` and `bottom` and not them. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Whether something is painted on to a mask, or taken off it. */
export type PaintMode = 'add' | 'erase';

/** The picture at its own size, as a view of it. */
export const ownSize: View = { scale: 1, x: 0, y: 0 };

/** An empty mask. @throws RangeError if there is no memory for it */
export function createRaster({ width, height }: Size): Raster {
  return { width, height, data: new Uint8Array(width * height) };
}

/** All pixels of a raster. */
export function wholeBox({ width, height }: Size): Box {
  return { left: 0, top: 0, right: width, bottom: height };
}

/** The smallest box round two; null stands for none. */
export function joinBoxes(one: Box | null, other: Box | null): Box | null {
  if (!one || !other) return one ?? other;
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

/** The pixels that a region touches, as far as they are in the raster; null if none is. */
export function boxWithin({ width, height }: Size, { left, top, right, bottom }: Box): Box | null {
  const box = {
    left: Math.max(0, Math.floor(left)),
    top: Math.max(0, Math.floor(top)),
    right: Math.min(width, Math.ceil(right)),
    bottom: Math.min(height, Math.ceil(bottom)),
  };
  return box.left < box.right && box.top < box.bottom ? box : null;
}

/**
 * The share of a mask that is painted, from 0 to 1; a pixel that is half painted counts half. Exactly
 * 0 only if nothing is painted at all, exactly 1 only if everything is.
 */
export function paintedShare({ data }: Raster): number {
  let sum = 0;
  for (let index = 0; index < data.length; index++) sum += data[index] as number;
  return data.length === 0 ? 0 : sum / (data.length * 255);
}
