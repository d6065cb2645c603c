import {
  type ImageFormat,
  type ImageHeader,
  isXcodePng,
  readImageHeader,
  sniffImageFormat,
} from '../bytes/image-header';
import type { Size } from '../sizes/sizes';
import type { Attachment } from './reference';

/** The formats that browsers show, and others that are recognised in order to name them. */
export type FileKind =
  | ImageFormat
  | 'bmp'
  | 'heic'
  | 'ico'
  | 'jxl'
  | 'pdf'
  | 'psd'
  | 'svg'
  | 'tiff'
  | 'video'
  | 'xcode'
  | 'zip';

/** The brands of ISO 14496-12 files whose pictures are coded as HEVC (ISO 23008-12, annex B). */
const heicBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'MiHE'];

const signatures: [kind: FileKind, signature: string][] = [
  ['bmp', 'BM'],
  ['ico', '\0\0\x01\0'],
  ['jxl', '\xff\x0a'],
  ['jxl', '\0\0\0\x0cJXL \r\n\x87\n'],
  ['pdf', '%PDF-'],
  ['psd', '8BPS'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['video', '\x1a\x45\xdf\xa3'],
  ['zip', 'PK\x03\x04'],
];

/** What a file is by its first bytes, of which 1,000 do; undefined if that is none of the kinds. */
export function sniffFileKind(head: Uint8Array): FileKind | undefined {
  const start = String.fromCharCode(...head.subarray(0, 1000));
  if (start.slice(4, 8) === 'ftyp') return sniffBrands(start);
  const format = sniffImageFormat(head);
  if (format) return isXcodePng(head) ? 'xcode' : format;
  const found = signatures.find(([, signature]) => start.startsWith(signature));
  if (found) return found[0];
  return /^\s*(<\?xml|<!--|<!DOCTYPE svg|<svg)/i.test(start) && /<svg[\s>]/i.test(start)
    ? 'svg'
    : undefined;
}

/** A box `ftyp` names a major brand, a version, and brands that the file also keeps to. */
function sniffBrands(start: string): FileKind {
  const brands = start.slice(8, 8 + 4 * 16).match(/.{4}/gs) ?? [];
  // Many name a general brand first (`mif1`), and only then what their pictures are coded as.
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  return brands.some((brand) => heicBrands.includes(brand)) ? 'heic' : 'video';
}

/** What a list of pictures takes; a model's `references` is one. */
export interface IntakeLimits {
  /** How many pictures. */
  max: number;
  /** Of one file. */
  maxBytes: number;
  formats: readonly ImageFormat[];
}

/** The format that the page offers to convert the picture to; it converts only on a click. */
export type Offer = 'png' | 'jpeg';

/**
 * Why a file is not taken, and what may help. `kind` and the numbers are for the sentence; what
 * `unread`, `changed` and `undecodable` say is only found out by reading the whole file.
 */
export type Refusal =
  | {
      reason:
        | 'empty'
        | 'unknown'
        | 'damaged'
        | 'heic'
        | 'xcode'
        | 'unread'
        | 'notLoaded'
        | 'changed'
        | 'undecodable';
    }
  | { reason: 'format'; kind: FileKind; offer: Offer | null }
  | { reason: 'bytes'; byteLength: number; maxBytes: number; offer: Offer; hasAlpha: boolean }
  | { reason: 'pixels'; width: number; height: number }
  | { reason: 'count'; max: number };

/**
 * A picture of more pixels takes over 400 MB once it is decoded, and twice that while it is drawn:
 * more than a browser gives to one page on many computers.
 */
export const maxPixels = 100_000_000;
/** The longest side that graphics cards take. */
export const maxSide = 16_384;

/** Whether a picture has more pixels than a page can decode. */
export function isTooLarge({ width, height }: Size): boolean {
  return width * height > maxPixels || Math.max(width, height) > maxSide;
}

/** What browsers decode besides the formats of the contract. */
const decodable: readonly FileKind[] = ['png', 'jpeg', 'webp', 'avif', 'gif', 'bmp'];

/**
 * Whether a file is accepted, by its size and its first bytes. Nothing is decoded: the number of
 * pixels is read from the header, so that a small file cannot unpack to a huge one.
 */
export function decideIntake({
  byteLength,
  head,
  limits,
  room,
}: {
  byteLength: number;
  /** The first bytes, enough of them to hold the header. */
  head: Uint8Array;
  limits: IntakeLimits;
  /** How many more pictures there is room for. */
  room: number;
}): { header: ImageHeader } | { refusal: Refusal } {
  const refuse = (refusal: Refusal) => ({ refusal });
  if (byteLength === 0) return refuse({ reason: 'empty' });
  const kind = sniffFileKind(head);
  if (!kind) return refuse({ reason: 'unknown' });
  if (kind === 'heic' || kind === 'xcode') return refuse({ reason: kind });
  const header = readImageHeader(head);
  const { width = 0, height = 0 } = header ?? (kind === 'bmp' ? readBmpSides(head) : {});
  if (isTooLarge({ width, height })) return refuse({ reason: 'pixels', width, height });
  if (!limits.formats.some((format) => format === kind)) {
    // Without a known size, decoding could exhaust the memory.
    const isSafe = decodable.includes(kind) && width > 0 && height > 0;
    return refuse({ reason: 'format', kind, offer: isSafe ? 'png' : null });
  }
  if (!header || width === 0 || height === 0) return refuse({ reason: 'damaged' });
  const { maxBytes } = limits;
  if (byteLength > maxBytes) {
    const hasAlpha = header.hasAlpha !== false;
    return refuse({ reason: 'bytes', byteLength, maxBytes, offer: 'jpeg', hasAlpha });
  }
  if (room <= 0) return refuse({ reason: 'count', max: limits.max });
  return { header };
}

/** The header that Windows bitmaps have had since 1990 (BITMAPINFOHEADER). */
function readBmpSides(head: Uint8Array): { width?: number; height?: number } {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 26 || view.getUint32(14, true) < 40) return {};
  // A negative height: its rows are stored from the top.
  return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
}

