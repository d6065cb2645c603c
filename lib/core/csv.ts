import Papa from 'papaparse';

/** What stands in a cell of a table; lists and objects are written as one text. */
export type CsvValue = string | number | boolean | null | readonly string[] | object;

/**
 * A table as CSV (RFC 4180), with a mark at its start by which spreadsheets know UTF-8. What a spreadsheet
 * would run as a formula stands behind an apostrophe: prompts come from anywhere.
 */
export function writeCsv<Column extends string>(
  columns: readonly Column[],
  records: readonly Readonly<Record<Column, CsvValue>>[],
): string {
  const data = records.map((record) => columns.map((column) => textOf(record[column])));
  const options = { escapeFormulae: true, newline: '\r\n' };
  return `\ufeff${Papa.unparse({ fields: [...columns], data }, options)}\r\n`;
}

/**
 * Reads a table as spreadsheets copy it (cells parted by tabs) or as CSV (commas or semicolons): its first line
 * tells which. Cells in quotes may have line breaks.
 */
export function readTable(text: string): string[][] {
  const [firstLine = ''] = text.split(/\r\n|\r|\n/, 1);
  const delimiter = ['\t', ';', ','].find((sign) => firstLine.includes(sign)) ?? '\t';
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { delimiter });
  return data.map((row) => row.map((cell) => cell.trim()));
}

function textOf(value: CsvValue): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
