import { describe, expect, it } from 'vitest';
import { isTooFast, lookAhead, type ScrollSamples, scrollSpeed, withSample } from './scroll-speed';

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

  it.each([
    [[], 0, 0],
    [[0, 40, 80], 2000, 300],
    [[80, 40, 0], -2000, -300],
    [[0, 320, 640], 16_000, 450],
  ])('of %j is %d pixels a second, and looks %d ahead', (tops, speed, ahead) => {
    expect(scrollSpeed(at(...tops))).toBe(speed);
    expect(lookAhead(at(...tops), 900)).toBe(ahead);
  });
});
