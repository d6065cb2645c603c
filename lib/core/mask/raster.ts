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

/** A decoded picture: four bytes a pixel (red, green, blue, alpha), not premultiplied. */
export interface PicturePixels extends Size {
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

/** The mask that a picture is: what can be seen through will change, as the edits endpoint has it. */
export function maskFromPicture({ width, height, rgba }: PicturePixels): Raster {
  const mask = createRaster({ width, height });
  const { data } = mask;
  for (let index = 0; index < data.length; index++) {
    data[index] = 255 - (rgba[index * 4 + 3] as number);
  }
  return mask;
}

/** A mask compressed by run lengths: kilobytes instead of megabytes. */
export interface CompressedRaster extends Size {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

// A run costs two bytes or more, so shorter ones are stored as literals.
const shortestRun = 4;

/**
 * Packs a mask. What is written is a series of numbers, seven bits to a byte, lowest first: an even
 * one, halved, tells how often the byte after it comes; of an odd one, the half tells how many bytes
 * follow as they are.
 */
export function compressRaster({ data, width, height }: Raster): CompressedRaster {
  const writer = createWriter();
  const { length } = data;
  let literal = 0;
  let at = 0;
  while (at < length) {
    const value = data[at];
    let end = at + 1;
    while (end < length && data[end] === value) end++;
    if (end - at >= shortestRun) {
      if (literal < at) writer.literal(data.subarray(literal, at));
      writer.run(end - at, value as number);
      literal = end;
    }
    at = end;
  }
  if (literal < length) writer.literal(data.subarray(literal, length));
  return { width, height, bytes: writer.bytes() };
}

/** Unpacks a mask into a raster of the same size. */
export function decompressInto({ bytes }: CompressedRaster, { data }: Raster): void {
  let from = 0;
  let to = 0;
  while (from < bytes.length) {
    let head = 0;
    let factor = 1;
    let byte: number;
    do {
      byte = bytes[from++] as number;
      // No shift: a run may be longer than 31 bits' worth.
      head += (byte & 0x7f) * factor;
      factor *= 128;
    } while (byte & 0x80);
    const count = Math.floor(head / 2);
    if (head % 2 === 0) {
      data.fill(bytes[from++] as number, to, to + count);
    } else {
      data.set(bytes.subarray(from, from + count), to);
      from += count;
    }
    to += count;
  }
}

function createWriter() {
  let bytes = new Uint8Array(4096);
  let length = 0;
  const room = (more: number) => {
    if (length + more <= bytes.length) return;
    const larger = new Uint8Array(Math.max(bytes.length * 2, length + more));
    larger.set(bytes.subarray(0, length));
    bytes = larger;
  };
  const number = (value: number) => {
    room(8);
    let rest = value;
    while (rest >= 128) {
      bytes[length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    bytes[length++] = rest;
  };
  return {
    run(count: number, value: number) {
      number(count * 2);
      room(1);
      bytes[length++] = value;
    },
    literal(values: Uint8Array) {
      number(values.length * 2 + 1);
      room(values.length);
      bytes.set(values, length);
      length += values.length;
    },
    bytes: () => bytes.slice(0, length),
  };
}
