import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { inFlight } from '../in-flight';
import { metrics } from '../usage/metrics';
import { newDatabase, openServer } from './postgres.setup';

const start = { endpoint: 'generations', owner: 'o' } as const;
const counted = () => metrics().registry.metrics();
const newKey = () => ({ visitor: 'v', id: randomUUID() });

/** Two servers, of which the first does not beat any more. */
async function openTwo() {
  const url = await newDatabase();
  const [a, b] = [await openServer(url), await openServer(url)];
  a.store.end();
  const close = () => Promise.all([a.close(), b.close()]);
  const forgetBeats = async () => {
    await b.database.query('update servers set beats_since = 0 where id = $1', [b.server]);
    await b.database.query('update servers set seen_at = 0 where id = $1', [a.server]);
  };
  return { a, b, close, forgetBeats };
}

it('an upload of a dead server is taken over by whoever waits for it, once', async () => {
  const { a, b, close, forgetBeats } = await openTwo();
  const key = newKey();
  const first = await a.store.claim(key, start);
  const waiting = await b.store.claim(key, start);
  expect([first.isNew, waiting.isNew]).toEqual([true, false]);
  await forgetBeats();
  const looking = setInterval(() => waiting.run.giveUpSilent(20_000), 50);
  // As a start waits that was attached.
  while (waiting.run.view().state === 'uploading') await waiting.run.changed();
  clearInterval(looking);
  expect(waiting.run.released).toBe(true);
  const again = await b.store.claim(key, start);
  if (!first.isNew || !again.isNew) throw new Error('The key is not free.');
  const ask = { person: 'p', visitor: 'v', key: key.id, model: 'm', pictures: 1 };
  const work = inFlight().enter();
  await expect(first.run.commit(ask, work)).rejects.toMatchObject({ code: 'store_unavailable' });
  expect(first.run.released).toBe(true);
  expect((await again.run.commit(ask, work)).isGood()).toBe(true);
  work.leave();
  await again.run.end({ state: 'done', error: null });
  await a.store.release(first.run, null);
  expect((await b.store.find(key)).view().state).toBe('done');
  expect(await counted()).toMatch(/^playground_runs_lost_total{how="fenced"} [1-9]/m);
  await close();
});

it('what a dead server had sent is ended, and counted', async () => {
  const { a, b, close, forgetBeats } = await openTwo();
  const key = newKey();
  const { run, isNew } = await a.store.claim(key, start);
  if (!isNew) throw new Error('The key is not free.');
  const work = inFlight().enter();
  const ask = { person: 'p', visitor: 'v', key: key.id, model: 'm', pictures: 1 };
  await run.commit(ask, work);
  work.leave();
  await forgetBeats();
  const state = async () => (await b.store.find(key)).view().state;
  await expect.poll(state).toBe('interrupted');
  await expect.poll(counted).toMatch(/^playground_runs_lost_total{how="interrupted"} [1-9]/m);
  expect(await counted()).toMatch(/^playground_store_seconds_count [1-9]/m);
  await run.end({ state: 'done', error: null });
  await close();
});

it('a run that was forgotten stays so, also where its server was only stuck', async () => {
  const { a, b, close } = await openTwo();
  const key = newKey();
  const { run, isNew } = await a.store.claim(key, start);
  if (!isNew) throw new Error('The key is not free.');
  const work = inFlight().enter();
  const ask = { person: 'p', visitor: 'v', key: key.id, model: 'm', pictures: 1 };
  await run.commit(ask, work);
  work.leave();
  await b.database.query(`update runs set state = 'interrupted', lost = true, ended_at = now_ms()`);
  await b.store.forget(key);
  const added = run.append(Buffer.from('late'));
  run.begin({ status: 200, headers: {} });
  await added;
  await run.end({ state: 'done', error: null });
  await expect(b.store.find(key)).rejects.toMatchObject({ code: 'run_gone' });
  expect(await b.database.query('select 1 from answers')).toEqual([]);
  await close();
});
