import { describe, expect, it } from 'vitest';
import { layOut } from './wall';
import { stepOnWall } from './wall-keys';

const noon = new Date(2026, 10, 28, 12).getTime();
const day = 24 * 60 * 60 * 1000;
// Rows of 3 (0–2), 2 (3, 4), and of the day before 1 (5).
const wall = layOut(
  [2, 2, 2, 2.5, 1, 1].map((aspect, index) => ({ aspect, at: index < 5 ? noon : noon - day })),
  { width: 1000, gap: 0, headingHeight: 40, fit: { rows: 200 } },
);
const step = (index: number, key: string, further: { isCommand?: boolean; x?: number } = {}) => {
  const { isCommand = false, ...x } = further;
  return stepOnWall(wall, { index, pressed: { key, isCommand }, viewport: 300, ...x });
};

describe('a key on a wall', () => {
  it.each([
    [0, 'ArrowLeft', 0],
    [2, 'ArrowRight', 3],
    [5, 'ArrowRight', 5],
    [0, 'ArrowUp', 0],
    [2, 'ArrowDown', 4],
    [0, 'ArrowDown', 3],
    [4, 'ArrowDown', 5],
    [5, 'ArrowDown', 5],
    [5, 'ArrowUp', 3],
    [1, 'Home', 0],
    [3, 'End', 4],
    [0, 'PageDown', 3],
    [5, 'PageUp', 0],
  ])('leads from tile %d by %s to %d', (from, key, to) => {
    expect(step(from, key)?.index).toBe(to);
  });

  it('leads to both ends of all with Ctrl', () => {
    expect(step(4, 'Home', { isCommand: true })?.index).toBe(0);
    expect(step(1, 'End', { isCommand: true })?.index).toBe(5);
    expect(step(1, 'ArrowDown', { isCommand: true })).toBeUndefined();
  });

  it('keeps to its column through a short row', () => {
    const down = step(4, 'ArrowDown');
    expect(down).toEqual({ index: 5, x: 600 });
    expect(step(5, 'ArrowUp', { x: down?.x ?? 0 })?.index).toBe(4);
  });

  it('leads nowhere from nowhere, nor by another key', () => {
    expect(step(9, 'ArrowDown')).toBeUndefined();
    expect(step(0, 'a')).toBeUndefined();
  });
});
