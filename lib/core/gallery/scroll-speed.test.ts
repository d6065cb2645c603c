import { describe, expect, it } from 'vitest';
import { isTooFast, type ScrollSamples, withSample } from './scroll-speed';

const at = (...tops: number[]): ScrollSamples =>
  tops.reduce<ScrollSamples>(
    (samples, top, index) => withSample(samples, { at: index * 20, top }),
    [],
  );

describe('the speed of scrolling', () => {
  it.each([
    ['nothing', [], false],
    ['a start', [0], false],
    ['4,000 px a second', [0, 80, 160, 240], false],
    ['16,000 px a second', [0, 320, 640, 960], true],
    ['16,000 px a second upwards', [960, 640, 320, 0], true],
    ['a stop after it', [0, 320, 640, 640, 640, 640, 640, 640, 640], false],
  ])('of %s', (_, tops, expected) => {
    expect(isTooFast(at(...tops), 900)).toBe(expected);
  });

  it('is nothing in a view without height', () => {
    expect(isTooFast(at(0, 9000), 0)).toBe(false);
  });
});
