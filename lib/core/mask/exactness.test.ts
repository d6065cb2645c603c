import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inexactnessOf, readPixelStorage } from './exactness';

const picture = () =>
  sharp({ create: { width: 24, height: 16, channels: 3, background: { r: 200, g: 90, b: 30 } } });

/** A PNG with a chunk put behind its header; nothing here checks its sum. */
function withChunk(png: Buffer, type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const chunk = Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

describe('readPixelStorage', () => {
  it('reads a plain PNG and a plain JPEG', async () => {
    const plain = { bitDepth: 8, isTagged: false };
    expect(readPixelStorage(await picture().png().toBuffer())).toEqual(plain);
    expect(readPixelStorage(await picture().jpeg().toBuffer())).toEqual({
      ...plain,
      components: 3,
    });
  });

  it('sees sixteen bits and printing colours', async () => {
    const deep = await picture().toColourspace('rgb16').png().toBuffer();
    expect(readPixelStorage(deep)?.bitDepth).toBe(16);
    const printed = await picture().toColourspace('cmyk').jpeg().toBuffer();
    expect(readPixelStorage(printed)?.components).toBe(4);
  });

  it('sees a profile, in either format', async () => {
    for (const format of ['png', 'jpeg'] as const) {
      const file = await picture().withIccProfile('p3').toFormat(format).toBuffer();
      expect(readPixelStorage(file)?.isTagged).toBe(true);
    }
  });

  it('sees what a PNG says of its colours in other ways', async () => {
    const png = await picture().png().toBuffer();
    const gamma = withChunk(png, 'gAMA', Buffer.alloc(4));
    expect(readPixelStorage(gamma)?.isTagged).toBe(true);
    expect(readPixelStorage(withChunk(png, 'cICP', Buffer.alloc(4)))?.isTagged).toBe(true);
    expect(readPixelStorage(withChunk(gamma, 'sRGB', Buffer.alloc(1)))?.isTagged).toBe(false);
    expect(readPixelStorage(withChunk(png, 'tEXt', Buffer.from('gAMA\0iCCP')))?.isTagged).toBe(
      false,
    );
  });

  it('says nothing of bytes that end before the pixels, nor of other formats', async () => {
    for (const format of ['png', 'jpeg'] as const) {
      const file = await picture().toFormat(format).toBuffer();
      for (let length = 0; length < 30; length++) {
        expect(readPixelStorage(file.subarray(0, length))).toBeUndefined();
      }
    }
    expect(readPixelStorage(await picture().webp().toBuffer())).toBeUndefined();
  });
});

describe('inexactnessOf', () => {
  const plain = { bitDepth: 8, components: 3, isTagged: false };
  const fine = { storage: plain, isOpaque: true, isConverted: false };

  it('finds nothing wrong with eight opaque bits of sRGB, tagged or not', () => {
    expect(inexactnessOf(fine)).toEqual([]);
    expect(inexactnessOf({ ...fine, storage: { ...plain, isTagged: true } })).toEqual([]);
  });

  it('names each reason', () => {
    expect(inexactnessOf({ ...fine, storage: { ...plain, bitDepth: 16 } })).toEqual(['deep']);
    expect(inexactnessOf({ ...fine, isConverted: true })).toEqual(['profile']);
    expect(
      inexactnessOf({ ...fine, storage: { ...plain, components: 4 }, isConverted: true }),
    ).toEqual(['cmyk']);
    expect(inexactnessOf({ ...fine, isOpaque: false })).toEqual(['transparent']);
    expect(inexactnessOf({ ...fine, storage: undefined })).toEqual(['unknown']);
  });
});
