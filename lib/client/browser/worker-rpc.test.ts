import { describe, expect, it } from 'vitest';
import { serveWorker, withTransfer } from './serve-worker';
import { type CallContext, connectWorker } from './worker-rpc';

const notes: string[] = [];
const methods = {
  note: (text: string) => notes.push(text),
  noted: () => notes,
  double: (value: number) => value * 2,
  break(message: string) {
    throw new RangeError(message);
  },
  async fail(message: string) {
    throw new RangeError(message);
  },
  later: (milliseconds: number) =>
    new Promise<string>((resolve) => setTimeout(() => resolve('done'), milliseconds)),
  async count(most: number, { emit }: CallContext<{ count: number }>) {
    for (let count = 1; count <= most; count++) emit({ count });
    return 'counted';
  },
  untilAborted: (_: undefined, { signal }: CallContext) =>
    new Promise<string>((resolve) => {
      if (signal.aborted) resolve('aborted');
      signal.addEventListener('abort', () => resolve('aborted'));
    }),
  bytes(length: number) {
    const bytes = new Uint8Array(length);
    return withTransfer(bytes, [bytes.buffer]);
  },
  uncloneable: () => ({ call: () => {} }),
};

/** Workers that run in this process, with what passes between them and the page cloned. */
function createWorkers() {
  const workers: (Worker & { isTerminated: boolean; transferred: number })[] = [];
  const start = () => {
    const scope = {
      onmessage: null as Worker['onmessage'],
      postMessage(data: unknown, { transfer = [] }: StructuredSerializeOptions = {}) {
        worker.transferred += transfer.length;
        const cloned = structuredClone(data, { transfer });
        queueMicrotask(() => worker.onmessage?.({ data: cloned } as MessageEvent));
      },
    };
    serveWorker(methods, scope as unknown as Worker);
    const worker = {
      isTerminated: false,
      transferred: 0,
      terminate: () => {
        worker.isTerminated = true;
      },
      postMessage(data: unknown) {
        const cloned = structuredClone(data);
        queueMicrotask(() => {
          try {
            scope.onmessage?.call(worker, { data: cloned } as MessageEvent);
          } catch (error) {
            worker.onerror?.({ message: String(error) } as ErrorEvent);
          }
        });
      },
    } as unknown as Worker & { isTerminated: boolean; transferred: number };
    workers.push(worker);
    return worker;
  };
  const crashes: string[] = [];
  const unloaded: number[] = [];
  const client = connectWorker<typeof methods>(
    start,
    ({ message }) => crashes.push(message),
    () => unloaded.push(workers.length),
  );
  return { workers, crashes, unloaded, ...client };
}

describe('a worker', () => {
  it('is told something without an answer, in the order of the calls', async () => {
    const { notify, call } = createWorkers();
    notify('note', 'one');
    notify('note', 'two');
    expect(await call('noted', undefined)).toEqual(['one', 'two']);
  });

  it('has crashed if it throws where nobody waits for an answer', async () => {
    const { notify, call, crashes } = createWorkers();
    const lost = call('untilAborted', undefined);
    notify('break', 'short memory');
    await expect(lost).rejects.toThrow('short memory');
    expect(crashes).toEqual(['RangeError: short memory']);
  });

  it('is started by the first call, and gives each its own result, in whatever order', async () => {
    const { workers, call } = createWorkers();
    expect(workers).toHaveLength(0);
    const slow = call('later', 5);
    const results = await Promise.all([call('double', 1), call('double', 2)]);
    expect(results).toEqual([2, 4]);
    expect(await slow).toBe('done');
    expect(workers).toHaveLength(1);
  });

  it('rejects with what a method throws, and goes on', async () => {
    const { workers, crashes, call } = createWorkers();
    await expect(call('fail', 'too long')).rejects.toMatchObject({
      name: 'RangeError',
      message: 'too long',
    });
    await expect(call('uncloneable', undefined)).rejects.toThrow();
    expect(await call('double', 4)).toBe(8);
    expect(workers).toHaveLength(1);
    expect(crashes).toEqual([]);
  });

  it('reports events before the result', async () => {
    const { call } = createWorkers();
    const counts: number[] = [];
    const onEvent = ({ count }: { count: number }) => counts.push(count);
    expect(await call('count', 3, { onEvent })).toBe('counted');
    expect(counts).toEqual([1, 2, 3]);
  });

  it('is told when a call is aborted, also before it was made', async () => {
    const { call } = createWorkers();
    const aborter = new AbortController();
    const { signal } = aborter;
    const ended = call('untilAborted', undefined, { signal });
    aborter.abort();
    expect(await ended).toBe('aborted');
    expect(await call('untilAborted', undefined, { signal })).toBe('aborted');
  });

  it('moves what it is told to move', async () => {
    const { workers, call } = createWorkers();
    expect(await call('bytes', 3)).toHaveLength(3);
    expect(workers[0]?.transferred).toBe(1);
  });

  it.each([
    ['cannot be loaded', undefined, /could not be loaded/],
    ['dies', 'out of memory', /out of memory/],
  ])('that %s lets nobody wait, and the next call starts another', async (_, message, words) => {
    const { workers, crashes, call } = createWorkers();
    const lost = [call('untilAborted', undefined), call('later', 1e6)];
    workers[0]?.onerror?.({ message } as ErrorEvent);
    for (const one of lost) await expect(one).rejects.toThrow(words);
    expect(crashes).toHaveLength(1);
    expect(workers[0]?.isTerminated).toBe(true);
    expect(await call('double', 2)).toBe(4);
    expect(workers).toHaveLength(2);
  });

  it('is thought to be gone from the server only if it never said anything', async () => {
    const { workers, unloaded, call } = createWorkers();
    expect(await call('double', 2)).toBe(4);
    workers[0]?.onerror?.({ message: 'out of memory' } as ErrorEvent);
    expect(unloaded).toEqual([]);
    const lost = call('later', 1e6);
    workers[1]?.onerror?.({ message: '' } as ErrorEvent);
    const name = 'ChunkLoadError';
    await expect(lost).rejects.toMatchObject({ name, message: 'The worker could not be loaded.' });
    expect(unloaded).toEqual([2]);
  });

  it('rejects a call where no worker can be started', async () => {
    const client = connectWorker<typeof methods>(() => {
      throw new DOMException('No worker here.', 'SecurityError');
    });
    await expect(client.call('double', 1)).rejects.toThrow('No worker here.');
  });

  it('ends when it is closed and has answered', async () => {
    const { workers, call, close } = createWorkers();
    const last = call('later', 1);
    close();
    expect(workers[0]?.isTerminated).toBe(false);
    await expect(call('double', 1)).rejects.toThrow('closed');
    expect(await last).toBe('done');
    expect(workers[0]?.isTerminated).toBe(true);
  });
});
