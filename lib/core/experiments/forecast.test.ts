import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ForecastLane, forecastLane } from './forecast';
import { newLane, refused } from './lane';

const minute = 60_000;
const limits = { id: 'm', parallel: 3, rate: null };
const same = (count: number, ms: number) => Array.from({ length: count }, () => ms);

const endOf = (lane: ForecastLane, now: number) => forecastLane(lane, now).end;

describe('a forecast', () => {
  it('has as many at once as the lane allows', () => {
    expect(endOf({ limits, durations: same(6, minute) }, 1000)).toBe(1000 + 2 * minute);
    expect(endOf({ limits, durations: same(7, minute) }, 1000)).toBe(1000 + 3 * minute);
    expect(endOf({ limits, durations: [] }, 1000)).toBe(1000);
  });

  it('waits for those that are under way', () => {
    const underWay = [minute, minute, 5 * minute];
    expect(endOf({ limits, durations: same(2, minute), underWay }, 0)).toBe(5 * minute);
    expect(endOf({ limits, durations: same(9, minute), underWay }, 0)).toBe(6 * minute);
  });

  it('keeps to the rate, of which experiments take nine tenths', () => {
    const rate = { requests: 10, seconds: 60 };
    const fast = { limits: { ...limits, rate }, durations: same(19, 1) };
    // Nine in the first minute, nine in the second, one in the third.
    expect(Math.floor(endOf(fast, 0) / minute)).toBe(2);
  });

  it('begins after a 429, with fewer at once', () => {
    const lane = refused(newLane('m'), { now: 0, retryAfterSeconds: 700, parallel: 3 });
    expect(endOf({ limits, lane, durations: same(2, minute) }, 0)).toBe(820_000);
  });

  it('keeps to the line of the server where there is one', () => {
    const rate = { requests: 60, seconds: 3600 };
    const line = { model: 'm', rate, used: 58, waiting: 0, blockedUntil: null, nextAt: 0 };
    // Two go at once, then one a minute.
    expect(endOf({ limits, line, durations: same(5, 1) }, 1000)).toBe(1001 + 3 * minute);
    // Nobody goes before the line says so.
    const full = { ...line, used: 60, waiting: 2, nextAt: 12 * minute };
    expect(endOf({ limits, line: full, durations: same(1, 1) }, 1000)).toBe(12 * minute + 1);
    expect(endOf({ limits, line: full, durations: same(3, 1) }, 0)).toBe(14 * minute + 1);
    // What starts at once leaves the window at once.
    const empty = { ...line, rate: { requests: 3, seconds: 60 }, used: 0 };
    expect(forecastLane({ limits, line: empty, durations: same(8, 1) }, 0).starts).toEqual(
      [0, 0, 0, 1, 1, 1, 2, 2].map((minutes) => minutes * minute),
    );
    // What takes longer than its turn holds up what follows.
    expect(endOf({ limits, line, durations: same(6, 9 * minute) }, 0)).toBe(18 * minute + minute);
  });

  it('says when each is sent', () => {
    const lane = refused(newLane('m'), { now: 0, retryAfterSeconds: 700, parallel: 3 });
    expect(forecastLane({ limits, lane, durations: same(2, minute) }, 0).starts).toEqual([
      700_000, 760_000,
    ]);
    const underWay = [minute, 2 * minute, 3 * minute];
    expect(forecastLane({ limits, durations: same(4, minute), underWay }, 5).starts).toEqual([
      5 + minute,
      5 + 2 * minute,
      5 + 2 * minute,
      5 + 3 * minute,
    ]);
  });

  it('has as much work in its time as fits, and starts what comes first first', () => {
    const durations = fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 30 });
    fc.assert(
      fc.property(durations, fc.integer({ min: 1, max: 5 }), (each, parallel) => {
        const lane = { limits: { id: 'm', parallel, rate: null }, durations: each };
        const { starts, end } = forecastLane(lane, 7);
        const work = each.reduce((sum, ms) => sum + ms, 0);
        expect(end).toBeGreaterThanOrEqual(7 + work / parallel);
        expect(end).toBeLessThanOrEqual(7 + work);
        expect(starts).toEqual(starts.toSorted((one, other) => one - other));
        expect(Math.max(7, ...starts.map((at, index) => at + (each[index] ?? 0)))).toBe(end);
      }),
    );
  });
});
