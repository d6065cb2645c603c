import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AppServer, apiKey, startApp } from '../app-server';
import { answerWhole, type HeldUpstream, ready, startHeldUpstream, Visitor } from './cluster';
import { type CommitProxy, startCommitProxy } from './commit-proxy';
import { startPostgres, type TestPostgres } from './start-postgres';

// The database is killed at the commit of a booking: nothing may be sent without one that is durable, and one that
// nobody was told of must be given back.

let postgres: TestPostgres;
let databaseUrl: string;
let upstream: HeldUpstream;
let proxy: CommitProxy;
let servers: AppServer[];
let [cut, other] = ['', ''];
beforeAll(async () => {
  postgres = await startPostgres();
  databaseUrl = await postgres.database();
  upstream = await startHeldUpstream();
  proxy = await startCommitProxy(databaseUrl);
  servers = await Promise.all(
    [proxy.url, databaseUrl].map((url) =>
      startApp({
        TURING_BASE_URL: upstream.url,
        TURING_API_KEY: apiKey,
        DATABASE_URL: url,
        BUDGET_PICTURES_PER_DAY: '2',
      }),
    ),
  );
  [cut = '', other = ''] = servers.map(({ url }) => url);
  await Promise.all([ready(cut), ready(other)]);
});
afterAll(async () => {
  upstream.close();
  await Promise.all(servers.map((server) => server.stop()));
  proxy.close();
  await postgres.close();
});

const visitor = new Visitor();

/** The bookings of a run, by their state. */
async function bookings(key: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query('select state from charges where run = $1', [key]);
  await client.end();
  return rows.map(({ state }) => state);
}

it.each([
  ['asked', 'before it is durable', []],
  ['done', 'after it is durable, and before its server knows', ['booked']],
] as const)('killed when the commit was %s: %s', async (moment, _, left) => {
  const [prompt, key] = [randomUUID(), randomUUID()];
  proxy.stopAt(moment, () => postgres.kill());
  const refused = await visitor.start(cut, prompt, key);
  expect(refused.status).toBe(503);
  expect((await refused.json()).error.code).toBe('store_unavailable');
  expect(upstream.of(prompt)).toHaveLength(0);
  servers[0]?.signal('SIGSTOP');
  await postgres.start();
  expect(await bookings(key)).toEqual(left);
  servers[0]?.signal('SIGCONT');
  // The server looks for it once the database is back, and frees the key.
  await expect.poll(() => bookings(key)).toEqual(left.map(() => 'back'));
  const found = async () => (await visitor.run(other, key)) as { error?: { code: string | null } };
  await expect.poll(async () => (await found()).error?.code).toBe('run_not_found');
  expect(upstream.of(prompt)).toHaveLength(0);
  // It takes up no budget: the key is sent now, once, at whichever server.
  expect((await visitor.start(other, prompt, key)).status).toBe(202);
  answerWhole(await upstream.arrival(prompt));
  await expect.poll(async () => (await visitor.run(other, key)).state).toBe('done');
  expect((await bookings(key)).sort()).toEqual([...left.map(() => 'back'), 'sent']);
  expect(upstream.of(prompt)).toHaveLength(1);
});
