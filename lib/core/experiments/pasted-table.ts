import { readTable } from '../csv';
import type { TableColumn } from './experiment';
import { readName } from './template-tokens';
import { maxValues } from './variables';

/** Why a text is no table. */
export type TableProblem =
  | { reason: 'no_rows' }
  | { reason: 'no_name'; column: number; text: string }
  | { reason: 'same_name'; name: string }
  | { reason: 'too_many_rows'; count: number; max: number }
  /** `row` counts from 1, the row of names among them. */
  | { reason: 'short_row'; row: number; columns: string }
  | { reason: 'long_row'; row: number; count: number; max: number };

/**
 * Reads a table as spreadsheets copy it (cells parted by tabs) or as CSV (RFC 4180; commas or semicolons).
 * Its first row names the columns. Cells in quotes may have line breaks; empty rows are left out.
 */
export function readPastedTable(text: string): TableColumn[] | { problem: TableProblem } {
  const all = readTable(text).map((cells, index) => ({ cells, row: index + 1 }));
  const [first, ...below] = all.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const heads = first?.cells ?? [];
  const values = below.map(({ cells }) => cells);
  if (values.length === 0) return { problem: { reason: 'no_rows' } };
  if (values.length > maxValues) {
    return { problem: { reason: 'too_many_rows', count: values.length, max: maxValues } };
  }
  for (const { cells, row } of below) {
    // A cell that is empty is there; what is not there may have been lost.
    const missing = heads.slice(cells.length).filter((head) => head !== '');
    if (missing.length > 0) {
      return { problem: { reason: 'short_row', row, columns: missing.join(', ') } };
    }
    if (cells.slice(heads.length).some((cell) => cell !== '')) {
      const max = heads.length;
      return { problem: { reason: 'long_row', row, count: cells.length, max } };
    }
  }
  const columns: TableColumn[] = [];
  for (const [index, head] of heads.entries()) {
    const its = values.map((row) => row[index] ?? '');
    // Spreadsheets copy empty columns along.
    if (head === '' && its.every((cell) => cell === '')) continue;
    const name = readName(head);
    if (name === undefined) {
      return { problem: { reason: 'no_name', column: index + 1, text: head } };
    }
    if (columns.some((column) => column.name === name)) {
      return { problem: { reason: 'same_name', name } };
    }
    columns.push({ name, values: its });
  }
  return columns.length > 0 ? columns : { problem: { reason: 'no_rows' } };
}
