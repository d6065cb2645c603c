import { describe, expect, it } from 'vitest';
import { createFairQueue, heldMs, type Ticket } from './fair-queue';

const minute = 60_000;
const hour = 60 * minute;
const rate = { requests: 60, seconds: 3600 };
const watched = { aliveUntil: Number.MAX_SAFE_INTEGER, isWatched: true };

interface Asked {
  person: string;
  at: number;
}
interface Served extends Asked {
  startedAt: number;
  /** When its turn was expected as it came. */
  expectedAt: number;
}

/** Plays requests through a queue in virtual time; each starts when its turn comes. */
function play(asked: Asked[], limits = rate): Served[] {
  const queue = createFairQueue(limits);
  const waiting = new Map<Ticket, Served>();
  const served: Served[] = [];
  const coming = [...asked].sort((a, b) => a.at - b.at);
  let now = 0;
  const startAll = () => {
    for (const ticket of queue.call(now)) {
      const one = waiting.get(ticket) as Served;
      waiting.delete(ticket);
      queue.start(ticket, `${served.length}`, now);
      served.push({ ...one, startedAt: now });
    }
  };
  while (coming.length > 0 || waiting.size > 0) {
    const turns = [...queue.turns(now).values()].map(({ at }) => at);
    now = Math.min(coming[0]?.at ?? Number.POSITIVE_INFINITY, ...turns);
    startAll();
    while (coming[0] && coming[0].at <= now) {
      const one = coming.shift() as Asked;
      const ticket = queue.join({ person: one.person, ...watched });
      const expectedAt = queue.turns(now).get(ticket)?.at ?? now;
      waiting.set(ticket, { ...one, expectedAt, startedAt: 0 });
    }
    startAll();
  }
  return served;
}

function mostInAnyWindow(served: Served[], windowMs: number): number {
  const times = served.map(({ startedAt }) => startedAt).sort((a, b) => a - b);
  return Math.max(
    ...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length),
  );
}

const waitOf = ({ at, startedAt }: Served) => (startedAt - at) / minute;
const every = (person: string, times: { from: number; every: number; count: number }): Asked[] =>
  Array.from({ length: times.count }, (_, i) => ({ person, at: times.from + i * times.every }));

