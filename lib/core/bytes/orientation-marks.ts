import { type ImageFormat, jpegSegments, pngChunks, sniffImageFormat, text } from './image-header';

/** More of them are no picture that a program has written. */
const mostMarks = 1000;

/** What a mark is written over with: `xxXx`, the name of no part; its case says so in a PNG (W3C, §5.4). */
export const noMark = [0x78, 0x78, 0x58, 0x78];

/**
 * The places of four bytes each that name what can turn a picture: Exif and XMP. Written over (`noMark`), they
 * are unknown parts that every decoder leaves out, and it shows the pixels as they are stored.
 * @param bytes the whole file
 * @returns none if nothing in the file can turn it; undefined if that cannot be taken out
 */
export function orientationMarks(bytes: Uint8Array): number[] | undefined {
  const format = sniffImageFormat(bytes);
  const places = format && finders[format](bytes);
  if (!places) return undefined;
  const marks: number[] = [];
  for (const place of places) {
    if (marks.length === mostMarks) return undefined;
    marks.push(place);
  }
  return marks;
}

type Places = Iterable<number> | undefined;

const finders: Record<ImageFormat, (bytes: Uint8Array) => Places> = {
  jpeg: jpegMarks,
  png: pngMarks,
  webp: webpMarks,
  gif: () => [],
  // ISO 23008-12 §6.5.10 and 6.5.12: decoders refuse a picture whose `irot` or `imir` they don't know.
  avif: (bytes) => (/irot|imir/.test(text(bytes, 0, 64 * 1024)) ? undefined : []),
};

/** Exif and XMP stand in segments APP1, each after its name (ITU-T T.81, annex B; Exif 2.32 §4.7.2). */
function* jpegMarks(bytes: Uint8Array): Generator<number> {
  for (const { marker, start } of jpegSegments(bytes)) {
    if (marker === 0xe1 && start + 4 <= bytes.length) yield start;
  }
}

/** A chunk of an unknown type is left out, its wrong checksum with it (PNG, W3C, §13.3 and 14.2). */
function* pngMarks(bytes: Uint8Array): Generator<number> {
  for (const { type, start } of pngChunks(bytes)) if (type === 'eXIf') yield start - 4;
}

/** RFC 9649 §2.7: metadata are chunks of their own, after the picture. */
function* webpMarks(bytes: Uint8Array): Generator<number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    if (['EXIF', 'XMP '].includes(text(bytes, at, 4))) yield at;
    at += 8 + length + (length % 2);
  }
}
