import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasEnded } from '../../core/runs/run';
import { Playground } from './playground.setup';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
let playground: Playground;

beforeEach(async () => {
  playground = await Playground.open();
});
afterEach(() => playground.close());

/**
 * Does something as a request of its own, whose asynchronous context Next gives the request, response
 * and socket. Each promise and timer that was made meanwhile holds that context.
 * @returns tells whether anything still does
 */
async function asRequest(work: () => Promise<unknown>): Promise<WeakRef<object>> {
  const context = {};
  await new AsyncLocalStorage().run(context, work);
  return new WeakRef(context);
}

async function isLetGo(contexts: WeakRef<object>[]): Promise<void> {
  await expect
    .poll(() => {
      collect();
      return contexts.filter((context) => context.deref()).length;
    })
    .toBe(0);
}

const ended = async (run: string) => {
  await expect.poll(async () => hasEnded(await playground.run(run))).toBe(true);
};
const start = async (prompt: string, run: string = randomUUID()) => {
  const context = await asRequest(() => playground.picture(prompt, run));
  return { context, run };
};
const answered = async (ask: () => Promise<Response>) =>
  asRequest(async () => {
    await (await ask()).text();
  });

describe('nothing of a request stays in memory', () => {
  it.each([
    ['that started a run, which is done', 'fault:ok'],
    ['whose run the gateway refused', 'fault:rate-limit'],
    ['whose answer broke off', 'fault:reset-late'],
  ])('%s', async (_, prompt) => {
    const { context, run } = await start(prompt);
    await ended(run);
    await isLetGo([context]);
    expect((await playground.show(run)).status).toBe(200);
  });

  const kinds: Record<string, () => Promise<WeakRef<object>[]>> = {
    'of a start that is refused': async () => {
      const body = { model: 'none', prompt: 'p' };
      const refused = () => playground.start('generations', playground.request({ body }));
      return [await answered(refused)];
    },
    'whose client left before it was whole': async () => {
      const client = new AbortController();
      const body = new ReadableStream({
        start: (controller) =>
          client.signal.addEventListener('abort', () => controller.error(client.signal.reason)),
      });
      const headers = { 'content-type': 'application/json' };
      const id = randomUUID();
      const context = asRequest(() => {
        const request = playground.request({ id, body, headers, signal: client.signal });
        return playground.start('generations', request);
      });
      await playground.reach(id, 'uploading');
      client.abort();
      return [await context];
    },
    'whose run is cancelled, and of the cancel': async () => {
      const { context, run } = await start('fault:silent');
      return [context, await asRequest(() => playground.remove(run))];
    },
    'whose run is deleted, and of the delete': async () => {
      const { context, run } = await start('fault:ok');
      await ended(run);
      return [context, await asRequest(() => playground.remove(run))];
    },
    'that repeats a start': async () => {
      const { context, run } = await start('fault:ok');
      await ended(run);
      return [context, await answered(() => playground.picture('fault:ok', run))];
    },
    'that reads an answer, whole or half': async () => {
      const { context, run } = await start('fault:ok');
      await ended(run);
      const half = await asRequest(async () => {
        const reader = (await playground.answer(run)).body?.getReader();
        await reader?.read();
        await reader?.cancel();
      });
      return [context, half, await answered(() => playground.answer(run))];
    },
    'that waits for a change, and is left': async () => {
      const cursor = (await playground.listed()).headers.get('runs-cursor');
      const client = new AbortController();
      const init = { headers: { prefer: 'wait=25' }, signal: client.signal };
      const context = answered(() => playground.listed(`?since=${cursor}`, init));
      client.abort();
      return [await context];
    },
    'that waits for a change, and is told': async () => {
      const cursor = (await playground.listed()).headers.get('runs-cursor');
      const init = { headers: { prefer: 'wait=25' } };
      const told = answered(() => playground.listed(`?since=${cursor}`, init));
      const { context, run } = await start('fault:ok');
      await ended(run);
      return [context, await told];
    },
    'of the mirror, which keeps no run': async () => {
      const body = { model: 'turing/gpt-image-2', prompt: 'fault:ok' };
      const headers = { prefer: 'none' };
      const mirrored = () => playground.start('generations', playground.request({ body, headers }));
      return [await answered(mirrored)];
    },
  };
  it.each(Object.entries(kinds))('%s', async (_, kind) => isLetGo(await kind()));
});