/** Why a picture that is on the list cannot go to a model. */
export type Misfit =
  | { reason: 'count'; number: number }
  | { reason: 'format'; number: number; format: ImageFormat; offer: Offer }
  | { reason: 'bytes'; number: number; byteLength: number; offer: Offer };

/**
 * The pictures of a list that a model does not take, by their numbers from 1: another model may have
 * taken them, or they come from elsewhere in the app. None is dropped for that.
 */
export function findMisfits(list: readonly Attachment[], limits: IntakeLimits): Misfit[] {
  return list.flatMap(({ byteLength, header: { format } }, index): Misfit[] => {
    const number = index + 1;
    if (number > limits.max) return [{ reason: 'count', number }];
    const isTaken = limits.formats.some((one) => one === format);
    if (!isTaken) return [{ reason: 'format', number, format, offer: 'png' }];
    if (byteLength <= limits.maxBytes) return [];
    return [{ reason: 'bytes', number, byteLength, offer: 'jpeg' }];
  });
}

/** The name of a file after its picture was written anew in another format. */
export function convertedName(name: string, to: Offer): string {
  const stem = name.replace(/\.[^.]{1,5}$/, '') || 'picture';
  return `${stem}.${to === 'jpeg' ? 'jpg' : to}`;
}

const endings: Record<ImageFormat, RegExp> = {
  png: /\.png$/i,
  jpeg: /\.(jpe?g|jpe|jfif)$/i,
  webp: /\.webp$/i,
  gif: /\.gif$/i,
  avif: /\.avif$/i,
};
const anyEnding = /\.(png|jpe?g|jpe|jfif|webp|gif|avif|hei[cf]|tiff?|bmp)$/i;

/**
 * The name that a picture's file is sent under: its own, if that ends as the format of its bytes does.
 * Programs go by the ending, and files that phones and web pages name wrongly are many.
 */
export function sentName(name: string, format: ImageFormat): string {
  if (endings[format].test(name)) return name;
  const stem = name.replace(anyEnding, '') || 'picture';
  return `${stem}.${format === 'jpeg' ? 'jpg' : format}`;
}
