import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecast, forecastLane } from './forecast';
import { newLane, refused } from './lane';

const minute = 60_000;
const limits = { id: 'm', parallel: 3, rate: null };
const same = (count: number, ms: number) => Array.from({ length: count }, () => ms);

describe('a forecast', () => {
  it('has as many at once as the lane allows', () => {
    expect(forecastLane({ limits, durations: same(6, minute) }, 1000)).toBe(1000 + 2 * minute);
    expect(forecastLane({ limits, durations: same(7, minute) }, 1000)).toBe(1000 + 3 * minute);
    expect(forecastLane({ limits, durations: [] }, 1000)).toBe(1000);
  });

  it('waits for those that are under way', () => {
    const underWay = [minute, minute, 5 * minute];
    expect(forecastLane({ limits, durations: same(2, minute), underWay }, 0)).toBe(5 * minute);
    expect(forecastLane({ limits, durations: same(9, minute), underWay }, 0)).toBe(6 * minute);
  });

  it('keeps to the rate, of which experiments take nine tenths', () => {
    const rate = { requests: 10, seconds: 60 };
    const fast = { limits: { ...limits, rate }, durations: same(19, 1) };
    // Nine in the first minute, nine in the second, one in the third.
    expect(Math.floor(forecastLane(fast, 0) / minute)).toBe(2);
  });

  it('begins after a 429, with fewer at once', () => {
    const lane = refused(newLane('m'), { now: 0, retryAfterSeconds: 700, parallel: 3 });
    expect(forecastLane({ limits, lane, durations: same(2, minute) }, 0)).toBe(820_000);
  });

  it('keeps to the line of the server where there is one', () => {
    const rate = { requests: 60, seconds: 3600 };
    const line = { model: 'm', rate, used: 58, waiting: 0, blockedUntil: null, nextAt: 0 };
    // Two go at once, then one a minute.
    expect(forecastLane({ limits, line, durations: same(5, 1) }, 1000)).toBe(1001 + 3 * minute);
    // Nobody goes before the line says so.
    const full = { ...line, used: 60, waiting: 2, nextAt: 12 * minute };
    expect(forecastLane({ limits, line: full, durations: same(1, 1) }, 1000)).toBe(12 * minute + 1);
    expect(forecastLane({ limits, line: full, durations: same(3, 1) }, 0)).toBe(14 * minute + 1);
    // What takes longer than its turn holds up what follows.
    expect(forecastLane({ limits, line, durations: same(6, 9 * minute) }, 0)).toBe(
      18 * minute + minute,
    );
  });

  it('is that of the slowest model, whatever the others do', () => {
    const durations = fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 30 });
    const lanes = fc.array(fc.record({ durations, parallel: fc.integer({ min: 1, max: 5 }) }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(lanes, (all) => {
        const asked = all.map(({ durations: each, parallel }, index) => {
          return { limits: { id: `${index}`, parallel, rate: null }, durations: each };
        });
        const alone = asked.map((lane) => forecastLane(lane, 7));
        expect(forecast(asked, 7)).toBe(Math.max(7, ...alone));
        for (const [index, { durations: each, limits: its }] of asked.entries()) {
          const work = each.reduce((sum, ms) => sum + ms, 0);
          expect(alone[index]).toBeGreaterThanOrEqual(7 + work / its.parallel);
          expect(alone[index]).toBeLessThanOrEqual(7 + work);
        }
      }),
    );
  });
});
