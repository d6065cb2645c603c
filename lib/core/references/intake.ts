import { type ImageFormat, type ImageHeader, readImageHeader } from '../bytes/image-header';
import { type FileKind, sniffFileKind } from './file-kind';

/** What a list of pictures takes; a model's `references` is one. */
export interface IntakeLimits {
  /** How many pictures. */
  max: number;
  /** Of one file. */
  maxBytes: number;
  formats: readonly ImageFormat[];
}

/** What may help: the same picture in another format, made only when somebody asks for it. */
export type Offer = 'png' | 'jpeg';

/**
 * Why a file is not taken, and what may help. `kind` and the numbers are for the sentence; what
 * `unread`, `changed` and `undecodable` say is only found out by reading the whole file.
 */
export type Refusal =
  | { reason: 'empty' | 'unknown' | 'damaged' | 'heic' | 'unread' | 'changed' | 'undecodable' }
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

/** A limit in megabytes as the contract counts them (1,048,576 bytes), not rounded up. */
export function megabytesOf(maxBytes: number): number {
  return Math.floor((maxBytes / 1024 / 1024) * 10) / 10;
}

/** What browsers decode besides the formats of the contract. */
const decodable: readonly FileKind[] = ['png', 'jpeg', 'webp', 'avif', 'gif', 'bmp'];

/**
 * Whether a file is taken, by its size and its first bytes. Nothing is decoded for that: what a
 * small file claims to unfold to is read from its header.
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
  if (kind === 'heic') return refuse({ reason: 'heic' });
  const header = readImageHeader(head);
  const { width = 0, height = 0 } = header ?? (kind === 'bmp' ? readBmpSides(head) : {});
  const isAbsurd = width * height > maxPixels || Math.max(width, height) > maxSide;
  if (isAbsurd) return refuse({ reason: 'pixels', width, height });
  if (!limits.formats.some((format) => format === kind)) {
    // What does not say how large it is had better not be decoded.
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
