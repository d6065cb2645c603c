/** Formats whose headers can be read. */
export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif';

/** What the first bytes of a picture tell. */
export interface ImageHeader {
  format: ImageFormat;
  /** Stored pixels, before `orientation` is applied; undefined if the bytes end too early. */
  width: number | undefined;
  height: number | undefined;
  /** Whether pixels may be transparent; undefined if the bytes do not tell. */
  hasAlpha: boolean | undefined;
  /** EXIF orientation of a JPEG or PNG, 1 to 8 (5 to 8 swap the sides); 1 for everything else. */
  orientation: number;
}

type Traits = Partial<Omit<ImageHeader, 'format'>>;

/** A picture's media type (IANA). */
export function mediaTypeOf(format: ImageFormat): `image/${ImageFormat}` {
  return `image/${format}`;
}

/** The format by its signature; 16 bytes are enough for what encoders write. */
export function sniffImageFormat(bytes: Uint8Array): ImageFormat | undefined {
  if (text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (text(bytes, 0, 3) === '\xff\xd8\xff') return 'jpeg';
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 4) === 'WEBP') return 'webp';
  if (['GIF87a', 'GIF89a'].includes(text(bytes, 0, 6))) return 'gif';
  if (text(bytes, 4, 4) === 'ftyp' && ['avif', 'avis'].includes(text(bytes, 8, 4))) return 'avif';
  return undefined;
}

/**
 * Reads a picture's header from the first bytes of its file, as many as there are: 64 KB do for
 * nearly every file, 32 bytes for the sides of a PNG. Never throws.
 * @returns undefined if it is none of the formats
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const format = sniffImageFormat(bytes);
  if (!format) return undefined;
  const traits = readers[format](bytes);
  return {
    format,
    width: side(traits.width),
    height: side(traits.height),
    hasAlpha: traits.hasAlpha,
    orientation: traits.orientation ?? 1,
  };
}

const readers: Record<ImageFormat, (bytes: Uint8Array) => Traits> = {
  png: readPng,
  jpeg: readJpeg,
  webp: readWebp,
  gif: (bytes) => ({ width: little(bytes, 6, 2), height: little(bytes, 8, 2) }),
  avif: readAvif,
};

/** Past the end of the bytes the numbers below are NaN; a side of 0 is none either. */
const side = (pixels = 0) => (pixels > 0 ? pixels : undefined);

function big(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let index = at; index < at + length; index++) {
    value = value * 256 + (bytes[index] ?? Number.NaN);
  }
  return value;
}

function little(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let index = at + length - 1; index >= at; index--) {
    value = value * 256 + (bytes[index] ?? Number.NaN);
  }
  return value;
}

/** Bytes as text, one character a byte; shorter at the end of the bytes. */
export function text(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

/**
 * The chunks of a PNG (W3C, §5.3), as far as the bytes go.
 * @returns the type of each, and where its data starts
 */
export function* pngChunks(bytes: Uint8Array): Generator<{ type: string; start: number }> {
  for (let at = 8; at + 8 <= bytes.length; at += 12 + big(bytes, at, 4)) {
    yield { type: text(bytes, at + 4, 4), start: at + 8 };
  }
}

/**
 * The segments of a JPEG (ITU-T T.81, annex B) up to its pixels, as far as the bytes go.
 * @returns the marker of each, where its data starts, and whether it describes the frame (SOF)
 */
export function* jpegSegments(
  bytes: Uint8Array,
): Generator<{ marker: number; start: number; isFrame: boolean }> {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    yield { marker, start: at + 4, isFrame };
    if (marker === 0xda || marker === 0xd9) return;
    at += 2 + big(bytes, at + 2, 2);
  }
}

/** Whether a PNG was rewritten by Xcode for iPhones: only Apple's programs read those. */
export function isXcodePng(bytes: Uint8Array): boolean {
  return sniffImageFormat(bytes) === 'png' && text(bytes, 12, 4) === 'CgBI';
}

/**
 * PNG (W3C) §11: IHDR is the first chunk, to Xcode the second; tRNS and eXIf come before the first
 * IDAT.
 */
function readPng(bytes: Uint8Array): Traits {
  const start = isXcodePng(bytes) ? 20 + big(bytes, 8, 4) + 8 : 16;
  const traits: Traits = { width: big(bytes, start, 4), height: big(bytes, start + 4, 4) };
  const colourType = bytes[start + 9];
  if (colourType === 4 || colourType === 6) traits.hasAlpha = true;
  let exifSeen = false;
  for (const { type, start } of pngChunks(bytes)) {
    if (type === 'IDAT') return { ...traits, hasAlpha: traits.hasAlpha ?? false };
    if (type === 'tRNS') traits.hasAlpha = true;
    if (type === 'eXIf' && !exifSeen) {
      exifSeen = true;
      traits.orientation = readOrientation(bytes, start);
    }
  }
  return traits;
}

