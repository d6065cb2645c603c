import { describe, expect, it } from 'vitest';
import { slashQuery, withoutSlash } from './slash-query';

/** The caret stands at `|`. */
function at(marked: string) {
  const caret = marked.indexOf('|');
  return slashQuery(marked.replace('|', ''), caret);
}

describe('slashQuery', () => {
  it.each([
    ['/|', { start: 0, query: '' }],
    ['a bear /sno| at dawn', { start: 7, query: 'sno' }],
    ['／雪|', { start: 0, query: '雪' }],
    ['一只熊，／|', { start: 4, query: '' }],
    ['line\n/x|', { start: 5, query: 'x' }],
    ['(/x|)', { start: 1, query: 'x' }],
  ])('finds the word behind a slash: %j', (marked, expected) => {
    expect(at(marked)).toEqual(expected);
  });

  it.each([
    'a bear|',
    '/word behind|',
    'and/or|',
    '红色/蓝|',
    '16:9/4:3|',
    'https://a.test/b|',
    '//|',
    '|/x',
    `/${'x'.repeat(80)}|`,
  ])('finds none in %j', (marked) => {
    expect(at(marked)).toBeUndefined();
  });
});

describe('withoutSlash', () => {
  it('replaces the slash word, and leaves the caret behind', () => {
    const query = { start: 7, query: 'sno' };
    expect(withoutSlash('a bear /sno at dawn', query, 'in soft snow')).toEqual({
      text: 'a bear in soft snow at dawn',
      caret: 19,
    });
  });
});
