import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import {
  type ImageFormat,
  isXcodePng,
  mediaTypeOf,
  readImageHeader,
  sniffImageFormat,
} from './image-header';
import { exif, jpegWith, oddSize, orientationTiff, xcodePng } from './odd-pictures.setup';

const [width, height] = [70, 30];

function picture(channels: 3 | 4 = 3) {
  const background = { r: 200, g: 40, b: 90, alpha: 0.5 };
  return sharp({ create: { width, height, channels, background } });
}

/** Real files: name → bytes, and what is known of them. */
const files: [name: string, format: ImageFormat, hasAlpha: boolean | undefined, bytes: Buffer][] = [
  ['RGB PNG', 'png', false, await picture().png().toBuffer()],
  ['RGBA PNG', 'png', true, await picture(4).png().toBuffer()],
  ['grey PNG with alpha', 'png', true, await picture(4).toColourspace('b-w').png().toBuffer()],
  ['palette PNG', 'png', false, await picture().png({ palette: true }).toBuffer()],
  ['palette PNG with tRNS', 'png', true, await picture(4).png({ palette: true }).toBuffer()],
  ['JPEG', 'jpeg', false, await picture().jpeg().toBuffer()],
  ['progressive JPEG', 'jpeg', false, await picture().jpeg({ progressive: true }).toBuffer()],
  ['JPEG with a profile', 'jpeg', false, await picture().withIccProfile('p3').jpeg().toBuffer()],
  ['lossy WebP', 'webp', false, await picture().webp().toBuffer()],
  ['lossy WebP with alpha', 'webp', true, await picture(4).webp().toBuffer()],
  ['lossless WebP', 'webp', false, await picture().webp({ lossless: true }).toBuffer()],
  ['lossless WebP with alpha', 'webp', true, await picture(4).webp({ lossless: true }).toBuffer()],
  ['GIF', 'gif', undefined, await picture().gif().toBuffer()],
  ['AVIF', 'avif', false, await picture().avif().toBuffer()],
  ['AVIF with alpha', 'avif', true, await picture(4).avif().toBuffer()],
];

test.each(files)('%s', (_, format, hasAlpha, bytes) => {
  expect(readImageHeader(bytes)).toEqual({ format, width, height, hasAlpha, orientation: 1 });
  expect(sniffImageFormat(bytes.subarray(0, 16))).toBe(format);
});

test.each(files)(
  '%s, from any number of its first bytes: the same or less',
  (_, format, hasAlpha, bytes) => {
    for (let length = 0; length <= Math.min(bytes.length, 2000); length++) {
      const header = readImageHeader(bytes.subarray(0, length));
      if (length >= 16) expect(header?.format).toBe(format);
      if (!header) continue;
      expect([undefined, width]).toContain(header.width);
      expect([undefined, height]).toContain(header.height);
      expect([undefined, hasAlpha]).toContain(header.hasAlpha);
    }
  },
);

test('sides of four bytes', async () => {
  const wide = await sharp({
    create: { width: 70_000, height: 2, channels: 3, background: '#000' },
  })
    .png({ compressionLevel: 9 })
    .toBuffer();
  expect(readImageHeader(wide.subarray(0, 32))).toMatchObject({ width: 70_000, height: 2 });
});

test('a WebP at the limits of its fourteen bits', async () => {
  for (const lossless of [false, true]) {
    const bytes = await sharp({
      create: { width: 16_383, height: 1, channels: 3, background: '#000' },
    })
      .webp({ lossless })
      .toBuffer();
    expect(readImageHeader(bytes)).toMatchObject({ width: 16_383, height: 1 });
  }
});

test('the scaling bits of a lossy WebP do not count', async () => {
  const bytes = await picture().webp().toBuffer();
  for (const at of [27, 29]) bytes[at] = (bytes[at] as number) | 0xc0;
  expect(readImageHeader(bytes)).toMatchObject({ width, height });
});

describe('orientation', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('%i, the sides as they are stored', async (orientation) => {
    const bytes = await picture().withMetadata({ orientation }).jpeg().toBuffer();
    expect(readImageHeader(bytes)).toMatchObject({ width, height, orientation });
  });

  test.each([1, 3, 6, 8])('%i in a PNG, with and without transparency', async (orientation) => {
    for (const image of [picture().removeAlpha(), picture().ensureAlpha(0.5)]) {
      const bytes = await image.withMetadata({ orientation }).png().toBuffer();
      expect(readImageHeader(bytes)).toMatchObject({ width, height, orientation });
    }
  });

  const orientationOf = (...segments: Buffer[]) =>
    readImageHeader(jpegWith(...segments))?.orientation;

  test.each(['II', 'MM'])('in byte order %s', (order) => {
    expect(orientationOf(exif(orientationTiff({ order })))).toBe(6);
  });

  test('the first tag counts', () => {
    expect(orientationOf(exif(), exif(orientationTiff({ value: 3 })))).toBe(6);
    expect(orientationOf(exif(Buffer.from('none')), exif())).toBe(1);
  });

  test.each([0, 9, 300])('%i does not exist', (value) => {
    expect(orientationOf(exif(orientationTiff({ value })))).toBe(1);
  });

  test.each([
    ['LONG, little endian', { type: 4, order: 'II' }],
    ['LONG, big endian', { type: 4 }],
    ['two values', { count: 2 }],
  ])('as %s it counts as little as in browsers', (_, tag) => {
    expect(orientationOf(exif(orientationTiff(tag)))).toBe(1);
  });
});

test('a PNG of Xcode, whose first chunk is none of the standard', () => {
  expect(isXcodePng(xcodePng)).toBe(true);
  expect(readImageHeader(xcodePng)).toMatchObject({ format: 'png', ...oddSize, hasAlpha: false });
});

test('a JPEG whose height comes after the scan (DNL) has none yet', () => {
  const frame = [0xff, 0xc0, 0, 11, 8, 0, 0, 0, 70, 1, 1, 0x11, 0];
  expect(readImageHeader(Uint8Array.of(0xff, 0xd8, ...frame))).toMatchObject({
    width: 70,
    height: undefined,
  });
});

test('a JPEG of two frames has the size of the first', () => {
  const frame = (sides: number) => [0xff, 0xc0, 0, 11, 8, 0, sides, 0, sides, 1, 1, 0x11, 0];
  const bytes = Uint8Array.of(0xff, 0xd8, ...frame(70), ...frame(30));
  expect(readImageHeader(bytes)).toMatchObject({ width: 70, height: 70 });
});

describe('garbage', () => {
  test.each(['', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'RIFFxxxxWAVE', 'GIF90a', 'BM'])(
    '%j is no picture',
    (text) => expect(readImageHeader(new TextEncoder().encode(text))).toBeUndefined(),
  );

  test('never throws, not even behind a true signature', () => {
    const start = fc.constantFrom(...files.map(([, , , bytes]) => bytes));
    const noise = fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 12 });
    fc.assert(
      fc.property(start, noise, fc.nat(700), (bytes, changes, length) => {
        const broken = Uint8Array.from(bytes.subarray(0, length));
        for (const [at, value] of changes) if (at < broken.length) broken[at] = value;
        const header = readImageHeader(broken);
        if (header) expect(header.orientation).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(start, fc.nat(30), fc.uint8Array({ maxLength: 300 }), (bytes, keep, rest) => {
        readImageHeader(Uint8Array.of(...bytes.subarray(0, keep), ...rest));
      }),
      { numRuns: 3000 },
    );
  });
});

test('media types', () => {
  expect(mediaTypeOf('jpeg')).toBe('image/jpeg');
});
