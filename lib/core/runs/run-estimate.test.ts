import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedDuration, progressOf } from './run-estimate';

describe('expectedDuration', () => {
  it.each([
    [[], undefined],
    [[0, -5, Number.NaN], undefined],
    [[4000], 4000],
    [[4000, 6000], 5000],
    [[4000, 90_000, 5000], 5000],
  ])('of %j is %j', (durations, expected) => {
    expect(expectedDuration(durations)).toBe(expected);
  });

  it('looks at the newest ten only', () => {
    const newest = Array.from({ length: 10 }, () => 1000);
    const older = Array.from({ length: 100 }, () => 60_000);
    expect(expectedDuration([...newest, ...older])).toBe(1000);
  });

  it('does not change what it is given', () => {
    const durations = Object.freeze([3, 1, 2]);
    expect(expectedDuration(durations)).toBe(2);
  });
});

describe('progressOf', () => {
  it('begins at nothing and is at nine tenths when the time is up', () => {
    expect(progressOf({ elapsedMs: 0, expectedMs: 40_000 })).toBe(0);
    expect(progressOf({ elapsedMs: 20_000, expectedMs: 40_000 })).toBeCloseTo(0.45);
    expect(progressOf({ elapsedMs: 40_000, expectedMs: 40_000 })).toBeCloseTo(0.9);
  });

  const ms = fc.integer({ min: 0, max: 1e12 });
  const expectation = fc.integer({ min: 0, max: 1e9 });

  it('never goes back and never arrives', () => {
    fc.assert(
      fc.property(ms, ms, expectation, (one, other, expectedMs) => {
        const [earlier, later] = [Math.min(one, other), Math.max(one, other)];
        const before = progressOf({ elapsedMs: earlier, expectedMs });
        const after = progressOf({ elapsedMs: later, expectedMs });
        expect(before).toBeGreaterThanOrEqual(0);
        expect(after).toBeGreaterThanOrEqual(before);
        expect(after).toBeLessThan(1);
      }),
    );
  });

  it('only slows down', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (step) => {
        const at = (elapsed: number) => progressOf({ elapsedMs: elapsed * 100, expectedMs: 5000 });
        const [first, second] = [at(step + 1) - at(step), at(step + 2) - at(step + 1)];
        expect(second).toBeLessThanOrEqual(first + 1e-9);
      }),
    );
  });

  it('does not stumble over a clock that was set back', () => {
    expect(progressOf({ elapsedMs: -500, expectedMs: 1000 })).toBe(0);
  });
});
