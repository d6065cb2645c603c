import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gridCells } from './compose';

it('finds room for any number of pictures without overlap', () => {
  const side = fc.integer({ min: 200, max: 4096 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 16 }), side, side, (count, width, height) => {
      const cells = gridCells(count, { width, height });
      expect(cells).toHaveLength(count);
      for (const [index, cell] of cells.entries()) {
        expect(cell.left).toBeGreaterThanOrEqual(0);
        expect(cell.top).toBeGreaterThanOrEqual(0);
        expect(cell.left + cell.width).toBeLessThanOrEqual(width);
        expect(cell.top + cell.height).toBeLessThanOrEqual(height);
        for (const other of cells.slice(index + 1)) {
          const apart =
            cell.left + cell.width <= other.left ||
            other.left + other.width <= cell.left ||
            cell.top + cell.height <= other.top;
          expect(apart).toBe(true);
        }
      }
    }),
  );
});
