import { describe, expect, it } from 'vitest';
import { formatLength } from './format-length';
import { formatMoment } from './format-moment';

describe('how long something took', () => {
  it.each([
    [0, '0.0 s'],
    [1640, '1.6 s'],
    [59_949, '59.9 s'],
    [59_950, '00:59'],
    [127_000, '02:07'],
  ])('%i ms is %s', (milliseconds, text) => {
    expect(formatLength(milliseconds, 'en')).toBe(text);
  });
});

describe('when something was', () => {
  const at = new Date(2026, 10, 24, 19, 5).getTime();

  it('is a time of day today', () => {
    expect(formatMoment(at, 'zh', at + 1000)).toBe('19:05');
  });

  it('has its date on another day', () => {
    expect(formatMoment(at, 'en', at + 86_400_000)).toMatch(/^Nov 24, 0?7:05/);
  });
});
