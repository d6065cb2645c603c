import type { TableColumn } from './experiment';
import { readName } from './template-tokens';
import { maxValues } from './variables';

/** Why a text is no table. */
export type TableProblem =
  | { reason: 'no_rows' }
  | { reason: 'no_name'; column: number; text: string }
  | { reason: 'same_name'; name: string }
  | { reason: 'too_many_rows'; count: number; max: number };

/**
 * Reads a table as spreadsheets copy it (cells parted by tabs) or as CSV (RFC 4180; commas or semicolons).
 * Its first row names the columns. Cells in quotes may have line breaks; rows may be short, empty ones are
 * left out.
 */
export function readPastedTable(text: string): TableColumn[] | { problem: TableProblem } {
  const rows = rowsOf(text.replace(/^\uFEFF/, '')).filter((row) => row.some((cell) => cell !== ''));
  const [heads = [], ...values] = rows;
  if (values.length === 0) return { problem: { reason: 'no_rows' } };
  if (values.length > maxValues) {
    return { problem: { reason: 'too_many_rows', count: values.length, max: maxValues } };
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

function rowsOf(text: string): string[][] {
  const [firstLine = ''] = text.split(/\r\n|\r|\n/, 1);
  const parts = ['\t', ';', ','].find((sign) => firstLine.includes(sign)) ?? '\t';
  const rows: string[][] = [[]];
  // A cell in quotes, in which a quote is doubled, or one that ends where the next begins.
  const cell = new RegExp(`"((?:[^"]|"")*)"|[^${parts}\r\n]+|${parts}|\r\n|\r|\n`, 'g');
  let isFilled = false;
  const put = (value: string) => {
    const row = rows.at(-1);
    if (isFilled) row?.push(`${row.pop() ?? ''}${value}`.trim());
    else row?.push(value.trim());
    isFilled = true;
  };
  for (const [found, quoted] of text.matchAll(cell)) {
    if (found === parts) {
      if (!isFilled) put('');
      isFilled = false;
    } else if (/^[\r\n]/.test(found)) {
      if (!isFilled) put('');
      isFilled = false;
      rows.push([]);
    } else put(quoted === undefined ? found : quoted.replaceAll('""', '"'));
  }
  return rows;
}
