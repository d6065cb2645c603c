import { describe, expect, it } from 'vitest';
import { isWithin, readDays, spanOf, writeDays } from './date-filter';

const now = new Date(2026, 2, 2, 9).getTime();

describe('the days of a value', () => {
  it.each([
    ['today', '2026-03-02', '2026-03-02'],
    ['7days', '2026-02-24', '2026-03-02'],
    ['30days', '2026-02-01', '2026-03-02'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-01-05~2026-01-09', '2026-01-05', '2026-01-09'],
    ['~2026-01-09', '', '2026-01-09'],
    ['2026-01-05~', '2026-01-05', ''],
    ['~', '', ''],
  ])('%s', (value, from, to) => {
    expect(readDays(value, now)).toEqual({ from, to });
    if (value.includes('~')) expect(writeDays({ from, to })).toBe(value);
  });

  it.each(['', 'yesterday', '2026', '2026-1', 'toString', '2026-01-05', '1~2'])(
    'are none for %j, and nothing is within',
    (value) => {
      expect(readDays(value, now)).toBeUndefined();
      expect(isWithin(spanOf(value, now), now)).toBe(false);
    },
  );
});

describe('a time', () => {
  const at = (...of: [number, number, number, number?]) => new Date(...of).getTime();
  it.each<[string, number, boolean]>([
    ['today', at(2026, 2, 2, 0), true],
    ['today', at(2026, 2, 2, 23), true],
    ['today', at(2026, 2, 1, 23), false],
    ['7days', at(2026, 1, 24), true],
    ['7days', at(2026, 1, 23, 23), false],
    ['2026-02', at(2026, 1, 28, 23), true],
    ['2026-02', at(2026, 2, 1), false],
    ['2026-02-28~2026-02-27', at(2026, 1, 27), true],
    ['2026-02-27~2026-02-28', at(2026, 1, 28, 23), true],
    ['2026-02-27~', at(2026, 1, 26, 23), false],
    ['~', at(1999, 0, 1), true],
  ])('within %s: %i is %s', (value, time, is) => {
    expect(isWithin(spanOf(value, now), time)).toBe(is);
  });
});
