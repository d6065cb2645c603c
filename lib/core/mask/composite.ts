import {
  type ImageFormat,
  jpegSegments,
  pngChunks,
  sniffImageFormat,
  text,
} from '../bytes/image-header';
import type { Size } from '../sizes/sizes';
import type { PicturePixels, Raster } from './raster';

/** The widest feather, in pixels of the original. */
export const maxFeather = 200;

/**
 * The original with an edit inside a mask: outside every byte is the original's own. All three have
 * one size; the result is written into `edit`, since two copies of a 4K picture are 66 MB.
 *
 * The feather goes inwards from the mask's edge, so that the outside stays exact: beside the edge
 * nearly all of the original shows, so many pixels further in none of it. A soft edge of the mask
 * itself mixes as well.
 */
export function compositeInto({
  original,
  edit,
  mask,
  distances,
  feather,
}: {
  original: PicturePixels;
  edit: PicturePixels;
  mask: Raster;
  /** `innerDistances` of the mask: they stay the same while the feather is moved. */
  distances: Uint16Array;
  /** In pixels of the original. */
  feather: number;
}): void {
  const whole = (feather + 1) * distanceUnit;
  const [from, into] = [original.rgba, edit.rgba];
  for (let index = 0; index < distances.length; index++) {
    const open = mask.data[index] as number;
    const at = index * 4;
    const share = Math.min(1, (distances[index] as number) / whole);
    const weight = Math.round(open * share);
    if (weight === 255) continue;
    if (weight === 0) {
      for (let channel = at; channel < at + 4; channel++) into[channel] = from[channel] as number;
      continue;
    }
    // Colours are weighted by their alpha: a transparent pixel has no colour of its own.
    const before = (from[at + 3] as number) * (255 - weight);
    const after = (into[at + 3] as number) * weight;
    for (let channel = at; channel < at + 3 && before + after > 0; channel++) {
      const sum = (from[channel] as number) * before + (into[channel] as number) * after;
      into[channel] = Math.round(sum / (before + after));
    }
    into[at + 3] = Math.round((before + after) / 255);
  }
}

/** Steps across and along are 5 long and diagonal ones 7: 7/5 is near √2. */
const straight = 5;
const diagonal = 7;
const farthest = 0xffff;

/** One pixel's length in what `innerDistances` gives. */
export const distanceUnit = straight;

/**
 * How far each pixel that a mask opens lies from the nearest one that it keeps, in fifths of a pixel;
 * 0 for those that are kept, 5 for their neighbours. Two passes (a chamfer distance, Borgefors 1986):
 * at most 8 % off.
 */
export function innerDistances({ width, height, data }: Raster): Uint16Array {
  const distances = new Uint16Array(data.length);
  for (let index = 0; index < data.length; index++) {
    distances[index] = data[index] === 0 ? 0 : farthest;
  }
  const at = (index: number, by: number) => (distances[index] as number) + by;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const index = y * width + x;
      if (distances[index] === 0) continue;
      let least = farthest;
      if (x > 0) least = Math.min(least, at(index - 1, straight));
      if (y > 0) {
        least = Math.min(least, at(index - width, straight));
        if (x > 0) least = Math.min(least, at(index - width - 1, diagonal));
        if (x + 1 < width) least = Math.min(least, at(index - width + 1, diagonal));
      }
      distances[index] = least;
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const index = y * width + x;
      let least = distances[index] as number;
      if (least === 0) continue;
      if (x + 1 < width) least = Math.min(least, at(index + 1, straight));
      if (y + 1 < height) {
        least = Math.min(least, at(index + width, straight));
        if (x > 0) least = Math.min(least, at(index + width - 1, diagonal));
        if (x + 1 < width) least = Math.min(least, at(index + width + 1, diagonal));
      }
      distances[index] = least;
    }
  }
  return distances;
}

/** Sides that models make are multiples of this. */
const step = 16;

/**
 * Whether one picture can be the other made larger or smaller: at some scale no side is further off
 * than rounding to the nearest multiple of 16 takes it.
 */
