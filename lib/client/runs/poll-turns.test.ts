import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Run } from '../../core/runs/run';
import type { FetchedRuns } from '../api/api';
import { createRunPoll } from './poll-runs';
import { runAt } from './run-engine.setup';
import type { LostConnection } from './runs-store';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const never = new AbortController().signal;
const line = { model: 'm', rate: { requests: 1, seconds: 60 }, used: 1, waiting: 1, nextAt: 0 };
const ticket = { key: 'a', model: 'm', place: 1, at: 900, heldUntil: null };
const held = { ...ticket, heldUntil: 9e12 };

/** A server that tells these lists, a second apart. */
function serve(lists: Pick<FetchedRuns, 'runs' | 'queue'>[]) {
  const noted: unknown[] = [];
  const poll = createRunPoll({
    server: {
      fetchRuns: async () => ({
        serverTime: Date.now(),
        cursor: null,
        isWhole: true,
        ...(lists.shift() ?? { runs: [] }),
      }),
      fetchRun: async () => undefined,
    },
    onConnection: () => {},
    onList: ({ queue }) => noted.push(queue),
  });
  return { ...poll, noted };
}

describe('a start that waits for its turn', () => {
  it('hears with each list of its place, until its turn has come and nothing holds its model', async () => {
    const it = serve([
      { runs: [], queue: { models: [{ ...line, blockedUntil: null }], tickets: [ticket] } },
      { runs: [], queue: { models: [{ ...line, blockedUntil: 9e12 }], tickets: [held] } },
      { runs: [], queue: { models: [{ ...line, blockedUntil: null }], tickets: [held] } },
    ]);
    const seen: boolean[] = [];
    const isEnough = ({ mayStart }: { mayStart: boolean }) => seen.push(mayStart) > 0 && mayStart;
    const ended = it.watchTurn({ key: 'a', signal: never, isEnough });
    await vi.advanceTimersByTimeAsync(3000);
    expect((await ended).ticket).toEqual(held);
    expect(seen).toEqual([false, false, true]);
    expect(it.noted).toHaveLength(3);
  });

  it('hears that another tab has started it', async () => {
    const it = serve([{ runs: [] }, { runs: [runAt('a', { state: 'waiting' })] }]);
    const isEnough = ({ run }: { run: Run | undefined }) => run !== undefined;
    const ended = it.watchTurn({ key: 'a', signal: never, isEnough });
    await vi.advanceTimersByTimeAsync(1000);
    expect(await ended).toMatchObject({ run: { id: 'a' }, ticket: undefined, mayStart: false });
  });
});

it('is answered at once when it is woken, though the server holds answers until something changes', async () => {
  const held: (number | undefined)[] = [];
  let answers = 0;
  const poll = createRunPoll({
    server: {
      async fetchRuns({ holdSeconds, signal } = {}) {
        held.push(holdSeconds);
        if (holdSeconds) {
          await new Promise((_, reject) => signal?.addEventListener('abort', reject));
        }
        answers++;
        return { serverTime: Date.now(), cursor: 'c', isWhole: false, runs: [] };
      },
      fetchRun: async () => undefined,
    },
    isVisible: () => true,
    onConnection: () => {},
  });
  let isOver = false;
  const ended = poll.watchTurn({ key: 'a', signal: never, isEnough: () => isOver });
  await vi.advanceTimersByTimeAsync(100);
  expect([held, answers]).toEqual([[0, 25], 1]);
  poll.wake();
  await vi.advanceTimersByTimeAsync(100);
  expect([held, answers]).toEqual([[0, 25, 0, 25], 2]);
  isOver = true;
  poll.wake();
  await vi.advanceTimersByTimeAsync(100);
  await ended;
});

it('keeps asking for what the lists tell beside the runs, and misses no server for that alone', async () => {
  const connection: LostConnection[] = [];
  let asked = 0;
  let isAway = false;
  const poll = createRunPoll({
    server: {
      async fetchRuns() {
        asked++;
        if (isAway) throw new TypeError('away');
        return { serverTime: 0, cursor: null, isWhole: true, runs: [runAt('a')] };
      },
      fetchRun: async () => undefined,
    },
    onConnection: (lost) => connection.push(lost),
  });
  const aborter = new AbortController();
  const observed = expect(poll.observe(aborter.signal)).rejects.toBeDefined();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toBeGreaterThan(5);
  isAway = true;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(connection).toEqual([]);
  const run = poll.watch({ id: 'a', signal: never, isEnough: () => true, onReport: () => {} });
  await vi.advanceTimersByTimeAsync(30_000);
  expect(connection).toEqual(['server']);
  isAway = false;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await run).toMatchObject({ id: 'a' });
  expect(connection).toEqual(['server', false]);
  aborter.abort();
  await observed;
  const before = asked;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(asked).toBe(before);
});

it('tells again what a look that was interrupted and then failed has not told everybody', async () => {
  const [waiting, done] = [runAt('a', { state: 'waiting' }), runAt('a', { state: 'done' })];
  const asked: (string | null)[] = [];
  const alone: ((answer: Run | Promise<Run>) => void)[] = [];
  const poll = createRunPoll({
    server: {
      async fetchRuns({ since = null } = {}) {
        asked.push(since);
        const list = (cursor: string, run: Run) => ({
          serverTime: Date.now(),
          cursor,
          isWhole: true,
          runs: [run],
        });
        if (since === null) return list('1', waiting);
        // After the last change nothing happens any more.
        return since === '1' ? list('2', done) : new Promise(() => {});
      },
      // What is on no list is asked for by itself.
      fetchRun: () => new Promise((answer) => alone.push(answer)),
    },
    isVisible: () => true,
    onConnection: () => {},
  });
  const watch = (id: string) =>
    poll.watch({ id, signal: never, isEnough: ({ state }) => state === 'done', onReport() {} });
  const old = watch('old');
  const ended = watch('a');
  await vi.advanceTimersByTimeAsync(0);
  alone[0]?.(runAt('old', { state: 'waiting' }));
  await vi.advanceTimersByTimeAsync(1000);
  expect(alone).toHaveLength(2);
  poll.wake();
  alone[1]?.(Promise.reject(new TypeError('Failed to fetch')));
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([null, '1', '1']);
  alone[2]?.(runAt('old', { state: 'done' }));
  await vi.advanceTimersByTimeAsync(0);
  expect((await ended)?.state).toBe('done');
  await old;
});
