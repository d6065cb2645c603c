import sharp from 'sharp';
import { describe, expect, it, test } from 'vitest';
import type { ImageFormat } from '../bytes/image-header';
import { xcodePng } from '../bytes/odd-pictures.setup';
import {
  convertedName,
  decideIntake,
  findMisfits,
  type IntakeLimits,
  sentName,
  sniffFileKind,
} from './intake';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const sample = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#259' } });

test.each([
  ['png', await sample().png().toBuffer()],
  ['jpeg', await sample().jpeg().toBuffer()],
  ['webp', await sample().webp().toBuffer()],
  ['avif', await sample().avif().toBuffer()],
  ['gif', await sample().gif().toBuffer()],
  ['tiff', await sample().tiff().toBuffer()],
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
  ['xcode', xcodePng],
  ['svg', bytes('<?xml version="1.0"?>\n<!-- a logo -->\n<svg width="9">')],
  ['svg', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
] as const)('%s', (kind, head) => {
  expect(sniffFileKind(head)).toBe(kind);
});

test.each(['', 'hello', '<html><svg></html>', '\0\0\0\0', 'ftypheic'])('%j is none', (text) => {
  expect(sniffFileKind(bytes(text))).toBeUndefined();
});

test.each([
  ['photo.jpg', 'jpeg', 'photo.jpg'],
  ['PHOTO.JPEG', 'jpeg', 'PHOTO.JPEG'],
  ['photo.heic', 'jpeg', 'photo.jpg'],
  ['screen.jpg', 'png', 'screen.png'],
  ['logo v1.2', 'png', 'logo v1.2.png'],
  ['.png', 'jpeg', 'picture.jpg'],
  ['', 'webp', 'picture.webp'],
] as const)('%j with the bytes of a %s is sent as %s', (name, format, sent) => {
  expect(sentName(name, format)).toBe(sent);
});

const limits: IntakeLimits = { max: 16, maxBytes: 50 * 1024 * 1024, formats: ['png', 'jpeg'] };

const picture = (channels: 3 | 4 = 3) =>
  sharp({
    create: { width: 70, height: 30, channels, background: { r: 9, g: 9, b: 99, alpha: 0.5 } },
  });

const png = await picture().png().toBuffer();
const seeThrough = await picture(4).png().toBuffer();
const jpeg = await picture().jpeg().toBuffer();
const decide = (head: Uint8Array, { byteLength = head.length, room = 1 } = {}) =>
  decideIntake({ byteLength, head, limits, room });

/** A PNG whose header claims other sides than it has. */
function claiming(width: number, height: number): Buffer {
  const bytes = Buffer.from(png);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

/** A Windows bitmap without pixels. */
function bitmap(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(60);
  bytes.write('BM');
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  return bytes;
}

describe('a file is taken', () => {
  it.each([
    ['PNG', png],
    ['PNG with alpha', seeThrough],
    ['JPEG', jpeg],
  ])('%s', (_, bytes) => {
    expect(decide(bytes)).toMatchObject({ header: { width: 70, height: 30 } });
  });

  it('up to the last byte and pixel', () => {
    expect(decide(png, { byteLength: limits.maxBytes })).toHaveProperty('header');
    expect(decide(claiming(10_000, 10_000))).toHaveProperty('header');
    expect(decide(claiming(16_384, 6000))).toHaveProperty('header');
  });
});

describe('a file is refused for one reason', () => {
  it.each([
    ['empty', new Uint8Array(0)],
    ['unknown', new TextEncoder().encode('hello')],
    ['damaged', png.subarray(0, 18)],
    ['xcode', xcodePng],
    ['heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
  ])('%s', (reason, bytes) => {
    expect(decide(bytes)).toEqual({ refusal: { reason } });
  });

  it('too many bytes, with an offer, and a word on what is transparent', () => {
    const byteLength = limits.maxBytes + 1;
    const refusal = { reason: 'bytes', byteLength, maxBytes: limits.maxBytes, offer: 'jpeg' };
    expect(decide(png, { byteLength })).toEqual({ refusal: { ...refusal, hasAlpha: false } });
    expect(decide(seeThrough, { byteLength })).toEqual({ refusal: { ...refusal, hasAlpha: true } });
  });

  it('absurd sides, whatever else is wrong with it, so that nothing offers to decode it', () => {
    expect(decide(claiming(60_000, 60_000), { byteLength: 10 ** 9, room: 0 })).toEqual({
      refusal: { reason: 'pixels', width: 60_000, height: 60_000 },
    });
    expect(decide(claiming(16_385, 1))).toMatchObject({ refusal: { reason: 'pixels' } });
    expect(decide(claiming(10_001, 10_000))).toMatchObject({ refusal: { reason: 'pixels' } });
    expect(decide(bitmap(20_000, -20_000))).toEqual({
      refusal: { reason: 'pixels', width: 20_000, height: 20_000 },
    });
  });

  it('another format, with an offer where a browser can decode it', async () => {
    for (const kind of ['webp', 'avif', 'gif'] as const) {
      const bytes = await picture().toFormat(kind).toBuffer();
      expect(decide(bytes)).toEqual({ refusal: { reason: 'format', kind, offer: 'png' } });
    }
    const refusal = { reason: 'format', kind: 'bmp', offer: 'png' };
    expect(decide(bitmap(20, -20))).toEqual({ refusal });
    expect(decide(await picture().tiff().toBuffer())).toEqual({
      refusal: { reason: 'format', kind: 'tiff', offer: null },
    });
  });

  it('another format that does not say how large it is, without an offer', () => {
    const head = Buffer.from('\0\0\0\x18ftypmif1\0\0\0\0mif1avif', 'latin1');
    expect(decide(head)).toEqual({ refusal: { reason: 'format', kind: 'avif', offer: null } });
    expect(decide(Buffer.from('BM'))).toMatchObject({ refusal: { offer: null } });
  });

  it('one too many, only if nothing else is wrong with it', () => {
    expect(decide(png, { room: 0 })).toEqual({ refusal: { reason: 'count', max: 16 } });
    expect(decide(new TextEncoder().encode('x'), { room: 0 })).toMatchObject({
      refusal: { reason: 'unknown' },
    });
  });
});

const modelLimits = { max: 2, maxBytes: 1000, formats: ['png', 'jpeg'] as const };
const attachment = (format: ImageFormat, byteLength = 10) => ({
  id: `${format}${byteLength}`,
  hash: '',
  name: '',
  byteLength,
  header: { format, width: 1, height: 1, hasAlpha: false, orientation: 1 },
});

it('says nothing of a list that a model takes', () => {
  expect(findMisfits([attachment('png'), attachment('jpeg', 1000)], modelLimits)).toEqual([]);
});

it('names every picture that it does not take, with the reason', () => {
  const list = [attachment('webp'), attachment('png', 1001), attachment('png'), attachment('gif')];
  expect(findMisfits(list, modelLimits)).toEqual([
    { reason: 'format', number: 1, format: 'webp', offer: 'png' },
    { reason: 'bytes', number: 2, byteLength: 1001, offer: 'jpeg' },
    { reason: 'count', number: 3 },
    { reason: 'count', number: 4 },
  ]);
});

it.each([
  ['photo.webp', 'png', 'photo.png'],
  ['a.b.PNG', 'jpeg', 'a.b.jpg'],
  ['橘猫', 'png', '橘猫.png'],
  ['', 'png', 'picture.png'],
  ['.avif', 'png', 'picture.png'],
] as const)('%j as %s', (name, to, converted) => {
  expect(convertedName(name, to)).toBe(converted);
});
