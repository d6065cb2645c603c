import { crc32 } from 'node:zlib';
import sharp from 'sharp';

// Files as real programs write them, whose header and pixels are hard to bring together.

export const oddSize = { width: 80, height: 48 };

/** Red, blue, green and yellow quarters, so that every way to turn it is told from every other. */
const quarters = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="48"><path fill="#d22" d="M0 0h40v24H0z"/>
  <path fill="#23d" d="M40 0h40v24H40z"/><path fill="#2c4" d="M0 24h40v24H0z"/>
  <path fill="#ee7" d="M40 24h40v24H40z"/></svg>`,
);
export const drawing = () => sharp(quarters).removeAlpha();
const jpeg = await drawing().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
const png = await drawing().png().toBuffer();
const webp = await drawing().webp({ lossless: true }).toBuffer();

/** The TIFF of Exif metadata with one tag, the orientation. */
export function orientationTiff({ value = 6, type = 3, count = 1, order = 'MM' } = {}): Buffer {
  const tiff = Buffer.alloc(26);
  const isLittle = order === 'II';
  const two = (at: number, n: number) =>
    isLittle ? tiff.writeUInt16LE(n, at) : tiff.writeUInt16BE(n, at);
  const four = (at: number, n: number) =>
    isLittle ? tiff.writeUInt32LE(n, at) : tiff.writeUInt32BE(n, at);
  tiff.write(order);
  two(2, 42);
  four(4, 8);
  two(8, 1);
  two(10, 0x0112);
  two(12, type);
  four(14, count);
  if (type === 3) two(18, value);
  else four(18, value);
  return tiff;
}

/** A segment APP1 of a JPEG. */
function app1(name: string, data: Buffer): Buffer {
  const segment = Buffer.concat([
    Buffer.from([0xff, 0xe1, 0, 0]),
    Buffer.from(name, 'latin1'),
    data,
  ]);
  segment.writeUInt16BE(segment.length - 2, 2);
  return segment;
}

export const exif = (tiff = orientationTiff()) => app1('Exif\0\0', tiff);
const xmp = (bytes: number) => app1('http://ns.adobe.com/xap/1.0/\0', Buffer.alloc(bytes, ' '));

/** A JPEG with segments before everything else. */
export const jpegWith = (...segments: Buffer[]) =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);

export function pngChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(type), data, Buffer.alloc(4)]);
  chunk.writeUInt32BE(data.length, 0);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return chunk;
}

/** A PNG with chunks after its signature (8 bytes), or after its IHDR (33 bytes). */
export const pngWith = (at: 8 | 33, ...chunks: Buffer[]) =>
  Buffer.concat([png.subarray(0, at), ...chunks, png.subarray(at)]);

/** A WebP with Exif after its picture. */
function webpWithExif(): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const head = Buffer.from(`${type}\0\0\0\0`);
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data]);
  };
  const extended = Buffer.from([8, 0, 0, 0, 79, 0, 0, 47, 0, 0]);
  const parts = [chunk('VP8X', extended), webp.subarray(12), chunk('EXIF', orientationTiff())];
  return chunk('RIFF', Buffer.concat([Buffer.from('WEBP'), ...parts]));
}

/** Files by name; `turns`: whether browsers turn it by its orientation, 6 in the first that it names. */
export const oddPictures = {
  'far.jpg': {
    bytes: jpegWith(xmp(60_000), xmp(60_000), xmp(60_000), xmp(60_000), exif()),
    turns: true,
  },
  'long.jpg': { bytes: jpegWith(exif(orientationTiff({ type: 4, order: 'II' }))), turns: false },
  'twice.jpg': { bytes: jpegWith(exif(), exif(orientationTiff({ value: 3 }))), turns: true },
  'far.png': {
    bytes: pngWith(
      33,
      pngChunk('tEXt', Buffer.alloc(300_000, 'x')),
      pngChunk('eXIf', orientationTiff()),
    ),
    turns: true,
  },
  'spoilt.png': {
    bytes: pngWith(33, pngChunk('eXIf', orientationTiff()).fill(0, 34)),
    turns: false,
  },
  'exif.webp': { bytes: webpWithExif(), turns: false },
};

/** As Xcode rewrites a PNG for iPhones. */
export const xcodePng = pngWith(8, pngChunk('CgBI', Buffer.from([0x50, 0, 0x20, 2])));
