import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decideIntake, type IntakeLimits } from './intake';

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
