import { describe, expect, it } from 'vitest';
import { isUuid, type Run } from '../../core/runs/run';
import { cancelRun, createConnectionLimit, keysBefore, postOrFind, retryKey } from './run-requests';

const never = new AbortController().signal;

describe('retryKey', () => {
  it.each([
    ['0b8f6d0e-4f6e-4bd5-9d3a-0123456789ab', '0b8f6d0e-4f6e-4bd5-9d3a-0123456789ac'],
    ['0b8f6d0e-4f6e-4bd5-9d3a-00ffffffffff', '0b8f6d0e-4f6e-4bd5-9d3a-010000000000'],
    ['0b8f6d0e-4f6e-4bd5-9d3a-ffffffffffff', '0b8f6d0e-4f6e-4bd5-9d3a-000000000000'],
  ])('after %s is %s, wherever it is derived', (key, next) => {
    expect(retryKey(key)).toBe(next);
    expect(isUuid(next)).toBe(true);
  });

  it('can be followed back', () => {
    const first = '0b8f6d0e-4f6e-4bd5-9d3a-fffffffffffe';
    const third = retryKey(retryKey(first));
    expect(keysBefore(third, 2)).toEqual([retryKey(first), first]);
  });
});

describe('postOrFind', () => {
  const request = { key: 'key', endpoint: 'generations', body: '{}' } as const;
  const runIn = (state: Run['state']) => ({ id: 'key', state }) as Run;
  const wait = async (_: number, signal?: AbortSignal) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    signal?.throwIfAborted();
  };
  /** A POST to which no answer comes. */
  const silent = (_: unknown, signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });

  it('gives what the server answers', async () => {
    const post = async () => ({ run: runIn('waiting') });
    expect(await postOrFind(request, never, post)).toEqual({ run: runIn('waiting') });
  });

  it('finds a run of which the answer never comes, once the server has it whole', async () => {
    let posting: AbortSignal | undefined;
    const post = (_: unknown, given: AbortSignal) => {
      posting = given;
      return silent(_, given);
    };
    const runs = [undefined, runIn('uploading'), runIn('waiting')];
    const find = async () => runs.shift();
    const found = await postOrFind(request, never, post, find, wait);
    expect(found).toEqual({ run: runIn('waiting') });
    // What still hangs there would take one of the browser's six connections.
    expect(posting?.aborted).toBe(true);
  });

  it('goes on waiting where the server cannot be asked either', async () => {
    const stopping = new AbortController();
    let asked = 0;
    const find = async () => {
      if (++asked === 3) stopping.abort(new Error('stopped'));
      throw new TypeError('Failed to fetch');
    };
    const starting = postOrFind(request, stopping.signal, silent, find, wait);
    await expect(starting).rejects.toThrow('stopped');
  });
});

describe('cancelRun', () => {
  /** Cancels with a server that answers so, the last answer for ever. */
  async function cancel(answers: (boolean | Error)[], { wasSent = false } = {}) {
    const waits: number[] = [];
    let asked = 0;
    const remove = async () => {
      const answer = answers[Math.min(asked++, answers.length - 1)];
      if (answer instanceof Error) throw answer;
      return answer === true;
    };
    await cancelRun('key', wasSent, remove, async (milliseconds) => void waits.push(milliseconds));
    return { asked, waits };
  }

  it('asks once where the run is known, or was never sent', async () => {
    expect((await cancel([true])).asked).toBe(1);
    expect((await cancel([true], { wasSent: true })).asked).toBe(1);
    expect((await cancel([false])).asked).toBe(1);
  });

  it('waits for a request that is still on its way, and not for ever', async () => {
    expect((await cancel([false, false, true], { wasSent: true })).asked).toBe(3);
    expect((await cancel([false], { wasSent: true })).asked).toBe(4);
  });

  it('goes on as long as the server is away, less and less often', async () => {
    const away = new TypeError('Failed to fetch');
    const { asked, waits } = await cancel([...Array.from({ length: 8 }, () => away), true]);
    expect(asked).toBe(9);
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });
});

describe('createConnectionLimit', () => {
  it('lets four through, and the next as soon as one leaves, in their order', async () => {
    const limit = createConnectionLimit();
    const entered: number[] = [];
    const leave: (() => void)[] = [];
    const enter = async (number: number) => {
      leave[number] = await limit.enter(never);
      entered.push(number);
    };
    const all = [0, 1, 2, 3, 4, 5].map(enter);
    await Promise.all(all.slice(0, 4));
    expect(entered).toEqual([0, 1, 2, 3]);
    leave[2]?.();
    leave[2]?.();
    await all[4];
    expect(entered).toEqual([0, 1, 2, 3, 4]);
    leave[0]?.();
    await all[5];
    expect(entered).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('lends one until somebody wants it, who has it once it is given back', async () => {
    const limit = createConnectionLimit(2);
    const leave = await limit.enter(never);
    const lent = limit.lend();
    expect(limit.lend()).toBeUndefined();
    expect(lent?.signal.aborted).toBe(false);
    let isIn = false;
    const waiting = limit.enter(never).then(() => {
      isIn = true;
    });
    expect(lent?.signal.aborted).toBe(true);
    await Promise.resolve();
    expect(isIn).toBe(false);
    lent?.giveBack();
    lent?.giveBack();
    await waiting;
    // All are in use.
    expect(limit.lend()).toBeUndefined();
    leave();
    const again = limit.lend();
    again?.giveBack();
    await limit.enter(never);
    expect(again?.signal.aborted).toBe(false);
    expect(limit.lend()).toBeUndefined();
  });

  it('forgets one that gave up waiting', async () => {
    const limit = createConnectionLimit(1);
    const leave = await limit.enter(never);
    const stopping = new AbortController();
    const waiting = limit.enter(stopping.signal);
    const next = limit.enter(never);
    stopping.abort();
    await expect(waiting).rejects.toBe(stopping.signal.reason);
    leave();
    await next;
  });
});
