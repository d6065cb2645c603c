import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { handleReady } from './ready';
import { openDiskStore } from './runs/disk-store';
import { prepareDataDir } from './runs/run-files';

const gibibyte = 1024 ** 3;
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'ready-'));
  prepareDataDir({ dataDir });
});
afterEach(() => rm(dataDir, { recursive: true }));

const open = (more = {}) =>
  openDiskStore({ dataDir, maxBytes: gibibyte, maxAgeMs: gibibyte, ...more });
const running = new AbortController().signal;

async function answer(store: Parameters<typeof handleReady>[0] = {}) {
  const response = await handleReady({ stopping: running, ...store });
  return { status: response.status, ...((await response.json()) as object) };
}

it('is 503 where runs cannot be written down', async () => {
  await rm(join(dataDir, 'runs'), { recursive: true });
  const store = await open();
  expect(await answer({ store: async () => store })).toEqual({
    status: 503,
    ready: false,
    store: false,
    room: true,
    stopping: false,
  });
});

it('is 503 where not even the smallest answer has room', async () => {
  const store = await open({ maxBytes: 1 });
  expect(await answer({ store: async () => store })).toMatchObject({ status: 503, room: false });
});

it('is 503 where the store cannot be opened', async () => {
  const store = () => Promise.reject(new Error('damaged'));
  expect(await answer({ store })).toMatchObject({ status: 503, store: false });
});

it('is 503 from the moment that the server is told to stop', async () => {
  const store = await open();
  const stop = new AbortController();
  const ask = () => answer({ store: async () => store, stopping: stop.signal });
  expect(await ask()).toMatchObject({ status: 200, ready: true });
  stop.abort();
  expect(await ask()).toEqual({
    status: 503,
    ready: false,
    store: true,
    room: true,
    stopping: true,
  });
});
