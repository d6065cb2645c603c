import { describe, expect, it } from 'vitest';
import { gridColumns } from './picture-grid';

const columnsUpTo10 = (aspect: number) =>
  Array.from({ length: 11 }, (_, count) => gridColumns({ count, aspect }));

describe('pictures stand in as many columns as suit their number and shape', () => {
  it.each([
    ['squares', 1, [1, 1, 2, 3, 2, 3, 3, 4, 4, 3, 4]],
    ['tall ones side by side', 9 / 16, [1, 1, 2, 3, 4, 5, 3, 4, 4, 5, 5]],
    ['wide ones above each other', 21 / 9, [1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3]],
  ])('%s', (_, aspect, columns) => {
    expect(columnsUpTo10(aspect)).toEqual(columns);
  });

  it.each([1 / 3, 9 / 16, 1, 3 / 2, 3])('an aspect of %f leaves no column empty', (aspect) => {
    for (let count = 1; count <= 20; count++) {
      const columns = gridColumns({ count, aspect });
      expect(columns).toBeGreaterThanOrEqual(1);
      expect(columns).toBeLessThanOrEqual(count);
    }
  });
});
