import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type AppServer, apiKey, startApp, startInVain } from '../app-server';
import {
  answerEnd,
  answerStart,
  answerWhole,
  type Cluster,
  pictureText,
  ready,
  startCluster,
  Visitor,
} from './cluster';
import { startPostgres } from './start-postgres';

// Two real servers over a real database.
let cluster: Cluster;
let [a, b] = ['', ''];
beforeAll(async () => {
  cluster = await startCluster(2);
  [a = '', b = ''] = cluster.servers.map(({ url }) => url);
});
afterAll(() => cluster.close());

const visitor = new Visitor();
const begun = async (url: string, prompt = randomUUID(), key = randomUUID()) => {
  expect((await visitor.start(url, prompt, key)).status).toBe(202);
  return { key, prompt, post: await cluster.upstream.arrival(prompt) };
};
const state = async (url: string, key: string) => (await visitor.run(url, key)).state;

describe('two servers', () => {
  it('send the same key once, whichever is asked, and give the same bytes', async () => {
    const [prompt, key] = [randomUUID(), randomUUID()];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => visitor.start(index % 2 ? a : b, prompt, key)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(202));
    const text = answerWhole(await cluster.upstream.arrival(prompt), 3_000_000);
    expect(cluster.upstream.of(prompt)).toHaveLength(1);
    for (const url of [a, b]) {
      await expect.poll(() => state(url, key)).toBe('done');
      for (const offset of [0, 1, 999_999, 1_048_577, text.length - 1]) {
        const found = await (await visitor.answer(url, key, offset)).text();
        expect(found === text.slice(offset)).toBe(true);
      }
    }
    expect((await visitor.start(b, 'another', key)).status).toBe(422);
  });

  it('show an answer as it comes at the other one', async () => {
    const { key, post } = await begun(a);
    post.response.writeHead(200, { 'content-type': 'application/json' });
    const middle = pictureText(300_000);
    post.response.write(answerStart + middle);
    await expect.poll(() => state(b, key)).toBe('answering');
    const reading = visitor.answer(b, key, 10);
    post.response.end(answerEnd);
    const text = await (await reading).text();
    expect(text).toBe((answerStart + middle + answerEnd).slice(10));
    await expect.poll(() => state(b, key)).toBe('done');
  });

  it('have one audit, which npm run usage adds up', async () => {
    const usage = () => {
      const env = { ...process.env, DATABASE_URL: cluster.databaseUrl };
      const table = execFileSync('node', ['scripts/usage.mjs'], { env, encoding: 'utf8' });
      const [names, ...rows] = table.trim().replace('\ufeff', '').split('\r\n');
      expect(names).toBe(
        'person,known_by,model,requests,pictures_asked,pictures_returned,done,failed,cancelled,interrupted,unfinished',
      );
      expect(rows).toHaveLength(1);
      const [row = ''] = rows;
      expect(row).toMatch(/^127\.0\.0\.1,anybody,turing\/gpt-image-2,/);
      return row.split(',').slice(3).map(Number);
    };
    answerWhole((await begun(a)).post);
    await expect.poll(() => usage()[7]).toBe(0);
    const before = usage();
    const [done, failed, cancelled] = [await begun(a), await begun(b), await begun(b)];
    answerWhole(done.post);
    failed.post.response.writeHead(500).end();
    await visitor.remove(a, cancelled.key);
    await begun(b);
    const added = () => usage().map((count, index) => count - (before[index] ?? 0));
    await expect.poll(added).toEqual([4, 4, 1, 1, 1, 1, 0, 1]);
  });

  it('cancel what the other one does', async () => {
    const { key, post } = await begun(a);
    expect((await visitor.remove(b, key)).status).toBe(204);
    await expect.poll(() => post.isOpen(), { interval: 20 }).toBe(false);
    expect(await state(a, key)).toBe('cancelled');
    expect(await state(b, key)).toBe('cancelled');
  });
});

