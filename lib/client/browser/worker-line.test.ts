import { expect, it } from 'vitest';
import { createWorkerLine } from './worker-line';

interface Sum {
  id: number;
  value: number;
}

/** Workers that answer when they are told to. */
function createWorkers() {
  const workers: (Worker & { orders: Sum[] })[] = [];
  const start = () => {
    const orders: Sum[] = [];
    const postMessage = (order: Sum) => orders.push(order);
    const worker = { orders, postMessage } as unknown as Worker & { orders: Sum[] };
    workers.push(worker);
    return worker;
  };
  const answer = (worker: Worker, data: Sum) => worker.onmessage?.({ data } as MessageEvent<Sum>);
  return { workers, answer, line: createWorkerLine<Sum, Sum>(start) };
}

it('gives each its own answer, in whatever order they come', async () => {
  const { workers, answer, line } = createWorkers();
  expect(workers).toHaveLength(0);
  const [one, two] = [line({ value: 1 }), line({ value: 2 })];
  const [worker] = workers;
  if (!worker) throw new Error('No worker was started.');
  for (const { id, value } of worker.orders.reverse()) answer(worker, { id, value: value * 10 });
  expect(await one).toMatchObject({ value: 10 });
  expect(await two).toMatchObject({ value: 20 });
  expect(workers).toHaveLength(1);
});

it('lets nobody wait for a worker that could not be loaded, and starts another', async () => {
  const { workers, answer, line } = createWorkers();
  const lost = line({ value: 1 });
  workers[0]?.onerror?.({} as ErrorEvent);
  expect(await lost).toBeUndefined();
  const found = line({ value: 2 });
  const [, worker] = workers;
  if (!worker?.orders[0]) throw new Error('No other worker was started.');
  answer(worker, worker.orders[0]);
  expect(await found).toMatchObject({ value: 2 });
});
