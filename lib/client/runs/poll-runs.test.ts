import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Run } from '../../core/runs/run';
import { SignedOut, StoreUnavailable } from '../api/api';
import { createRunPoll } from './poll-runs';
import type { LostConnection } from './runs-store';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const runAt = (id: string, state: Run['state'], status: number | null = null): Run => ({
  id,
  endpoint: 'generations',
  model: 'm',
  state,
  status,
  createdAt: 0,
  firstByteAt: null,
  endedAt: null,
  receivedBytes: 0,
  bytes: 0,
  error: null,
});
const never = new AbortController().signal;

function createWatch(lists: (Run[] | Error | 'silence')[], alone: Record<string, Run> = {}) {
  const asked: number[] = [];
  const connection: LostConnection[] = [];
  const poll = createRunPoll({
    server: {
      async fetchRuns({ signal } = {}) {
        asked.push(Date.now());
        const list = lists.length > 1 ? lists.shift() : lists[0];
        if (list === 'silence') {
          return new Promise((_, reject) => {
            signal?.addEventListener('abort', () => reject(signal.reason));
          });
        }
        if (list instanceof Error) throw list;
        return { serverTime: Date.now() + 500, runs: list ?? [], cursor: null, isWhole: true };
      },
      fetchRun: async (id) => alone[id],
    },
    onConnection: (lost) => connection.push(lost),
  });
  return { ...poll, asked, connection };
}

/** Watches a run until it has a status. */
function watch(it: Pick<ReturnType<typeof createRunPoll>, 'watch'>, id: string, signal = never) {
  const reports: string[] = [];
  const onReport = ({ state }: Run) => void reports.push(`${id} ${state}`);
  const isEnough = ({ status }: Run) => status !== null;
  return { reports, ended: it.watch({ id, signal, isEnough, onReport }) };
}

describe('createRunPoll', () => {
  it('asks one list for all runs, and not at all once nobody waits', async () => {
    const it = createWatch([
      [runAt('a', 'waiting'), runAt('b', 'waiting')],
      [runAt('a', 'done', 200), runAt('b', 'done', 200)],
    ]);
    const [one, other] = [watch(it, 'a'), watch(it, 'b')];
    await vi.advanceTimersByTimeAsync(1000);
    expect([(await one.ended)?.state, (await other.ended)?.state]).toEqual(['done', 'done']);
    expect(one.reports).toEqual(['a waiting', 'a done']);
    expect(other.reports).toEqual(['b waiting', 'b done']);
    expect(it.asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(it.asked).toHaveLength(2);
  });

  it('asks no more once nobody is signed in, until somebody waits again', async () => {
    const it = createWatch([new SignedOut(), [runAt('a', 'done', 200)]]);
    const ended = expect(watch(it, 'a').ended).rejects.toBeInstanceOf(SignedOut);
    await vi.advanceTimersByTimeAsync(60_000);
    await ended;
    expect(it.asked).toHaveLength(1);
    expect(it.connection).toEqual([]);
    const again = watch(it, 'a');
    await vi.advanceTimersByTimeAsync(0);
    expect((await again.ended)?.state).toBe('done');
  });

  it('asks for one by itself that ended too long ago for the list', async () => {
    const it = createWatch([[]], { old: runAt('old', 'done', 200) });
    const { ended } = watch(it, 'old');
    await vi.advanceTimersByTimeAsync(0);
    expect((await ended)?.id).toBe('old');
  });

  it('gives nothing for a run that the server does not know', async () => {
    const it = createWatch([[]]);
    const { ended } = watch(it, 'x');
    await vi.advanceTimersByTimeAsync(0);
    expect(await ended).toBeUndefined();
  });

  it.each([
    ['server', new TypeError('Failed to fetch')],
    ['database', new StoreUnavailable()],
  ] as const)('asks on while the %s is away, ever more seldom', async (which, away) => {
    const it = createWatch([away, away, away, [runAt('a', 'done', 200)]]);
    const { ended } = watch(it, 'a');
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await ended)?.state).toBe('done');
    expect(it.connection).toEqual([which, false]);
    const gaps = it.asked.slice(1).map((time, index) => time - (it.asked[index] ?? 0));
    expect(gaps).toEqual([1000, 2000, 4000]);
  });

  it('asks at once when it is woken', async () => {
    const away = new TypeError('Failed to fetch');
    const it = createWatch([away, away, [runAt('a', 'done', 200)]]);
    const { ended } = watch(it, 'a');
    await vi.advanceTimersByTimeAsync(1000);
    it.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect((await ended)?.state).toBe('done');
  });

  it('does not wait for ever for a list that does not come', async () => {
    const it = createWatch(['silence', [runAt('a', 'done', 200)]]);
    const { ended } = watch(it, 'a');
    await vi.advanceTimersByTimeAsync(25_000);
    expect((await ended)?.state).toBe('done');
  });

  it('asks anew when it is woken, whatever became of the question before', async () => {
    const it = createWatch(['silence', [runAt('a', 'done', 200)]]);
    const { ended } = watch(it, 'a');
    await vi.advanceTimersByTimeAsync(1000);
    it.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect((await ended)?.state).toBe('done');
    expect(it.asked).toHaveLength(2);
    expect(it.connection).toEqual([]);
  });

  it('says anew that the server is away, when nobody had waited for it in between', async () => {
    const it = createWatch([new TypeError('Failed to fetch')]);
    for (let turn = 0; turn < 2; turn++) {
      const stopping = new AbortController();
      const { ended } = watch(it, 'a', stopping.signal);
      await vi.advanceTimersByTimeAsync(5000);
      stopping.abort();
      await expect(ended).rejects.toBe(stopping.signal.reason);
      await vi.advanceTimersByTimeAsync(20_000);
    }
    expect(it.connection).toEqual(['server', false, 'server', false]);
  });

  it('stops for one that is given up', async () => {
    const it = createWatch([[runAt('a', 'waiting')]]);
    const stopping = new AbortController();
    const { ended } = watch(it, 'a', stopping.signal);
    const reason = new Error('stopped');
    const rejected = expect(ended).rejects.toBe(reason);
    stopping.abort(reason);
    await rejected;
  });

  it('tells how far the two clocks are apart', async () => {
    const it = createWatch([[runAt('a', 'done', 200)]]);
    const offsets: number[] = [];
    const onReport = (_run: Run, offset: number) => void offsets.push(offset);
    const ended = it.watch({ id: 'a', signal: never, isEnough: () => true, onReport });
    await vi.advanceTimersByTimeAsync(0);
    await ended;
    expect(offsets).toEqual([500]);
  });
});

