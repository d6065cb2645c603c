import sharp from 'sharp';
import { expect, test } from 'vitest';
import { sniffFileKind } from './file-kind';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const picture = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#259' } });

test.each([
  ['png', await picture().png().toBuffer()],
  ['jpeg', await picture().jpeg().toBuffer()],
  ['webp', await picture().webp().toBuffer()],
  ['avif', await picture().avif().toBuffer()],
  ['gif', await picture().gif().toBuffer()],
  ['tiff', await picture().tiff().toBuffer()],
  // As an iPhone writes it, and as other programs name the brand second only.
  ['heic', bytes('\0\0\0\x24ftypheic\0\0\0\0mif1MiHBMiHEMiPrmiafheic')],
  ['heic', bytes('\0\0\0\x18ftypmif1\0\0\0\0mif1heic')],
  ['avif', bytes('\0\0\0\x18ftypmif1\0\0\0\0mif1avif')],
  ['video', bytes('\0\0\0\x18ftypmp42\0\0\0\0mp42isom')],
  ['bmp', bytes('BM\x46\0\0\0')],
  ['psd', bytes('8BPS\0\x01')],
  ['pdf', bytes('%PDF-1.7')],
  ['zip', bytes('PK\x03\x04')],
  ['jxl', bytes('\xff\x0a\xfa')],
  ['svg', bytes('<?xml version="1.0"?>\n<!-- a logo -->\n<svg width="9">')],
  ['svg', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
] as const)('%s', (kind, head) => {
  expect(sniffFileKind(head)).toBe(kind);
});

test.each(['', 'hello', '<html><svg></html>', '\0\0\0\0', 'ftypheic'])('%j is none', (text) => {
  expect(sniffFileKind(bytes(text))).toBeUndefined();
});
