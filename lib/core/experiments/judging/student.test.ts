import { expect, it } from 'vitest';
import { studentQuantile } from './student';

// From scipy.stats.t.ppf(1 - outside / 2, degrees); the last row is the normal distribution's.
const outside = [0.5, 0.05, 0.01, 0.005 / 6, 1e-6];
it.each([
  [1, 1, 12.706204736, 63.656741163, 763.943290509, 636619.772419],
  [2, 0.816496581, 4.30265273, 9.924843201, 34.619361756, 999.99925],
  [3, 0.764892328, 3.182446305, 5.840909309, 13.745037621, 130.154589562],
  [4, 0.740697084, 2.776445105, 4.604094871, 9.029366928, 49.458636758],
  [7, 0.711141778, 2.364624252, 3.499483297, 5.579879543, 15.767009438],
  [11, 0.69744532, 2.20098516, 3.105806516, 4.547655805, 9.701424673],
  [30, 0.682755693, 2.042272456, 2.749995654, 3.713647741, 6.11907562],
  [100, 0.676951043, 1.983971519, 2.625890521, 3.445967011, 5.213727574],
  [1999, 0.674612499, 1.96115142, 2.578291019, 3.346569855, 4.906930032],
  [1_000_000, 0.67449, 1.959966, 2.575834, 3.341489, 4.891667],
])('the quantiles of Student’s t with %i degrees of freedom', (degrees, ...expected) => {
  const found = outside.map((chance) => studentQuantile(chance, degrees));
  for (const [index, value] of found.entries()) {
    const wanted = expected[index] as number;
    expect(Math.abs(value - wanted)).toBeLessThan(2e-6 * Math.max(1, wanted));
  }
});
