import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppServer, apiKey, startApp } from '../app-server';
import {
  answerStart,
  answerWhole,
  type Cluster,
  pictureText,
  ready,
  startCluster,
  Visitor,
} from './cluster';

// What becomes of the runs of a server that is killed, stopped for a while, or cut off from its database. Two
// others look on. How long that takes is a part of what happens.

let cluster: Cluster;
let [a, b] = ['', ''];
let third: AppServer;
beforeAll(async () => {
  cluster = await startCluster(2);
  [a = '', b = ''] = cluster.servers.map(({ url }) => url);
});
afterAll(() => cluster.close());

const visitor = new Visitor();
const startThird = async () => {
  third = await startApp({
    TURING_BASE_URL: cluster.upstream.url,
    TURING_API_KEY: apiKey,
    DATABASE_URL: cluster.databaseUrl,
  });
  await ready(third.url);
};
const begun = async (url: string) => {
  const [prompt, key] = [randomUUID(), randomUUID()];
  expect((await visitor.start(url, prompt, key)).status).toBe(202);
  return { key, prompt, post: await cluster.upstream.arrival(prompt) };
};
const state = async (url: string, key: string) => (await visitor.run(url, key)).state;
const until = (url: string, key: string, wanted: string) =>
  expect.poll(() => state(url, key), { timeout: 30_000 }).toBe(wanted);

describe('kill -9', () => {
  beforeEach(startThird);
  afterEach(() => third.stop());
  const kill = async () => {
    third.signal('SIGKILL');
    await third.ended();
  };

  it('in an upload frees its key: the same start at another server is sent', async () => {
    const [prompt, key] = [randomUUID(), randomUUID()];
    const body = JSON.stringify({ model: 'turing/gpt-image-2', prompt });
    const { hostname, port } = new URL(third.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write(
      `POST /api/v1/images/generations HTTP/1.1\r\nhost: ${hostname}:${port}\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length}\r\n` +
        `cookie: visitor=${visitor.id}\r\nidempotency-key: ${key}\r\nprefer: respond-async\r\n\r\n` +
        body.slice(0, 20),
    );
    await until(b, key, 'uploading');
    await kill();
    expect((await visitor.start(a, prompt, key)).status).toBe(202);
    answerWhole(await cluster.upstream.arrival(prompt));
    await until(b, key, 'done');
    expect(cluster.upstream.of(prompt)).toHaveLength(1);
  });

  it('before an answer leaves the run interrupted, and it is not sent again', async () => {
    const { prompt, key } = await begun(third.url);
    await kill();
    await until(a, key, 'interrupted');
    expect((await visitor.run(b, key)).error?.code).toBe('server_error');
    expect((await visitor.start(b, prompt, key)).status).toBe(202);
    expect(cluster.upstream.of(prompt)).toHaveLength(1);
  });

  it('in an answer leaves what had come', async () => {
    const { key, post } = await begun(third.url);
    const half = answerStart + pictureText(1_500_000);
    post.response.writeHead(200, { 'content-type': 'application/json' }).write(half);
    await expect.poll(async () => (await visitor.run(a, key)).bytes).toBe(half.length);
    await kill();
    await until(b, key, 'interrupted');
    const answer = await visitor.answer(b, key);
    expect((await answer.text()) === half).toBe(true);
  });

  it('after the end changes nothing', async () => {
    const { key, post } = await begun(third.url);
    const text = answerWhole(post, 3_000_000);
    await until(a, key, 'done');
    await kill();
    for (const url of [a, b]) {
      expect((await (await visitor.answer(url, key)).text()) === text).toBe(true);
    }
  });

  it('of all servers and the database at once loses no ended run, and sends none again', async () => {
    const done = await begun(third.url);
    const text = answerWhole(done.post, 1_000_000);
    await until(third.url, done.key, 'done');
    const lost = await begun(third.url);
    await Promise.all([cluster.postgres.kill(), kill()]);
    await Promise.all([cluster.postgres.start(), third.startAgain()]);
    await ready(third.url);
    expect((await (await visitor.answer(third.url, done.key)).text()) === text).toBe(true);
    await until(third.url, lost.key, 'interrupted');
    expect((await visitor.start(third.url, lost.prompt, lost.key)).status).toBe(202);
    expect(cluster.upstream.of(lost.prompt)).toHaveLength(1);
  });
});

describe('a server that stands still for 40 s', () => {
  beforeEach(startThird);
  afterEach(() => third.stop());

  it('is taken for dead, and brings in what it had sent; nobody else is', async () => {
    const stuck = await begun(third.url);
    const living = await begun(a);
    third.signal('SIGSTOP');
    const stoppedAt = performance.now();
    await until(b, stuck.key, 'interrupted');
    const text = answerWhole(stuck.post, 400_000);
    await pass(Math.max(0, 40_000 - (performance.now() - stoppedAt)));
    expect(await state(b, living.key)).toBe('waiting');
    third.signal('SIGCONT');
    await until(b, stuck.key, 'done');
    expect((await (await visitor.answer(a, stuck.key)).text()) === text).toBe(true);
    expect((await visitor.start(b, stuck.prompt, stuck.key)).status).toBe(202);
    expect(cluster.upstream.of(stuck.prompt)).toHaveLength(1);
    answerWhole(living.post);
    await until(b, living.key, 'done');
  });
});

describe('a server that is killed while the database is away', () => {
  beforeEach(startThird);
  afterEach(() => third.stop());

  it('has what came whole brought in at its next start', async () => {
    const whole = await begun(third.url);
    const half = await begun(third.url);
    half.post.response
      .writeHead(200, { 'content-type': 'application/json' })
      .write(answerStart + pictureText(100_000));
    await until(a, half.key, 'answering');
    await cluster.postgres.kill();
    const text = answerWhole(whole.post, 3_000_000);
    const waiting = join(third.data, 'waiting');
    const left = () =>
      readdirSync(waiting, { recursive: true }).filter((name) => /json$/.test(`${name}`));
    await expect.poll(left).toHaveLength(1);
    third.signal('SIGKILL');
    await third.ended();
    await cluster.postgres.start();
    await third.startAgain();
    await until(a, whole.key, 'done');
    for (const url of [a, third.url]) {
      expect((await (await visitor.answer(url, whole.key)).text()) === text).toBe(true);
    }
    await until(b, half.key, 'interrupted');
    for (const { key, prompt } of [whole, half]) {
      expect((await visitor.start(b, prompt, key)).status).toBe(202);
      expect(cluster.upstream.of(prompt)).toHaveLength(1);
    }
    await expect.poll(left).toEqual([]);
  });
});

describe('a database that is away for 60 s', () => {
  it('kills nobody, and loses nothing that was paid', async () => {
    const runs = [await begun(a), await begun(b), await begun(b)];
    await cluster.postgres.kill();
    const [first, ...others] = runs;
    const text = first ? answerWhole(first.post, 3_000_000) : '';
    const refused = await visitor.start(a, randomUUID());
    expect((await refused.json()).error.code).toBe('store_unavailable');
    await pass(60_000);
    await cluster.postgres.start();
    await until(b, first?.key ?? '', 'done');
    expect((await (await visitor.answer(b, first?.key ?? '')).text()) === text).toBe(true);
    // Longer than it takes to be taken for dead.
    await pass(20_000);
    for (const { key, post } of others) {
      expect(await state(a, key)).toBe('waiting');
      answerWhole(post);
      await until(a, key, 'done');
    }
  });
});
