import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, type Lane, type LaneLimits, newLane, refused, started, succeeded } from './lane';

const limits: LaneLimits = { id: 'm', parallel: 4, rate: { requests: 10, seconds: 60 } };
const free = { isFree: true };
const repeated = (lane: Lane, times: number, change: (lane: Lane) => Lane): Lane =>
  times === 0 ? lane : repeated(change(lane), times - 1, change);

describe('a lane', () => {
  it('lets as many run at once as the model’s entry says, three where it says nothing', () => {
    expect(admit(newLane('m'), limits, { running: 3, now: 0 })).toEqual(free);
    expect(admit(newLane('m'), limits, { running: 4, now: 0 })).toEqual({
      isFree: false,
      at: null,
    });
    const open = { id: 'm', rate: null };
    expect(admit(newLane('m'), open, { running: 2, now: 0 })).toEqual(free);
    expect(admit(newLane('m'), open, { running: 3, now: 0 })).toMatchObject({ isFree: false });
  });

  it('keeps to nine tenths of the rate, and says when there is room again', () => {
    let lane = newLane('m');
    for (let at = 1000; at <= 9000; at += 1000) lane = started(lane, at);
    expect(admit(lane, limits, { running: 0, now: 9500 })).toEqual({ isFree: false, at: 61_000 });
    expect(admit(lane, limits, { running: 0, now: 61_000 })).toEqual(free);
  });

  it('counts what single pictures have taken as well, and lets one through at the smallest rate', () => {
    const small = { id: 'm', rate: { requests: 1, seconds: 10 } };
    const lane = started(newLane('m'), 0);
    expect(admit(lane, small, { running: 0, now: 9999 })).toEqual({ isFree: false, at: 10_000 });
    expect(admit(lane, small, { running: 0, now: 10_000 })).toEqual(free);
  });

  it('waits after a 429 as long as the gateway says, however long', () => {
    const lane = refused(newLane('m'), { now: 1000, retryAfterSeconds: 700, parallel: 4 });
    expect(admit(lane, limits, { running: 0, now: 2000 })).toEqual({ isFree: false, at: 701_000 });
    expect(admit(lane, limits, { running: 0, now: 701_000 })).toEqual(free);
    expect(lane.parallel).toBe(2);
  });

  it('waits twice as long each time where the gateway does not say, up to ten minutes', () => {
    let lane = newLane('m');
    const pauses: number[] = [];
    for (let now = 0; pauses.length < 7; now = lane.blockedUntil) {
      lane = refused(lane, { now, retryAfterSeconds: null });
      pauses.push((lane.blockedUntil - now) / 1000);
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 600, 600]);
    expect(refused(succeeded(lane, limits), { now: 1e7, retryAfterSeconds: null })).toMatchObject({
      blockedUntil: 1e7 + 30_000,
    });
  });

  it('takes several refusals at once for one', () => {
    const once = refused(newLane('m'), { now: 0, retryAfterSeconds: 5 });
    expect(refused(once, { now: 10, retryAfterSeconds: null })).toEqual(once);
    expect(refused(once, { now: 10, retryAfterSeconds: 60 })).toMatchObject({
      parallel: 1,
      blockedUntil: 60_010,
    });
  });

  it('allows one more after five successes, up to what the entry says', () => {
    const halved = refused(refused(newLane('m'), { now: 0, retryAfterSeconds: 0 }), {
      now: 1,
      retryAfterSeconds: 0,
    });
    expect(halved.parallel).toBe(1);
    const succeed = (lane: Lane) => succeeded(lane, limits);
    expect(repeated(halved, 4, succeed).parallel).toBe(1);
    expect(repeated(halved, 5, succeed).parallel).toBe(2);
    expect(repeated(halved, 100, succeed).parallel).toBeNull();
  });

  it('does not wait for a time that a clock which was put back has to reach again', () => {
    const blocked = refused(newLane('m'), { now: 1e9, retryAfterSeconds: 60 });
    const full = repeated(blocked, 9, (lane) => started(lane, 1e9));
    expect(admit(full, limits, { running: 0, now: 5e8 })).toEqual(free);
  });

  it('never lets more start in any window than its share of the rate', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 15_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 30 }), (waits, requests) => {
        const rated = { id: 'm', parallel: 1000, rate: { requests, seconds: 60 } };
        const starts: number[] = [];
        let lane = newLane('m');
        let now = 0;
        for (const wait of waits) {
          now += wait;
          const answer = admit(lane, rated, { running: 0, now });
          if (!answer.isFree) {
            // What it says is true: then, and not before, one may start.
            const at = answer.at ?? 0;
            expect(admit(lane, rated, { running: 0, now: at - 1 }).isFree).toBe(false);
            now = at;
          }
          expect(admit(lane, rated, { running: 0, now })).toEqual(free);
          lane = started(lane, now);
          starts.push(now);
        }
        const allowed = Math.max(1, Math.floor(requests * 0.9));
        for (const from of starts) {
          const within = starts.filter((at) => at >= from && at < from + 60_000);
          expect(within.length).toBeLessThanOrEqual(allowed);
        }
      }),
    );
  });
});