function readJpeg(bytes: Uint8Array): Traits {
  const traits: Traits = { hasAlpha: false };
  let exifSeen = false;
  for (const { marker, start, isFrame } of jpegSegments(bytes)) {
    // Decoders go by the first frame; where there is a second, most refuse the file.
    if (isFrame && traits.width === undefined) {
      traits.height = big(bytes, start + 1, 2);
      traits.width = big(bytes, start + 3, 2);
    }
    // Only the first one counts, so that thousands of them cost nothing.
    if (marker === 0xe1 && !exifSeen && text(bytes, start, 5) === 'Exif\0') {
      exifSeen = true;
      traits.orientation = readOrientation(bytes, start + 6);
    }
  }
  return traits;
}

/**
 * Exif 2.32 §4.6.4: tag 0x0112 in the first directory of an APP1 segment's, or an eXIf chunk's, TIFF. It
 * is one SHORT; browsers do not turn a picture by anything else, so neither does this.
 */
function readOrientation(bytes: Uint8Array, tiff: number): number | undefined {
  const order = text(bytes, tiff, 2);
  if (order !== 'II' && order !== 'MM') return undefined;
  const number = order === 'II' ? little : big;
  const directory = tiff + number(bytes, tiff + 4, 4);
  const end = Math.min(directory + 2 + 12 * number(bytes, directory, 2), bytes.length);
  for (let entry = directory + 2; entry < end; entry += 12) {
    if (number(bytes, entry, 2) !== 0x0112) continue;
    if (number(bytes, entry + 2, 2) !== 3 || number(bytes, entry + 4, 4) !== 1) return undefined;
    const orientation = number(bytes, entry + 8, 2);
    return orientation >= 1 && orientation <= 8 ? orientation : undefined;
  }
  return undefined;
}

/** RFC 9649 §2.5–2.7: the first chunk is VP8, VP8L or VP8X. */
function readWebp(bytes: Uint8Array): Traits {
  const chunk = text(bytes, 12, 4);
  if (chunk === 'VP8 ') {
    return {
      width: little(bytes, 26, 2) % 0x4000,
      height: little(bytes, 28, 2) % 0x4000,
      hasAlpha: false,
    };
  }
  if (chunk === 'VP8L') {
    const packed = little(bytes, 21, 4);
    return {
      width: (packed % 0x4000) + 1,
      height: (Math.floor(packed / 0x4000) % 0x4000) + 1,
      hasAlpha: Number.isNaN(packed) ? undefined : Math.floor(packed / 0x1000_0000) % 2 === 1,
    };
  }
  if (chunk !== 'VP8X') return {};
  const flags = bytes[20];
  return {
    width: little(bytes, 24, 3) + 1,
    height: little(bytes, 27, 3) + 1,
    hasAlpha: flags === undefined ? undefined : (flags & 0x10) !== 0,
  };
}

/** The boxes of ISO 14496-12 §4.2 between two places, as far as the bytes go. */
function* boxes(bytes: Uint8Array, from: number, to: number) {
  let at = from;
  while (at + 8 <= Math.min(to, bytes.length)) {
    const length = big(bytes, at, 4);
    // 0 (to the end of the file) and 1 (a longer field follows) are for the pixels, which come last.
    if (length < 8) return;
    yield { type: text(bytes, at + 4, 4), start: at + 8, end: Math.min(to, at + length) };
    at += length;
  }
}

/**
 * AVIF, ISO 23008-12 §6.5: meta → iprp → ipco lists the sides (ispe) of every image of the file.
 * Thumbnails and the tiles of a grid are smaller than the picture, its alpha plane is as large.
 */
function readAvif(bytes: Uint8Array): Traits {
  const inside = (type: string, from: number, to: number) => {
    for (const box of boxes(bytes, from, to)) if (box.type === type) return box;
    return undefined;
  };
  const meta = inside('meta', 0, Number.POSITIVE_INFINITY);
  const iprp = meta && inside('iprp', meta.start + 4, meta.end);
  const ipco = iprp && inside('ipco', iprp.start, iprp.end);
  if (!ipco) return {};
  const traits: Traits = {};
  for (const { type, start, end } of boxes(bytes, ipco.start, ipco.end)) {
    if (type === 'ispe') {
      const [width, height] = [big(bytes, start + 4, 4), big(bytes, start + 8, 4)];
      if (width * height > (traits.width ?? 0) * (traits.height ?? 0)) {
        traits.width = width;
        traits.height = height;
      }
    }
    const isAlpha = type === 'auxC' && text(bytes, start + 4, 64).includes(':auxiliary:alpha');
    if (isAlpha) traits.hasAlpha = true;
    if (end === ipco.end && end <= bytes.length) traits.hasAlpha ??= false;
  }
  return traits;
}