describe('while the database is away', () => {
  it('nothing is sent, and what is under way comes whole', async () => {
    const { key, post } = await begun(a);
    await cluster.postgres.kill();
    const prompt = randomUUID();
    for (const url of [a, b]) {
      const refused = await visitor.start(url, prompt);
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toBe('5');
      expect((await refused.json()).error.code).toBe('store_unavailable');
      const mirrored = await fetch(`${url}/api/v1/images/generations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'turing/gpt-image-2', prompt }),
      });
      expect(mirrored.status).toBe(503);
      // It looks once a second.
      await expect.poll(async () => (await fetch(`${url}/api/ready`)).status).toBe(503);
      expect((await fetch(`${url}/api/health`)).status).toBe(200);
    }
    const text = answerWhole(post, 2_000_000);
    await expect.poll(async () => (await visitor.run(a, key)).bytes).toBe(text.length);
    expect(await state(a, key)).toBe('answering');
    await cluster.postgres.start();
    for (const url of [a, b]) {
      await expect.poll(() => state(url, key)).toBe('done');
      expect((await (await visitor.answer(url, key)).text()) === text).toBe(true);
    }
    expect(cluster.upstream.of(prompt)).toHaveLength(0);
    const after = await begun(b);
    answerWhole(after.post);
    await expect.poll(() => state(a, after.key)).toBe('done');
    for (const { output } of cluster.servers) expect(output()).not.toContain(apiKey);
  });
});

describe('a server that is killed', () => {
  let third: AppServer;
  beforeAll(async () => {
    third = await startApp({
      TURING_BASE_URL: cluster.upstream.url,
      TURING_API_KEY: apiKey,
      DATABASE_URL: cluster.databaseUrl,
    });
    await ready(third.url);
  });
  afterAll(() => third.stop());

  it('leaves what it had sent interrupted, what had ended whole, and is never asked to send again', async () => {
    const done = await begun(third.url);
    const text = answerWhole(done.post, 200_000);
    await expect.poll(() => state(a, done.key)).toBe('done');
    const lost = await begun(third.url);
    third.signal('SIGKILL');
    await third.ended();
    expect((await (await visitor.answer(b, done.key)).text()) === text).toBe(true);
    await expect.poll(() => state(a, lost.key), { timeout: 25_000 }).toBe('interrupted');
    expect((await visitor.start(b, lost.prompt, lost.key)).status).toBe(202);
    expect(cluster.upstream.of(lost.prompt)).toHaveLength(1);
    expect((await visitor.run(a, lost.key)).error?.code).toBe('server_error');
  });
});

describe('at the start', () => {
  it('a server stops with a sentence that shows no password', async () => {
    const careless = await startPostgres(['fsync=off']);
    const url = (await careless.database()).replace('playground@', 'playground:hush-0123456789@');
    const { code, output } = await startInVain({ DATABASE_URL: url });
    expect(code).toBe(1);
    expect(output).toMatch(/The server cannot start: DATABASE_URL .*fsync off/);
    expect(output).not.toContain('hush');
    await careless.close();
  });

  it('a server waits for a database that is not there yet', async () => {
    const postgres = await startPostgres();
    const url = await postgres.database();
    await postgres.stop();
    const app = await startApp({ DATABASE_URL: url, APP_PASSWORD: 'four-quiet-words' });
    expect((await fetch(`${app.url}/api/ready`)).status).toBe(503);
    const headers = { authorization: 'Bearer four-quiet-words' };
    const list = await fetch(`${app.url}/api/runs`, { headers });
    expect(list.status).toBe(503);
    expect((await list.json()).error.code).toBe('store_unavailable');
    await postgres.start();
    await ready(app.url);
    expect((await fetch(`${app.url}/api/runs`, { headers })).status).toBe(200);
    await app.stop();
    await postgres.close();
  });

  it('a database that does not exist, or lets nobody in, is said', async () => {
    const url = inject('postgres').replace(/[^/]*$/, 'missing');
    const { code, output } = await startInVain({ DATABASE_URL: url });
    expect(code).toBe(1);
    expect(output).toMatch(/The server cannot start: DATABASE_URL .*3D000/);
  });
});
