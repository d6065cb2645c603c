import { describe, expect, it } from 'vitest';
import { pixelLook } from './pixel-look';

describe('the look of pixels', () => {
  it.each([
    ['one colour', [17, 2, 255, 255], { color: '#1102ff', isTransparent: false }],
    [
      'the mean of two',
      [0, 0, 0, 255, 255, 100, 51, 255],
      { color: '#80321a', isTransparent: false },
    ],
    ['of what is opaque', [9, 9, 9, 0, 200, 0, 0, 255], { color: '#c80000', isTransparent: true }],
    ['by opacity', [0, 0, 0, 255, 160, 160, 160, 85], { color: '#282828', isTransparent: true }],
    ['traces of scaling are opaque', [1, 2, 3, 250], { color: '#010203', isTransparent: false }],
    ['nothing to be seen', [9, 9, 9, 0], { color: '#000000', isTransparent: true }],
  ])('%s', (_, pixels, look) => {
    expect(pixelLook(pixels)).toEqual(look);
  });
});
