import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goodEvents, goodImages } from '../../../e2e/fault-upstream';
import { hashVisitor } from '../visitor';
import { claimNew, errorIn, Playground } from './playground.setup';

const id = '0b8f6d0e-4f6e-4bd5-9d3a-0123456789ab';
const hour = 60 * 60 * 1000;

let playground: Playground;
afterEach(() => playground.close());

const folderOf = (run: string) =>
  join(playground.dataDir, 'runs', hashVisitor(playground.visitor), run);

describe('after a restart', () => {
  beforeEach(async () => {
    playground = await Playground.open();
  });

  it('ended runs are as they were', async () => {
    await playground.picture('fault:ok', id);
    const before = await playground.reach(id, 'done');
    await playground.restart();
    expect(await playground.run(id)).toEqual(before);
    const answer = await playground.answer(id, { offset: '5' });
    expect(answer.headers.get('x-request-id')).toBe('req-1');
    expect(await answer.text()).toBe(goodImages.slice(5));
    expect((await playground.picture('fault:ok', id)).status).toBe(202);
    expect((await playground.picture('fault:oh', id)).status).toBe(422);
    expect(playground.upstream.requests).toHaveLength(1);
  });

  it('runs under way are interrupted, for good, and their keys stay used', async () => {
    const waiting = randomUUID();
    await playground.chat('fault:chat-silent-late', id);
    await playground.picture('fault:silent', waiting);
    await expect.poll(async () => (await playground.run(id)).bytes).toBe(goodEvents[0]?.length);
    const killed = playground.store;
    await expect
      .poll(async () => (await readdir(folderOf(id))).sort())
      .toEqual(['answer', 'run.jsonl']);
    await playground.restart();
    for (const run of [id, waiting]) {
      expect(await playground.run(run)).toMatchObject({
        state: 'interrupted',
        error: { code: 'server_error', message: expect.stringContaining('restarted') },
      });
    }
    expect(await (await playground.answer(id)).text()).toBe(goodEvents[0]);
    const answer = await playground.answer(waiting);
    expect(answer.headers.get('x-should-retry')).toBe('false');
    expect(await errorIn(answer)).toMatchObject({ status: 410, code: 'run_gone' });
    expect((await playground.picture('fault:silent', waiting)).status).toBe(202);
    expect(playground.upstream.requests).toHaveLength(2);
    const interrupted = await playground.run(id);
    await playground.restart();
    expect(await playground.run(id)).toEqual(interrupted);
    const { runs } = await killed.list(hashVisitor(playground.visitor));
    for (const run of runs) await run.cancel();
  });

  it('a run whose request was still arriving never was', async () => {
    const client = new AbortController();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from('{'));
        client.signal.addEventListener('abort', () => controller.error(client.signal.reason));
      },
    });
    const headers = { 'content-type': 'application/json' };
    const request = playground.request({ id, body, headers, signal: client.signal });
    const started = playground.start('generations', request);
    await playground.reach(id, 'uploading');
    const { store } = playground;
    await playground.restart();
    expect((await playground.show(id)).status).toBe(404);
    playground.store = store;
    client.abort();
    await started;
  });
});

describe('saving', () => {
  it('of many changes at once leaves the last on disk', async () => {
    playground = await Playground.open();
    const key = { visitor: hashVisitor(playground.visitor), id };
    const run = await claimNew(playground.store, key, { endpoint: 'chat', owner: 'o' });
    const ask = { person: 'o', visitor: key.visitor, key: id, model: 'm', pictures: 1 };
    const commit = () => run.commit(ask, { book() {}, onLeave() {} });
    await Promise.all(Array.from({ length: 50 }, () => commit()));
    run.begin({ status: 200, headers: {} });
    await Promise.all([run.end({ state: 'done', error: null }), commit(), run.cancel()]);
    await playground.restart();
    expect((await playground.run(id)).state).toBe('done');
    expect(await readdir(folderOf(id))).toEqual(['run.jsonl']);
  });
});

describe('sweeping', () => {
  let now = Date.now();
  const open = async (options = {}) => {
    playground = await Playground.open({ now: () => now, ...options });
  };
  const done = async (prompt = 'fault:ok') => {
    const run = randomUUID();
    expect((await playground.picture(prompt, run)).status).toBe(202);
    await playground.reach(run, 'done');
    now += 1;
    return run;
  };

  it('takes what is too old, and remembers its key for a week', async () => {
    await open({ maxAgeMs: 2 * hour });
    const run = await done();
    await playground.picture('fault:silent', id);
    now += 2 * hour - 1;
    await playground.store.sweep();
    expect((await playground.show(run)).status).toBe(200);
    now += 1;
    await playground.store.sweep();
    expect((await playground.show(run)).status).toBe(410);
    expect((await playground.picture('fault:ok', run)).status).toBe(410);
    expect(await readdir(join(folderOf(run), '..'))).not.toContain(run);
    expect((await playground.run(id)).state).toBe('waiting');
    now += 7 * 24 * hour - 10;
    await playground.store.sweep();
    expect((await playground.show(run)).status).toBe(410);
    now += 20;
    await playground.store.sweep();
    expect((await playground.show(run)).status).toBe(404);
    expect(await readdir(join(folderOf(run), '..'))).toEqual([id]);
  });

  it('lists a key that came free once, as it was started last', async () => {
    await open();
    const { visitor } = playground;
    const key = { visitor: hashVisitor(visitor), id };
    const about = { endpoint: 'edits', owner: 'o' } as const;
    const error = { message: 'm', type: 't', param: null, code: null };
    const run = await claimNew(playground.store, key, about);
    await playground.store.release(run, error);
    const again = await claimNew(playground.store, key, about);
    const { runs } = await playground.store.list(key.visitor);
    expect(runs.map((one) => one.view().state)).toEqual(['uploading']);
    await playground.store.release(again, error);
  });

  it('forgets after an hour what never came whole', async () => {
    await open();
    const key = { visitor: hashVisitor(playground.visitor), id };
    const run = await claimNew(playground.store, key, { endpoint: 'chat', owner: 'o' });
    const error = { message: 'm', type: 't', param: null, code: null };
    await playground.store.release(run, error);
    await playground.store.sweep();
    expect(await playground.run(id)).toMatchObject({ state: 'interrupted', error });
    now += hour + 1;
    await playground.store.sweep();
    expect((await playground.show(id)).status).toBe(404);
  });
});
