import type { Size } from '../sizes/sizes';
import type { Raster } from './raster';

/** A mask packed by its runs: kilobytes where its pixels are megabytes. */
export interface CompressedRaster extends Size {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

// A run costs two bytes or more: shorter ones are kept as they are.
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
