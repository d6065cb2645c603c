import { type ImageFormat, sniffImageFormat } from '../bytes/image-header';

/**
 * Why the pixels of a composite may not be the file's own to the last bit: a canvas holds eight bits
 * a channel in sRGB. `deep`: it has more than eight bits; `profile`: its colours are in another space
 * and are converted; `cmyk`: it is in printing colours; `transparent`: what is half transparent is
 * rounded; `unknown`: its header could not be read so far.
 */
export type Inexactness = 'deep' | 'profile' | 'cmyk' | 'transparent' | 'unknown';

/** What the first bytes of a file tell of its pixels. */
export interface PixelStorage {
  /** Of one channel. */
  bitDepth: number;
  /** Four of a JPEG are printing colours; undefined: not told. */
  components: number | undefined;
  /** Whether it says in which colour space it is, other than plainly sRGB: it may be converted. */
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
  /** Whether nothing of it can be seen through. */
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

const big = (bytes: Uint8Array, at: number, length: number) =>
  bytes.subarray(at, at + length).reduce((value, byte) => value * 256 + byte, 0);

const text = (bytes: Uint8Array, at: number, length: number) =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** PNG (W3C) §11.3.2: what says how colours are meant comes before the pixels. */
function readPng(head: Uint8Array): PixelStorage | undefined {
  const bitDepth = head[24];
  if (bitDepth === undefined) return undefined;
  const seen = new Set<string>();
  let at = 8;
  while (at + 8 <= head.length) {
    const type = text(head, at + 4, 4);
    if (type === 'IDAT') break;
    seen.add(type);
    at += 12 + big(head, at, 4);
  }
  if (at + 8 > head.length) return undefined;
  // An sRGB chunk rules out those of gamma and primaries, which older readers look at.
  const isTagged =
    ['iCCP', 'cICP'].some((type) => seen.has(type)) ||
    (!seen.has('sRGB') && ['gAMA', 'cHRM'].some((type) => seen.has(type)));
  return { bitDepth, components: undefined, isTagged };
}

/** JPEG (ITU-T T.81) annex B; a profile stands in APP2 (ICC.1, annex B.4). */
function readJpeg(head: Uint8Array): PixelStorage | undefined {
  let isTagged = false;
  let frame: Pick<PixelStorage, 'bitDepth' | 'components'> | undefined;
  let at = 2;
  while (at + 4 <= head.length && head[at] === 0xff) {
    const marker = head[at + 1] as number;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda) return frame && { ...frame, isTagged };
    const length = big(head, at + 2, 2);
    if (marker === 0xe2 && text(head, at + 4, 12) === 'ICC_PROFILE\0') isTagged = true;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      frame = { bitDepth: head[at + 4] ?? 8, components: head[at + 9] };
    }
    at += 2 + length;
  }
  return undefined;
}
