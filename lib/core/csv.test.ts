import { describe, expect, it } from 'vitest';
import { readTable, writeCsv } from './csv';

describe('a table as CSV', () => {
  it('is read as it was written, whatever stands in it', () => {
    const texts = ['plain', 'a,b', 'say "ah"', 'two\r\nlines', '青花瓷', ';', '', "'quoted'"];
    const written = writeCsv(
      ['name', 'text'],
      texts.map((text, index) => ({ name: index, text })),
    );
    expect(written.startsWith('\ufeffname,text\r\n')).toBe(true);
    expect(readTable(written).slice(1, -1)).toEqual(texts.map((text, index) => [`${index}`, text]));
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])('%j is no formula', (text) => {
    expect(writeCsv(['text'], [{ text }])).toContain(`'${text}`);
  });

  it('has lists and objects as one text, and nothing for what is not known', () => {
    const record = { list: ['a', 'b'], object: { n: 1 }, none: null, is: true };
    expect(writeCsv(['list', 'object', 'none', 'is'], [record])).toBe(
      '\ufefflist,object,none,is\r\na; b,"{""n"":1}",,true\r\n',
    );
  });
});
