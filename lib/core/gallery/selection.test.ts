import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changeSelection,
  emptySelection,
  nextAfter,
  type SelectionChange,
  withinFound,
} from './selection';

const order = ['a', 'b', 'c', 'd', 'e'];
const made = (...changes: SelectionChange[]) =>
  changes.reduce((selection, change) => changeSelection(selection, change, order), emptySelection);
const toggle = (key: string): SelectionChange => ({ type: 'toggle', key });
const extend = (key: string): SelectionChange => ({ type: 'extend', key });

describe('a selection', () => {
  it.each<[string, SelectionChange[], string]>([
    ['toggles one', [toggle('b'), toggle('d'), toggle('b')], 'd'],
    ['extends from the one chosen last', [toggle('b'), extend('d')], 'bcd'],
    ['extends backwards', [toggle('d'), extend('b')], 'bcd'],
    ['extends again from the same one', [toggle('c'), extend('d'), extend('b')], 'bcd'],
    ['begins where nothing was chosen', [extend('c')], 'c'],
    ['begins anew where the one chosen last is gone', [toggle('x'), toggle('x'), extend('c')], 'c'],
    ['does nothing for one that is gone', [toggle('a'), extend('x')], 'a'],
    [
      'begins where the arrows have led',
      [toggle('a'), { type: 'begin', key: 'c' }, extend('d')],
      'acd',
    ],
    ['takes all', [{ type: 'all' }], 'abcde'],
    ['lets all go', [toggle('a'), { type: 'clear' }], ''],
    [
      'takes what is touched beside what was there',
      [{ type: 'touch', keys: ['c', 'd'], before: new Set(['a']) }],
      'acd',
    ],
  ])('%s', (_, changes, expected) => {
    expect([...made(...changes).keys].sort().join('')).toBe(expected);
  });

  it('keeps only what is found', () => {
    const both = made(toggle('a'), toggle('b'));
    expect([...withinFound(both, new Set(['b', 'c'])).keys]).toEqual(['b']);
    expect(withinFound(both, new Set(order))).toBe(both);
  });
});

describe('the focus after a removal', () => {
  it.each([
    ['b', 'b', 'c'],
    ['b', 'bc', 'd'],
    ['e', 'de', 'c'],
    ['a', 'bc', 'a'],
    ['a', 'abcde', null],
  ])('is for %s, with %s gone, at %s', (key, gone, next) => {
    expect(nextAfter(order, key, new Set(gone))).toBe(next);
  });

  it('is never on what is gone', () => {
    fc.assert(
      fc.property(fc.subarray(order), fc.constantFrom(...order), (gone, key) => {
        const next = nextAfter(order, key, new Set(gone));
        expect(next === null ? gone.length : gone.includes(next)).toBe(
          next === null ? order.length : false,
        );
      }),
    );
  });
});
