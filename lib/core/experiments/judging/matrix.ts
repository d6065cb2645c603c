/** Rows of numbers, all of one length. */
export type Matrix = number[][];

export const zeros = (size: number): Matrix =>
  Array.from({ length: size }, () => new Array<number>(size).fill(0));

export const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, index) => sum + value * (other[index] as number), 0);

export const timesVector = (matrix: Matrix, vector: readonly number[]): number[] =>
  matrix.map((row) => dot(row, vector));

/** The inverse of a regular matrix, by Gauss and Jordan with the largest pivot. */
export function inverse(matrix: Matrix): Matrix {
  const size = matrix.length;
  const rows = matrix.map((row, at) => [...row, ...row.map((_, column) => Number(column === at))]);
  for (let column = 0; column < size; column++) {
    const height = (row: number) => Math.abs(rows[row]?.[column] as number);
    let largest = column;
    for (let row = column + 1; row < size; row++) if (height(row) > height(largest)) largest = row;
    const pivotRow = rows[largest] as number[];
    rows[largest] = rows[column] as number[];
    const pivot = pivotRow[column] as number;
    const scaled = pivotRow.map((value) => value / pivot);
    rows[column] = scaled;
    for (const [at, row] of rows.entries()) {
      if (at !== column) subtract(row, row[column] as number, scaled);
    }
  }
  return rows.map((row) => row.slice(size));
}

function subtract(row: number[], factor: number, other: readonly number[]): void {
  if (factor === 0) return;
  for (let at = 0; at < row.length; at++) (row[at] as number) -= factor * (other[at] as number);
}
