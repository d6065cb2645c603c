import { boxOf, rowAt, type Wall } from './wall';

interface PressedKey {
  key: string;
  /** Ctrl or ⌘. */
  isCommand: boolean;
}

/**
 * Where a key leads on a wall: arrows in two dimensions, Home and End within the row (with Ctrl or ⌘:
 * to both ends of all), the page keys by a screen.
 * @param x the middle that Up and Down keep to, where the way goes through rows of other widths
 * @returns the tile's index, and the `x` to keep for the next step; undefined if it is no such key
 */
export function stepOnWall(
  wall: Wall,
  {
    index,
    pressed: { key, isCommand },
    viewport,
    x,
  }: { index: number; pressed: PressedKey; viewport: number; x?: number },
): { index: number; x?: number } | undefined {
  const last = wall.lefts.length - 1;
  const row = wall.rows[wall.rowOf[index] ?? -1];
  const box = boxOf(wall, index);
  if (!row || !box) return undefined;
  const middle = x ?? box.left + box.width / 2;
  const within = (to: number) => ({ index: Math.min(last, Math.max(0, to)) });
  const inRow = (to: number, by: 1 | -1) => {
    const found = nearest(wall, { row: to, by, middle });
    return { index: found ?? (by > 0 ? last : 0), x: middle };
  };
  if (isCommand && key !== 'Home' && key !== 'End') return undefined;
  switch (key) {
    case 'ArrowLeft':
      return within(index - 1);
    case 'ArrowRight':
      return within(index + 1);
    case 'ArrowUp':
      return beyond(wall, index, -1) ? { index, x: middle } : inRow(rowNumber(wall, index) - 1, -1);
    case 'ArrowDown':
      return beyond(wall, index, 1) ? { index, x: middle } : inRow(rowNumber(wall, index) + 1, 1);
    case 'PageUp':
      return inRow(Math.min(rowNumber(wall, index) - 1, rowAt(wall, box.top - viewport)), -1);
    case 'PageDown':
      return inRow(Math.max(rowNumber(wall, index) + 1, rowAt(wall, box.top + viewport)), 1);
    case 'Home':
      return { index: isCommand ? 0 : row.first };
    case 'End':
      return { index: isCommand ? last : row.end - 1 };
    default:
      return undefined;
  }
}

function rowNumber(wall: Wall, index: number): number {
  return wall.rowOf[index] ?? 0;
}

/** Whether no row of tiles is above (-1) or below (1) that of a tile. */
function beyond(wall: Wall, index: number, by: 1 | -1): boolean {
  return rowNumber(wall, index) === rowNumber(wall, by > 0 ? wall.lefts.length - 1 : 0);
}

/** The tile of a row, or of the next that has tiles, whose middle is the nearest. */
function nearest(
  wall: Wall,
  { row, by, middle }: { row: number; by: 1 | -1; middle: number },
): number | undefined {
  for (let number = row; number >= 0 && number < wall.rows.length; number += by) {
    const { first, end } = wall.rows[number] ?? { first: 0, end: 0 };
    let found: number | undefined;
    let distance = Number.POSITIVE_INFINITY;
    for (let index = first; index < end; index++) {
      const its = (wall.lefts[index] ?? 0) + (wall.widths[index] ?? 0) / 2;
      if (Math.abs(its - middle) >= distance) continue;
      distance = Math.abs(its - middle);
      found = index;
    }
    if (found !== undefined) return found;
  }
  return undefined;
}
