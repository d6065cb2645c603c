import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPastedTable } from './pasted-table';

const read = (text: string) => {
  const columns = readPastedTable(text);
  return 'problem' in columns
    ? columns.problem
    : columns.map(({ name, values }) => [name, ...values]);
};

describe('a pasted table', () => {
  it.each([
    [
      'of a spreadsheet',
      'tea\tland\noolong\tChina\nsencha\tJapan',
      [
        ['tea', 'oolong', 'sencha'],
        ['land', 'China', 'Japan'],
      ],
    ],
    ['of one column', 'tea\noolong, dark\r\nsencha\n', [['tea', 'oolong, dark', 'sencha']]],
    [
      'as CSV',
      'tea,land\noolong,China\n',
      [
        ['tea', 'oolong'],
        ['land', 'China'],
      ],
    ],
    [
      'with semicolons and a mark of its order',
      '\uFEFFtea;land\n"a;b";c',
      [
        ['tea', 'a;b'],
        ['land', 'c'],
      ],
    ],
    [
      'with quotes and line breaks',
      'tea,land\n"say ""ah""\nnow",China\nsencha,',
      [
        ['tea', 'say "ah"\nnow', 'sencha'],
        ['land', 'China', ''],
      ],
    ],
    ['with empty rows and columns', 'tea\t\t\n\t\t\noolong\t\t', [['tea', 'oolong']]],
    [
      'with empty cells',
      'a\tb\tc\n\t\t3\n1\t\t',
      [
        ['a', '', '1'],
        ['b', '', ''],
        ['c', '3', ''],
      ],
    ],
    [
      'in Chinese',
      '茶\t产地\n乌龙\t福建',
      [
        ['茶', '乌龙'],
        ['产地', '福建'],
      ],
    ],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual(expected));

  it.each([
    ['', { reason: 'no_rows' }],
    ['tea', { reason: 'no_rows' }],
    ['tea\t2nd\na\tb', { reason: 'no_name', column: 2, text: '2nd' }],
    ['tea\ttea\na\tb', { reason: 'same_name', name: 'tea' }],
    ['a,b,c\n1,2,3\n\n4', { reason: 'short_row', row: 4, columns: 'b, c' }],
    ['a\tb\n1\t2\t3', { reason: 'long_row', row: 2, count: 3, max: 2 }],
    [`n\n${'x\n'.repeat(101)}`, { reason: 'too_many_rows', count: 101, max: 100 }],
  ])('%j is none', (text, problem) => expect(read(text)).toEqual(problem));

  it('written as CSV comes back, whatever its cells hold', () => {
    const cell = fc.string().map((text) => text.replaceAll('\r', '').trim());
    const row = fc.tuple(cell, cell).filter((cells) => cells.some((one) => one !== ''));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const quoted = rows.map((cells) =>
          cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(),
        );
        expect(read(['a,b', ...quoted].join('\r\n'))).toEqual([
          ['a', ...rows.map(([one]) => one)],
          ['b', ...rows.map(([, other]) => other)],
        ]);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => void readPastedTable(text)));
  });
});
