import { describe, expect, it } from 'vitest';
import { averagePixels, shrinkMask } from './shrink-pixels';

const grey = (width: number, values: number[]) => ({
  width,
  height: values.length / width,
  rgba: Uint8Array.from(values.flatMap((value) => [value, value, value, 255])),
});
const reds = ({ rgba }: { rgba: Uint8Array | Uint8ClampedArray }) =>
  [...rgba].filter((_, at) => at % 4 === 0);

describe('averagePixels', () => {
  it('takes the mean of what each pixel covers', () => {
    const picture = grey(4, [0, 100, 200, 200, 20, 40, 0, 0]);
    expect(reds(averagePixels(picture, { width: 2, height: 1 }))).toEqual([40, 100]);
  });

  it('divides a pixel that two share', () => {
    const picture = grey(3, [0, 90, 240]);
    expect(reds(averagePixels(picture, { width: 2, height: 1 }))).toEqual([30, 190]);
    const tall = grey(1, [0, 90, 240]);
    expect(reds(averagePixels(tall, { width: 1, height: 2 }))).toEqual([30, 190]);
  });

  it('gives every pixel its place, at the far edges too', () => {
    const wide = grey(
      35,
      Array.from({ length: 35 * 21 }, (_, index) => (index % 35) * 7),
    );
    const shrunk = averagePixels(wide, { width: 5, height: 3 });
    expect(reds(shrunk)).toEqual([
      21, 70, 119, 168, 217, 21, 70, 119, 168, 217, 21, 70, 119, 168, 217,
    ]);
  });

  it('leaves a picture of that size as it is', () => {
    const picture = grey(2, [1, 2, 3, 4]);
    expect(averagePixels(picture, { width: 2, height: 2 })).toBe(picture);
  });

  it('does not count what cannot be seen', () => {
    const rgba = Uint8Array.of(255, 0, 0, 0, 0, 200, 0, 255);
    const one = averagePixels({ width: 2, height: 1, rgba }, { width: 1, height: 1 });
    expect([...one.rgba]).toEqual([0, 100, 0, 128]);
  });
});

describe('shrinkMask', () => {
  it('keeps only where all is kept', () => {
    const mask = { width: 5, height: 2, data: Uint8Array.of(0, 0, 0, 9, 0, 0, 0, 0, 0, 0) };
    expect([...shrinkMask(mask, { width: 2, height: 1 }).data]).toEqual([0, 9]);
    // The middle pixel belongs to both halves.
    const middle = { width: 5, height: 1, data: Uint8Array.of(0, 0, 255, 0, 0) };
    expect([...shrinkMask(middle, { width: 2, height: 1 }).data]).toEqual([255, 255]);
  });

  it('can make it larger too', () => {
    const mask = { width: 2, height: 1, data: Uint8Array.of(0, 255) };
    expect([...shrinkMask(mask, { width: 4, height: 2 }).data]).toEqual([
      0, 0, 255, 255, 0, 0, 255, 255,
    ]);
  });
});
