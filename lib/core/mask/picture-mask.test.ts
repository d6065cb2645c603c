import { describe, expect, it } from 'vitest';
import { readPictureMask } from './picture-mask';

type Pixel = [red: number, green: number, blue: number, alpha: number];
const black: Pixel = [0, 0, 0, 255];
const white: Pixel = [255, 255, 255, 255];
const clear: Pixel = [0, 0, 0, 0];
const photo: Pixel = [190, 120, 60, 255];

const picture = (...stretches: [count: number, pixel: Pixel][]) => {
  const pixels = stretches.flatMap(([count, pixel]) => Array<Pixel>(count).fill(pixel));
  return { width: pixels.length, height: 1, rgba: Uint8Array.from(pixels.flat()) };
};
/** The mask's values, each run of equal ones once. */
const runs = ({ data }: { data: Uint8Array }) =>
  [...data].filter((value, index) => index === 0 || value !== data[index - 1]);

describe('a picture as a mask', () => {
  it.each<[string, [number, Pixel][], number[]]>([
    [
      'black, white and no transparency',
      [
        [50, black],
        [50, white],
      ],
      [0, 255],
    ],
    [
      'one pixel of alpha 254',
      [
        [50, black],
        [49, white],
        [1, [255, 255, 255, 254]],
      ],
      [0, 255],
    ],
    [
      'one pixel of alpha 200',
      [
        [50, black],
        [49, white],
        [1, [255, 255, 255, 200]],
      ],
      [0, 255, 200],
    ],
    [
      'a half-transparent last row',
      [
        [50, white],
        [45, black],
        [5, [0, 0, 0, 128]],
      ],
      [255, 0],
    ],
    [
      'round corners',
      [
        [2, clear],
        [48, white],
        [48, black],
        [2, clear],
      ],
      [0, 255, 0],
    ],
    [
      'the black and white of video',
      [
        [50, [16, 16, 16, 255]],
        [50, [235, 235, 235, 255]],
      ],
      [0, 255],
    ],
    [
      'the noise of JPEG',
      [
        [50, [9, 2, 14, 255]],
        [50, [244, 252, 239, 255]],
      ],
      [0, 255],
    ],
    [
      'a soft edge',
      [
        [50, black],
        [1, [127, 127, 127, 255]],
        [50, white],
      ],
      [0, 129, 255],
    ],
    [
      'a gradient',
      [
        [50, black],
        [25, [60, 60, 60, 255]],
        [25, [90, 90, 90, 255]],
      ],
      [0, 60, 90],
    ],
    ['nothing but white', [[100, white]], [255]],
  ])('is read by its lightness: %s', (_, stretches, expected) => {
    const { by, mask } = readPictureMask(picture(...stretches));
    expect(by).toBe('lightness');
    expect(runs(mask)).toEqual(expected);
  });

  it.each<[string, [number, Pixel][], number[]]>([
    [
      'black with a hole',
      [
        [99, black],
        [1, clear],
      ],
      [0, 255],
    ],
    [
      'white with a hole',
      [
        [99, white],
        [1, clear],
      ],
      [0, 255],
    ],
    [
      'a photo with a small hole',
      [
        [999, photo],
        [1, clear],
      ],
      [0, 255],
    ],
    [
      'a photo with a soft hole',
      [
        [99, photo],
        [1, [190, 120, 60, 55]],
      ],
      [0, 200],
    ],
    [
      'black and white around a large hole',
      [
        [30, black],
        [30, white],
        [40, clear],
      ],
      [0, 255],
    ],
    ['nothing but transparency', [[100, clear]], [255]],
  ])('is read by its transparency: %s', (_, stretches, expected) => {
    const { by, mask } = readPictureMask(picture(...stretches));
    expect(by).toBe('alpha');
    expect(runs(mask)).toEqual(expected);
  });

  it('says when it could be meant in the other way, and is then read in that', () => {
    const framed = picture([2, clear], [48, white], [50, black]);
    expect(readPictureMask(framed)).toMatchObject({ by: 'lightness', isAmbiguous: true });
    expect(runs(readPictureMask(framed, { by: 'alpha' }).mask)).toEqual([255, 0]);
    expect(readPictureMask(picture([99, photo], [1, clear])).isAmbiguous).toBe(false);
    expect(readPictureMask(picture([50, black], [50, white])).isAmbiguous).toBe(false);
  });

  it.each<[string, [number, Pixel][], boolean, number[]]>([
    [
      'black and white that have faded',
      [
        [50, [40, 40, 40, 255]],
        [50, [215, 215, 215, 255]],
      ],
      true,
      [0, 255],
    ],
    [
      'the blur of a scaled mask',
      [
        [46, black],
        [8, [127, 127, 127, 255]],
        [46, white],
      ],
      false,
      [0, 255],
    ],
    [
      'a transparency that is nearly whole everywhere',
      [
        [50, [0, 0, 0, 245]],
        [50, [0, 0, 0, 9]],
      ],
      true,
      [0, 255],
    ],
  ])('says whether much is half marked, and makes it hard: %s', (_, stretches, isSoft, hard) => {
    expect(readPictureMask(picture(...stretches)).isSoft).toBe(isSoft);
    const made = readPictureMask(picture(...stretches), { isHard: true });
    expect(runs(made.mask)).toEqual(hard);
    expect(made.isSoft).toBe(false);
  });
});