describe('the line of a model', () => {
  it('lets somebody alone through at once, until the last fifth is spaced', () => {
    const served = play(every('a', { from: 0, every: 0, count: 60 }));
    const pace = Math.ceil((hour + 1000) / 12);
    const atOnce = Array.from({ length: 48 }, () => 0);
    const spaced = Array.from({ length: 12 }, (_, i) => i * pace);
    expect(served.map(({ startedAt }) => startedAt)).toEqual([...atOnce, ...spaced]);
  });

  it('serves people who always wait within one of each other', () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f'];
    const served = play(
      people.flatMap((person) => every(person, { from: 0, every: 0, count: 60 })),
    );
    expect(mostInAnyWindow(served, hour)).toBe(60);
    for (const { startedAt } of served.slice(0, 300)) {
      const window = served.filter((one) => one.startedAt <= startedAt);
      const recent = window.filter((one) => one.startedAt > startedAt - hour - 1000);
      const counts = people.map((person) => recent.filter((one) => one.person === person).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  it('lets nobody below an equal share wait for more windows than they fill', () => {
    const heavy = every('heavy', { from: 0, every: 0, count: 60 });
    const light = Array.from({ length: 9 }, (_, i) =>
      every(`light ${i}`, { from: (5 + i) * minute, every: 20 * minute, count: 24 }),
    );
    const served = play([...heavy, ...light.flat()]);
    expect(mostInAnyWindow(served, hour)).toBeLessThanOrEqual(60);
    const waits = served.filter(({ person }) => person !== 'heavy').map(waitOf);
    expect(Math.max(...waits)).toBeLessThan(45);
  });

  it('lets a hundred people at once wait for two windows at most', () => {
    const people = Array.from({ length: 100 }, (_, i) => ({ person: `p${i}`, at: i }));
    const served = play(people);
    expect(mostInAnyWindow(served, hour)).toBe(60);
    expect(Math.max(...served.map(waitOf))).toBeLessThanOrEqual(2 * 61);
  });

  it('keeps the time that it has said, unless somebody with less service comes', () => {
    const asked = [
      ...every('a', { from: 0, every: 0, count: 80 }),
      // Who has as much service as those before stands behind them.
      ...every('a', { from: 30 * minute, every: minute, count: 10 }),
    ];
    for (const { expectedAt, startedAt } of play(asked)) expect(startedAt).toBe(expectedAt);
    const [last] = play([
      ...every('a', { from: 0, every: 0, count: 80 }),
      ...every('b', { from: 10, every: 0, count: 20 }),
    ]).slice(-1);
    expect(last?.person).toBe('a');
    expect(last?.startedAt).toBeGreaterThan(last?.expectedAt ?? 0);
  });

  it('says to somebody who has not asked yet when it would be', () => {
    const queue = createFairQueue({ requests: 2, seconds: 60 });
    expect(queue.turnOf('a', 0)).toEqual({ place: 1, at: 0 });
    for (const id of ['1', '2']) {
      const ticket = queue.join({ person: 'a', ...watched });
      expect(queue.call(0)).toEqual([ticket]);
      queue.start(ticket, id, 0);
    }
    expect(queue.turnOf('b', 1000)).toEqual({ place: 1, at: 61_000 });
    queue.join({ person: 'a', ...watched });
    expect(queue.turnOf('a', 1000)).toEqual({ place: 2, at: 61_000 });
    expect(queue.counts(1000)).toEqual({ used: 2, waiting: 1, blockedUntil: null });
  });
});

describe('a ticket', () => {
  const one = { requests: 1, seconds: 60 };

  it('is dropped when nobody asks for it any more, or does not come when it is called', () => {
    const queue = createFairQueue(one);
    const first = queue.join({ person: 'a', aliveUntil: 10_000, isWatched: true });
    const second = queue.join({ person: 'b', aliveUntil: 1_000_000, isWatched: true });
    const third = queue.join({ person: 'c', aliveUntil: 50_000, isWatched: true });
    expect(queue.call(0)).toEqual([first]);
    expect(first.heldUntil).toBe(heldMs);
    expect(queue.call(heldMs - 1)).toEqual([]);
    expect(queue.has(third)).toBe(false);
    expect(queue.call(heldMs)).toEqual([second]);
    expect(queue.has(first)).toBe(false);
  });

  it('of an SDK is held until it was told to come', () => {
    const queue = createFairQueue(one);
    const ticket = queue.join({ person: 'a', aliveUntil: hour, isWatched: false });
    queue.call(0);
    expect(ticket.heldUntil).toBe(hour);
  });

  it('waits while the gateway is full, and is held for longer', () => {
    const queue = createFairQueue(one);
    const ticket = queue.join({ person: 'a', ...watched });
    queue.call(0);
    queue.block(5 * minute);
    expect(queue.mayStart(ticket, 5 * minute - 1)).toBe(false);
    expect(queue.mayStart(ticket, 5 * minute)).toBe(true);
    expect(ticket.heldUntil).toBe(5 * minute + heldMs);
    expect(queue.turnOf('b', 0).at).toBeGreaterThanOrEqual(5 * minute);
  });

  it('gives its slot back where nothing was sent', () => {
    const queue = createFairQueue(one);
    const ticket = queue.join({ person: 'a', ...watched });
    queue.call(0);
    queue.start(ticket, '1', 0);
    expect(queue.turnOf('b', 0).at).toBe(61_000);
    queue.giveBack('1');
    expect(queue.turnOf('b', 0).at).toBe(0);
  });
});