export function isSameShape(original: Size, result: Size): boolean {
  const fits = (one: Size, other: Size) => {
    const scales = (['width', 'height'] as const).map((side) => ({
      least: (other[side] - step / 2) / one[side],
      most: (other[side] + step / 2) / one[side],
    }));
    const [across, down] = scales as [(typeof scales)[0], (typeof scales)[0]];
    return across.least <= down.most && down.least <= across.most;
  };
  return fits(original, result) || fits(result, original);
}

/**
 * Why the pixels of a composite may not be the file's own to the last bit: a canvas holds eight bits
 * a channel in sRGB. `deep`: it has more than eight bits; `profile`: its colours are in another space
 * and are converted; `cmyk`: it is in printing colours; `transparent`: what is half transparent is
 * rounded; `unknown`: its header could not be read so far.
 */
export type Inexactness = 'deep' | 'profile' | 'cmyk' | 'transparent' | 'unknown';

/** What the first bytes of a file tell of its pixels. */
export interface PixelStorage {
  /** Bits per channel. */
  bitDepth: number;
  /** Channels; four in a JPEG mean CMYK. Undefined: not known. */
  components: number | undefined;
  /** Whether it names a colour space other than sRGB, so that a browser may convert it. */
  isTagged: boolean;
}

/**
 * Why a composite with this original is not exact outside the mask; none: it is, to the last bit.
 */
export function inexactnessOf({
  storage,
  isOpaque,
  isConverted,
}: {
  storage: PixelStorage | undefined;
  /** Whether every pixel is opaque. */
  isOpaque: boolean;
  /** Whether a browser shows other values than the file holds, for its colour space. */
  isConverted: boolean;
}): Inexactness[] {
  const found: Inexactness[] = [];
  if (!storage) found.push('unknown');
  else {
    if (storage.bitDepth > 8) found.push('deep');
    if (storage.components === 4) found.push('cmyk');
    else if (isConverted) found.push('profile');
  }
  if (!isOpaque) found.push('transparent');
  return found;
}

/**
 * How a file stores its pixels, from its first bytes, of which 64 KB do for nearly all. Never throws.
 * @returns undefined if they do not tell
 */
export function readPixelStorage(head: Uint8Array): PixelStorage | undefined {
  const readers: Partial<Record<ImageFormat, (head: Uint8Array) => PixelStorage | undefined>> = {
    png: readPng,
    jpeg: readJpeg,
  };
  const format = sniffImageFormat(head);
  return format && readers[format]?.(head);
}

/** PNG (W3C) §11.3.2: what says how colours are meant comes before the pixels. */
function readPng(head: Uint8Array): PixelStorage | undefined {
  const bitDepth = head[24];
  const seen = new Set<string>();
  for (const { type } of pngChunks(head)) {
    if (type !== 'IDAT') {
      seen.add(type);
      continue;
    }
    // An sRGB chunk rules out those of gamma and primaries, which older readers look at.
    const isTagged =
      ['iCCP', 'cICP'].some((name) => seen.has(name)) ||
      (!seen.has('sRGB') && ['gAMA', 'cHRM'].some((name) => seen.has(name)));
    return bitDepth === undefined ? undefined : { bitDepth, components: undefined, isTagged };
  }
  return undefined;
}

/** The frame of a JPEG (ITU-T T.81, B.2.2), and whether APP2 has a profile (ICC.1, annex B.4). */
function readJpeg(head: Uint8Array): PixelStorage | undefined {
  let isTagged = false;
  let frame: Pick<PixelStorage, 'bitDepth' | 'components'> | undefined;
  for (const { marker, start, isFrame } of jpegSegments(head)) {
    if (marker === 0xda) return frame && { ...frame, isTagged };
    if (marker === 0xe2 && text(head, start, 12) === 'ICC_PROFILE\0') isTagged = true;
    if (isFrame) frame = { bitDepth: head[start] ?? 8, components: head[start + 5] };
  }
  return undefined;
}
