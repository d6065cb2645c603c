import { describe, expect, it } from 'vitest';
import { readRetryAfter } from './retry-after';

const now = Date.parse('Tue, 24 Nov 2026 12:00:00 GMT');

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['7', 7],
    [' 7 ', 7],
    ['86400', 86_400],
    ['999999999', 999_999_999],
    ['Tue, 24 Nov 2026 12:00:30 GMT', 30],
    ['Wed, 25 Nov 2026 12:00:00 GMT', 86_400],
    // RFC 9110 has two older forms that have to be understood.
    ['Tuesday, 24-Nov-26 12:00:30 GMT', 30],
    ['Tue Nov 24 12:00:30 2026', 30],
    // A date that is over: no wait is left.
    ['Tue, 24 Nov 2026 11:59:00 GMT', 0],
  ])('%j is %i seconds', (value, seconds) => {
    expect(readRetryAfter(value, now)).toBe(seconds);
  });

  it('waits out a second that has begun', () => {
    expect(readRetryAfter('Tue, 24 Nov 2026 12:00:30 GMT', now + 1)).toBe(30);
    expect(readRetryAfter('Tue, 24 Nov 2026 12:00:30 GMT', now + 1000)).toBe(29);
  });

  it.each([
    null,
    '',
    ' ',
    '-1',
    '1.5',
    '7s',
    '1e3',
    'soon',
    '2026-11-24',
    '1234567890',
    '0x10',
    '7, 8',
  ])('%j says nothing', (value) => {
    expect(readRetryAfter(value, now)).toBeUndefined();
  });
});
