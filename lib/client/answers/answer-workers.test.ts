import { describe, expect, it } from 'vitest';
import type { WorkerClient } from '../browser/worker-rpc';
import { createAnswerWorkers } from './answer-workers';
import type { AnswerWorker } from './worker';

/** Workers of which it is known whether they were started, and ended. */
function createWorld(most: number) {
  const connected: { isStarted: boolean; isClosed: boolean; client: WorkerClient<AnswerWorker> }[] =
    [];
  const connect = () => {
    const one = {
      isStarted: false,
      isClosed: false,
      client: {
        start: () => {
          one.isStarted = true;
        },
        call: () => Promise.reject(new Error('not called here')),
        notify: () => {},
        close: () => {
          one.isClosed = true;
        },
      } satisfies WorkerClient<AnswerWorker>,
    };
    connected.push(one);
    return one.client;
  };
  const planned: (() => void)[] = [];
  const workers = createAnswerWorkers(
    connect,
    () => most,
    (action) => planned.push(action),
  );
  const passTime = () => {
    for (const action of planned.splice(0)) action();
  };
  /** Begins to read an answer; gives the worker that reads it, and what ends the reading. */
  const begin = (id: string) => {
    let end = (_?: Error) => {};
    let by = -1;
    const ended = workers.read(id, (client) => {
      by = connected.findIndex((one) => one.client === client);
      return new Promise((resolve, reject) => {
        end = (error) => (error ? reject(error) : resolve());
      });
    });
    return {
      by,
      end: (error?: Error) => {
        end(error);
        return ended;
      },
    };
  };
  const open = () => connected.filter(({ isClosed }) => !isClosed).length;
  return { workers, connected, begin, open, passTime };
}

describe('the workers that read answers', () => {
  it('are there before the answer, and end some time after the last one', async () => {
    const { workers, connected, begin, open, passTime } = createWorld(4);
    const leave = workers.awaitAnswer();
    expect(connected).toMatchObject([{ isStarted: true }]);
    const { by, end } = begin('a');
    expect(by).toBe(0);
    await end();
    leave();
    leave();
    const next = begin('b');
    expect(next.by).toBe(0);
    // The time that began after the answer before.
    passTime();
    await next.end();
    expect(open()).toBe(1);
    passTime();
    expect(open()).toBe(0);
    expect(begin('c').by).toBe(1);
  });

  it('are as many as answers arrive at once, up to the most, and share the rest', async () => {
    const { begin, open } = createWorld(2);
    const readings = ['a', 'b', 'c', 'd'].map(begin);
    expect(readings.map(({ by }) => by)).toEqual([0, 1, 0, 1]);
    for (const { end } of readings.slice(0, 3)) await end();
    expect(open()).toBe(2);
    await readings[3]?.end();
    expect(open()).toBe(1);
  });

  it('read an answer where it was asked for, which keeps others away', async () => {
    const { workers, connected, begin } = createWorld(2);
    let isTaken = () => {};
    let by = -1;
    const leave = workers.awaitAnswer('asked', (client) => {
      by = connected.findIndex((one) => one.client === client);
      return new Promise((resolve) => {
        isTaken = resolve;
      });
    });
    const other = begin('other');
    expect(other.by).not.toBe(by);
    const asked = begin('asked');
    expect(asked.by).toBe(by);
    isTaken();
    await asked.end();
    leave();
    await other.end();
  });

  it('leave an answer that could not be read to a worker of its own', async () => {
    const { begin, open, passTime } = createWorld(1);
    const other = begin('other');
    await expect(begin('bad').end(new Error('crashed'))).rejects.toThrow('crashed');
    const again = begin('bad');
    expect(again.by).not.toBe(other.by);
    await expect(again.end(new Error('crashed'))).rejects.toThrow('crashed');
    expect(open()).toBe(1);
    await other.end();
    passTime();
    expect(open()).toBe(0);
  });
});
