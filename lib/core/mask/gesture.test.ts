import { describe, expect, it } from 'vitest';
import { brushSizes, sliderPlace, sliderSizes } from './gesture';

describe('the sizes of a brush', () => {
  it('on a slider only grow, from the least to the most', () => {
    expect(sliderSizes[0]).toBe(brushSizes.least);
    expect(sliderSizes.at(-1)).toBe(brushSizes.most);
    for (const [place, size] of sliderSizes.entries()) {
      expect(size).toBeGreaterThan(sliderSizes[place - 1] ?? 0);
      expect(sliderPlace(size)).toBe(place);
    }
  });

  it('between its places are shown at the nearest', () => {
    expect(sliderSizes[sliderPlace(92)]).toBe(90);
    expect(sliderSizes[sliderPlace(499)]).toBe(500);
  });
});
