import { describe, expect, it } from 'vitest';
import { dayOf } from './day';

describe('the day of a time', () => {
  it.each([
    [new Date(2026, 10, 28, 0, 0), '2026-11-28'],
    [new Date(2026, 10, 27, 23, 59, 59, 999), '2026-11-27'],
    [new Date(2026, 10, 28, 23, 59, 59, 999), '2026-11-28'],
    [new Date(2024, 1, 29, 12), '2024-02-29'],
    [new Date(999, 0, 1), '0999-01-01'],
  ])('%s is %s', (time, day) => {
    expect(dayOf(time.getTime())).toBe(day);
  });
});
