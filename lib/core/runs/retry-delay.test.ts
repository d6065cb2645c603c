import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRetryAfter, restartDelay, retryDelay } from './retry-delay';

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

const least = () => 0;
const most = () => 1 - Number.EPSILON;
const delay = (tries: number, retryAfterSeconds: number | null, random = least) =>
  retryDelay({ tries, retryAfterSeconds, random });

describe('retryDelay', () => {
  it.each([
    [1, 1000, 2000],
    [2, 2000, 4000],
    [3, 4000, 8000],
    [4, 8000, 16_000],
  ])('after try %i waits from %i to %i ms', (tries, from, to) => {
    expect(delay(tries, null, least)).toEqual({ waitMs: from });
    expect(delay(tries, null, most)).toEqual({ waitMs: to });
  });

  it('gives up after the fifth try', () => {
    expect(delay(5, null)).toEqual({ giveUp: 'too_many' });
    expect(delay(5, 3600)).toEqual({ giveUp: 'too_many' });
  });

  it('waits what the server asks for, and a moment more', () => {
    expect(delay(1, 30, least)).toEqual({ waitMs: 30_000 });
    expect(delay(1, 30, most)).toEqual({ waitMs: 31_000 });
  });

  it('waits its own time where the server asks for less', () => {
    expect(delay(4, 1, least)).toEqual({ waitMs: 8000 });
    expect(delay(1, 0, least)).toEqual({ waitMs: 1000 });
  });

  it('leaves a pause of more than ten minutes to a click', () => {
    expect(delay(1, 600)).toEqual({ waitMs: 600_000 });
    expect(delay(1, 601)).toEqual({ giveUp: 'too_long' });
  });

  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const wait = (tries: number, seconds: number | null, drawn: number) => {
    const answer = delay(tries, seconds, () => drawn);
    return 'waitMs' in answer ? answer.waitMs : Number.NaN;
  };

  it('never comes back before the server allows it, nor much later', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 600 }),
        draw,
        (tries, seconds, drawn) => {
          const ms = wait(tries, seconds, drawn);
          expect(ms).toBeGreaterThanOrEqual(seconds * 1000);
          expect(ms).toBeLessThanOrEqual(Math.max(seconds * 1000 + 1000, 16_000));
        },
      ),
    );
  });

  it('waits no less after more tries', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), draw, draw, (tries, one, other) => {
        // The lower half is never used, so spans of two tries meet but do not overlap.
        expect(wait(tries + 1, null, one)).toBeGreaterThanOrEqual(wait(tries, null, other));
      }),
    );
  });
});

describe('restartDelay', () => {
  const restart = (waitedMs: number, retryAfterSeconds: number | null, random = least) =>
    restartDelay({ waitedMs, retryAfterSeconds, random });

  it('looks every few seconds, spread over one', () => {
    expect(restart(0, 5, least)).toEqual({ waitMs: 5000 });
    expect(restart(0, null, most)).toEqual({ waitMs: 6000 });
    expect(restart(0, 60, least)).toEqual({ waitMs: 60_000 });
  });

  it('leaves it to a click after ten minutes', () => {
    expect(restart(599_999, 5)).toEqual({ waitMs: 5000 });
    expect(restart(600_000, 5)).toEqual({ giveUp: 'too_long' });
  });
});
