import { expect, it } from 'vitest';
import { inverse, timesVector } from './matrix';

it('inverts a matrix whose first pivot is 0', () => {
  const matrix = [
    [0, 2, 1],
    [2, 1, 0],
    [1, 0, 3],
  ];
  const columns = inverse(matrix);
  for (const [at, unit] of [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ].entries()) {
    const column = columns.map((row) => row[at] as number);
    for (const [index, value] of timesVector(matrix, column).entries()) {
      expect(value).toBeCloseTo(unit[index] as number, 12);
    }
  }
});
