import { beforeEach, expect, it, vi } from 'vitest';
import { fillingStore, keepTidy, tellServer } from './upkeep';

const calls = vi.hoisted(() => [] as string[]);
const day = 24 * 60 * 60 * 1000;
vi.mock('./store-worker', () => ({
  storeWorker: {
    async call(method: string, _input: unknown, options?: { onEvent?: (event: unknown) => void }) {
      calls.push(method);
      options?.onEvent?.({ done: 1, total: 2, isDone: false });
      seen.push(fillingStore.getState().progress);
      options?.onEvent?.({ done: 2, total: 2, isDone: true });
      return [];
    },
  },
}));
let seen: unknown[] = [];
beforeEach(() => {
  seen = [];
});

it('the index is filled first, and says how far it is until it is whole', async () => {
  await keepTidy();
  expect(calls).toEqual(['fill', 'purge']);
  expect(seen[0]).toEqual({ done: 1, total: 2, isDone: false });
  expect(fillingStore.getState().progress).toBeNull();
});

it('the server is told of the runs of the last days, one after the other', async () => {
  const told: string[] = [];
  let underWay = 0;
  const tell = async (key: string) => {
    expect(++underWay).toBe(1);
    await Promise.resolve();
    underWay--;
    told.push(key);
    if (key === 'b') throw new Error('The server is away.');
    return true;
  };
  const now = 100 * day;
  const gone = [
    { key: 'a', createdAt: now - day },
    { key: 'old', createdAt: now - 8 * day },
    { key: 'b', createdAt: now - 2 * day },
    { key: 'c', createdAt: now - 3 * day },
  ];
  await tellServer(gone, now, tell);
  expect(told).toEqual(['a', 'b', 'c']);
});
