import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Run } from '../../core/runs/run';
import { SignedOut } from '../api/api';
import { createRunPoll } from './poll-runs';

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
const signal = new AbortController().signal;
const hasStatus = ({ status }: Run) => status !== null;

function createWatch(lists: (Run[] | Error | 'silence')[], alone: Record<string, Run> = {}) {
  const asked: number[] = [];
  const connection: boolean[] = [];
  const watch = createRunPoll({
    server: {
      async listRuns(signal) {
        asked.push(Date.now());
        const list = lists.length > 1 ? lists.shift() : lists[0];
        if (list === 'silence') {
          return new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
          });
        }
        if (list instanceof Error) throw list;
        return { serverTime: Date.now() + 500, runs: list ?? [], next: null };
      },
      getRun: async (id) => alone[id],
    },
    onConnection: (isLost) => connection.push(isLost),
  });
  return { ...watch, asked, connection };
}

describe('createRunWatch', () => {
  it('asks one list for all runs, and not at all once nobody waits', async () => {
    const it = createWatch([
      [runAt('a', 'waiting'), runAt('b', 'waiting')],
      [runAt('a', 'done', 200), runAt('b', 'done', 200)],
    ]);
    const reports: string[] = [];
    const onReport = ({ id, state }: Run) => void reports.push(`${id} ${state}`);
    const both = ['a', 'b'].map((id) => it.watch({ id, signal, isEnough: hasStatus, onReport }));
    await vi.advanceTimersByTimeAsync(1000);
    expect((await Promise.all(both)).map((run) => run?.state)).toEqual(['done', 'done']);
    expect(reports).toEqual(['a waiting', 'b waiting', 'a done', 'b done']);
    expect(it.asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(it.asked).toHaveLength(2);
  });

  it('asks no more once nobody is signed in, until somebody waits again', async () => {
    const it = createWatch([new SignedOut(), [runAt('a', 'done', 200)]]);
    const watch = () => it.watch({ id: 'a', signal, isEnough: hasStatus, onReport() {} });
    const ended = expect(watch()).rejects.toBeInstanceOf(SignedOut);
    await vi.advanceTimersByTimeAsync(60_000);
    await ended;
    expect(it.asked).toHaveLength(1);
    expect(it.connection).toEqual([]);
    const again = watch();
    await vi.advanceTimersByTimeAsync(0);
    expect((await again)?.state).toBe('done');
  });

  it('asks for one by itself that ended too long ago for the list', async () => {
    const it = createWatch([[]], { old: runAt('old', 'done', 200) });
    const watching = it.watch({ id: 'old', signal, isEnough: hasStatus, onReport: () => {} });
    await vi.advanceTimersByTimeAsync(0);
    expect((await watching)?.id).toBe('old');
  });

  it('gives nothing for a run that the server does not know', async () => {
    const it = createWatch([[]]);
    const watching = it.watch({ id: 'x', signal, isEnough: hasStatus, onReport: () => {} });
    await vi.advanceTimersByTimeAsync(0);
    expect(await watching).toBeUndefined();
  });

  it('keeps asking a server that is away, less and less often, and says so', async () => {
    const away = new TypeError('Failed to fetch');
    const it = createWatch([away, away, away, [runAt('a', 'done', 200)]]);
    const watching = it.watch({ id: 'a', signal, isEnough: hasStatus, onReport: () => {} });
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await watching)?.state).toBe('done');
    expect(it.connection).toEqual([true, false]);
    const gaps = it.asked.slice(1).map((time, index) => time - (it.asked[index] ?? 0));
    expect(gaps).toEqual([1000, 2000, 4000]);
  });

  it('asks at once when it is woken', async () => {
    const away = new TypeError('Failed to fetch');
    const it = createWatch([away, away, [runAt('a', 'done', 200)]]);
    const watching = it.watch({ id: 'a', signal, isEnough: hasStatus, onReport: () => {} });
    await vi.advanceTimersByTimeAsync(1000);
    it.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect((await watching)?.state).toBe('done');
  });

  it('does not wait for ever for a list that does not come', async () => {
    const it = createWatch(['silence', [runAt('a', 'done', 200)]]);
    const watching = it.watch({ id: 'a', signal, isEnough: hasStatus, onReport: () => {} });
    await vi.advanceTimersByTimeAsync(25_000);
    expect((await watching)?.state).toBe('done');
  });

  it('asks anew when it is woken, whatever became of the question before', async () => {
    const it = createWatch(['silence', [runAt('a', 'done', 200)]]);
    const watching = it.watch({ id: 'a', signal, isEnough: hasStatus, onReport: () => {} });
    await vi.advanceTimersByTimeAsync(1000);
    it.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect((await watching)?.state).toBe('done');
    expect(it.asked).toHaveLength(2);
    expect(it.connection).toEqual([]);
  });

  it('says anew that the server is away, when nobody had waited for it in between', async () => {
    const it = createWatch([new TypeError('Failed to fetch')]);
    for (let turn = 0; turn < 2; turn++) {
      const stopping = new AbortController();
      const watching = it.watch({
        id: 'a',
        signal: stopping.signal,
        isEnough: hasStatus,
        onReport: () => {},
      });
      await vi.advanceTimersByTimeAsync(5000);
      stopping.abort();
      await expect(watching).rejects.toBe(stopping.signal.reason);
      await vi.advanceTimersByTimeAsync(20_000);
    }
    expect(it.connection).toEqual([true, false, true, false]);
  });

  it('stops for one that is given up', async () => {
    const it = createWatch([[runAt('a', 'waiting')]]);
    const stopping = new AbortController();
    const watching = it.watch({
      id: 'a',
      signal: stopping.signal,
      isEnough: hasStatus,
      onReport: () => {},
    });
    const reason = new Error('stopped');
    const rejected = expect(watching).rejects.toBe(reason);
    stopping.abort(reason);
    await rejected;
  });

  it('tells how far the two clocks are apart', async () => {
    const it = createWatch([[runAt('a', 'done', 200)]]);
    const offsets: number[] = [];
    const onReport = (_run: Run, offset: number) => void offsets.push(offset);
    const watching = it.watch({ id: 'a', signal, isEnough: hasStatus, onReport });
    await vi.advanceTimersByTimeAsync(0);
    await watching;
    expect(offsets).toEqual([500]);
  });
});
