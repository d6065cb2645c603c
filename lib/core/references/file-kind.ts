import { type ImageFormat, sniffImageFormat } from '../bytes/image-header';

/** What somebody may take for a picture: the formats that pages show, and others by name only. */
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
  if (format) return format;
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
