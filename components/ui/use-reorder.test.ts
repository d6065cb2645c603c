import { describe, expect, it } from 'vitest';
import { type DragStart, dragTo } from './use-reorder';

// Two rows of two items, 100 pixels apart; the drag begins on the first item, beside its centre.
const start: DragStart = {
  pointer: { x: 60, y: 45 },
  list: { x: 0, y: 0 },
  centres: [
    { x: 50, y: 50 },
    { x: 150, y: 50 },
    { x: 50, y: 150 },
    { x: 150, y: 150 },
  ],
};
const still = { x: 0, y: 0 };

describe('dragTo', () => {
  it('moves the item with the pointer', () => {
    expect(dragTo(start, { x: 160, y: 40 }, still).by).toEqual({ x: 100, y: -5 });
  });

  it.each([
    [{ x: 60, y: 45 }, 0],
    [{ x: 120, y: 60 }, 1],
    [{ x: 20, y: 400 }, 2],
    [{ x: 900, y: 900 }, 3],
  ])('of a pointer at %j leads to place %i', (pointer, to) => {
    expect(dragTo(start, pointer, still).to).toBe(to);
  });

  it('finds the item under the pointer in a list that was scrolled meanwhile', () => {
    const scrolled = { x: 0, y: -100 };
    expect(dragTo(start, { x: 60, y: 45 }, scrolled)).toEqual({ by: { x: 0, y: 100 }, to: 2 });
    expect(dragTo(start, { x: 150, y: 50 }, scrolled).to).toBe(3);
  });
});
