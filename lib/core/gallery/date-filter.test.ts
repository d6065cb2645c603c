import { describe, expect, it } from 'vitest';
import { hasDay, readDays, writeDays } from './date-filter';

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
      expect(hasDay(value, '2026-03-02', now)).toBe(false);
    },
  );
});

it.each<[string, string, boolean]>([
  ['today', '2026-03-02', true],
  ['today', '2026-03-01', false],
  ['today', '2026-03-03', false],
  ['7days', '2026-02-24', true],
  ['7days', '2026-02-23', false],
  ['2026-02', '2026-02-28', true],
  ['2026-02', '2026-03-01', false],
  ['2026-02-28~2026-02-27', '2026-02-27', true],
  ['2026-02-27~2026-02-28', '2026-02-28', true],
  ['2026-02-27~', '2026-02-26', false],
  ['~2026-02-27', '2026-02-28', false],
  ['~', '1999-01-01', true],
])('%s has the day %s: %s', (value, day, is) => {
  expect(hasDay(value, day, now)).toBe(is);
});
