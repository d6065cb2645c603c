import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { parseSize, type Size } from '../sizes/sizes';
import {
  compositeInto,
  inexactnessOf,
  innerDistances,
  isSameShape,
  readPixelStorage,
} from './composite';
import { maskFromPicture } from './raster';

const size = { width: 40, height: 30 };
const pixels = size.width * size.height;
const at = (x: number, y: number) => y * size.width + x;

/** Every byte another one, so that none can be taken for its neighbour. */
const speckled = (seed: number, alpha = 255) => {
  const rgba = new Uint8Array(pixels * 4);
  for (let index = 0; index < rgba.length; index++) {
    rgba[index] = index % 4 === 3 ? alpha : (index * 31 + seed * 97) % 256;
  }
  return { ...size, rgba };
};

const rectangle = ({ left = 10, top = 8, right = 30, bottom = 22, value = 255 } = {}) => {
  const data = new Uint8Array(pixels);
  for (let y = top; y < bottom; y++) data.fill(value, at(left, y), at(right, y));
  return { ...size, data };
};

function composed({ mask = rectangle(), feather = 0, original = speckled(1), edit = speckled(2) }) {
  const into = { ...edit, rgba: Uint8Array.from(edit.rgba) };
  compositeInto({ original, edit: into, mask, distances: innerDistances(mask), feather });
  const pixel = (from: { rgba: Uint8Array }, x: number, y: number) => [
    ...from.rgba.subarray(at(x, y) * 4, at(x, y) * 4 + 4),
  ];
  return {
    pixel: (x: number, y: number) => pixel(into, x, y),
    original: (x: number, y: number) => pixel(original, x, y),
    edit: (x: number, y: number) => pixel(edit, x, y),
  };
}

const places = Array.from({ length: pixels }, (_, index) => ({
  x: index % size.width,
  y: Math.floor(index / size.width),
}));

describe('a composite', () => {
  it('has the original’s own pixels outside and the edit’s inside, hard where nothing is feathered', () => {
    const picture = composed({});
    for (const { x, y } of places) {
      const isInside = x >= 10 && x < 30 && y >= 8 && y < 22;
      expect(picture.pixel(x, y)).toEqual(isInside ? picture.edit(x, y) : picture.original(x, y));
    }
  });

  it.each([1, 4, 50])('keeps every pixel outside with a feather of %s', (feather) => {
    const picture = composed({ feather });
    for (const { x, y } of places) {
      const isInside = x >= 10 && x < 30 && y >= 8 && y < 22;
      if (!isInside) expect(picture.pixel(x, y)).toEqual(picture.original(x, y));
    }
  });

  it('goes over from one to the other inwards, in as many pixels as the feather has', () => {
    const flat = (value: number) => ({ ...size, rgba: new Uint8Array(pixels * 4).fill(value) });
    const original = {
      ...flat(0),
      rgba: flat(0).rgba.map((_, index) => (index % 4 === 3 ? 255 : 0)),
    };
    const picture = composed({ original, edit: flat(255), feather: 4 });
    const row = Array.from({ length: 8 }, (_, step) => picture.pixel(9 + step, 15)[0]);
    expect(row).toEqual([0, 51, 102, 153, 204, 255, 255, 255]);
  });

  it('mixes where the mask itself is soft', () => {
    const picture = composed({ mask: rectangle({ value: 128 }) });
    const [was = 0] = picture.original(20, 15);
    const [became = 0] = picture.edit(20, 15);
    expect(picture.pixel(20, 15)[0]).toBe(Math.round((was * 127 + became * 128) / 255));
  });

  it('gives transparent pixels no colour of their own', () => {
    const picture = composed({ original: speckled(1, 0), mask: rectangle({ value: 51 }) });
    expect(picture.pixel(20, 15)).toEqual([...picture.edit(20, 15).slice(0, 3), 51]);
  });

  it('takes the edge of the picture for no edge of the mask', () => {
    const mask = rectangle({ left: 0, top: 0, right: 20, bottom: 30 });
    const picture = composed({ mask, feather: 3 });
    expect(picture.pixel(0, 0)).toEqual(picture.edit(0, 0));
    expect(picture.pixel(19, 15)).not.toEqual(picture.edit(19, 15));
  });
});

describe('innerDistances', () => {
  it('counts from the nearest pixel that is kept, in fifths', () => {
    const distances = innerDistances(rectangle());
    expect(distances[at(9, 15)]).toBe(0);
    expect(distances[at(10, 15)]).toBe(5);
    expect(distances[at(12, 9)]).toBe(10);
    expect(distances[at(29, 15)]).toBe(5);
    expect(distances[at(20, 15)]).toBe(35);
  });

  it('is within 8 % of the straight line', () => {
    const data = new Uint8Array(pixels).fill(255);
    data[at(20, 15)] = 0;
    const distances = innerDistances({ ...size, data });
    for (const { x, y } of places) {
      const real = Math.hypot(x - 20, y - 15);
      expect(Math.abs((distances[at(x, y)] as number) / 5 - real)).toBeLessThanOrEqual(0.08 * real);
    }
  });

  it('has no end where nothing is kept', () => {
    const distances = innerDistances({ ...size, data: new Uint8Array(pixels).fill(255) });
    expect(Math.min(...distances)).toBe(0xffff);
  });
});

describe('maskFromPicture', () => {
  it('opens what can be seen through', () => {
    const rgba = Uint8Array.of(9, 9, 9, 255, 9, 9, 9, 0, 0, 0, 0, 200);
    expect([...maskFromPicture({ width: 3, height: 1, rgba }).data]).toEqual([0, 255, 55]);
  });
});

const sizeOf = (text: string) => parseSize(text.replace(' × ', 'x')) as Size;

describe('isSameShape', () => {
  it.each([
    ['3840 × 2160', '3840 × 2160'],
    ['3840 × 2160', '1536 × 864'],
    ['1024 × 1024', '4096 × 4096'],
    // Rounded to the nearest multiple of 16, down, and up.
    ['1500 × 1000', '1504 × 1008'],
    ['1500 × 1000', '1488 × 992'],
    ['1503 × 1007', '1488 × 992'],
    ['1920 × 1080', '1920 × 1088'],
    ['4000 × 3000', '1600 × 1200'],
    ['1999 × 667', '3840 × 1280'],
  ])('%s is %s', (one, other) => {
    expect(isSameShape(sizeOf(one), sizeOf(other))).toBe(true);
    expect(isSameShape(sizeOf(other), sizeOf(one))).toBe(isSameShape(sizeOf(one), sizeOf(other)));
  });

  it.each([
    ['1920 × 1080', '1536 × 1024'],
    ['1500 × 1000', '1000 × 1500'],
    ['1600 × 1200', '1024 × 1024'],
    ['3840 × 2160', '3840 × 2208'],
    ['1500 × 1000', '1536 × 992'],
  ])('%s is not %s', (one, other) => {
    expect(isSameShape(sizeOf(one), sizeOf(other))).toBe(false);
    expect(isSameShape(sizeOf(other), sizeOf(one))).toBe(false);
  });
});

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
