import type { Grid } from '@/lib/core/experiments/grid';

/** Where a key leads to from a cell of the grid; undefined for any other key. */
export function stepInGrid(
  key: string,
  { row, column }: { row: number; column: number },
  { rows, columns }: Grid,
): { row: number; column: number } | undefined {
  const moves: Record<string, [number, number]> = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, columns - 1],
    PageUp: [row - 5, column],
    PageDown: [row + 5, column],
  };
  const to = moves[key];
  if (!to || rows === 0) return undefined;
  return {
    row: Math.min(rows - 1, Math.max(0, to[0])),
    column: Math.min(columns - 1, Math.max(0, to[1])),
  };
}