describe('a server that tells what has changed', () => {
  /** A server that holds an answer until something has changed, for up to 25 seconds. */
  function createServer({ isVisible }: { isVisible: () => boolean }) {
    const runs = new Map<string, { run: Run; version: number }>();
    const asked: { at: number; since: string | null; holdSeconds: number }[] = [];
    const changes = new Set<() => void>();
    let version = 0;
    let isBroken = false;
    let isRestarted = false;
    const poll = createRunPoll({
      isVisible,
      server: {
        async fetchRuns({ since = null, holdSeconds = 0, signal } = {}) {
          asked.push({ at: Date.now(), since, holdSeconds });
          const changed = () =>
            [...runs.values()].filter((one) => since === null || one.version > Number(since));
          if (holdSeconds > 0 && changed().length === 0 && !isBroken && !isRestarted) {
            await new Promise<void>((resolve, reject) => {
              changes.add(resolve);
              setTimeout(resolve, holdSeconds * 1000);
              signal?.addEventListener('abort', () => reject(signal.reason));
            });
          }
          const list = changed().map(({ run }) => run);
          const isWhole = since === null || isRestarted;
          isRestarted = false;
          const cursor = String(version);
          return { serverTime: Date.now(), runs: list, cursor, isWhole };
        },
        fetchRun: async (id) => runs.get(id)?.run,
      },
      onConnection() {},
    });
    return {
      ...poll,
      asked,
      change(run: Run) {
        runs.set(run.id, { run, version: ++version });
        for (const resolve of changes) resolve();
        changes.clear();
      },
      /** It answers everything at once from now on. */
      holdNothing() {
        isBroken = true;
      },
      /** It is there again without its runs, and gives a whole list to whoever asks for changes. */
      restart() {
        runs.clear();
        isRestarted = true;
        for (const resolve of changes) resolve();
      },
    };
  }

  /** A server, and a watch over a run that waits there. */
  async function begin({ isVisible = (): boolean => true } = {}) {
    const server = createServer({ isVisible });
    server.change(runAt('a', 'waiting'));
    const watching = watch(server, 'a');
    await vi.advanceTimersByTimeAsync(2000);
    return { ...server, ...watching };
  }

  it('is asked once for the whole list, and answers at the first change', async () => {
    const it = await begin();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(it.reports).toEqual(['a waiting']);
    expect(it.asked.length).toBeLessThan(6);
    expect(it.asked.slice(0, 2)).toMatchObject([
      { since: null, holdSeconds: 0 },
      { since: '1', holdSeconds: 25 },
    ]);
    const changedAt = Date.now();
    it.change(runAt('a', 'answering', 200));
    await it.ended;
    expect(Date.now()).toBe(changedAt);
  });

  it('tells of a run that is watched meanwhile at once', async () => {
    const it = await begin();
    const unknown = watch(it, 'x');
    await vi.advanceTimersByTimeAsync(300);
    expect(await unknown.ended).toBeUndefined();
    it.change(runAt('a', 'done', 200));
    await vi.advanceTimersByTimeAsync(250);
    expect((await it.ended)?.state).toBe('done');
  });

  it('is asked at intervals only, whatever it answers at once', async () => {
    const it = await begin();
    const before = it.asked.length;
    // Another run that is being answered changes all the time.
    const timer = setInterval(() => it.change(runAt('b', 'answering', 200)), 10);
    await vi.advanceTimersByTimeAsync(10_000);
    clearInterval(timer);
    expect(it.asked.length - before).toBeLessThanOrEqual(201);
    it.holdNothing();
    const afterwards = it.asked.length;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(it.asked.length - afterwards).toBeLessThanOrEqual(11);
    it.change(runAt('a', 'done', 200));
    await vi.advanceTimersByTimeAsync(1000);
    expect((await it.ended)?.state).toBe('done');
  });

  it('may restart without the run', async () => {
    const it = await begin();
    it.restart();
    await vi.advanceTimersByTimeAsync(10);
    expect(await it.ended).toBeUndefined();
  });

  it('holds no connection to a hidden tab', async () => {
    let isHidden = false;
    const it = await begin({ isVisible: () => !isHidden });
    expect(it.asked.at(-1)?.holdSeconds).toBe(25);
    isHidden = true;
    it.wake();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(it.asked.slice(2).every(({ holdSeconds }) => holdSeconds === 0)).toBe(true);
    expect(it.asked.length).toBeLessThanOrEqual(14);
    it.change(runAt('a', 'done', 200));
    await vi.advanceTimersByTimeAsync(1000);
    expect((await it.ended)?.state).toBe('done');
  });
});
