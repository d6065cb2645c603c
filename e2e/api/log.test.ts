import { randomUUID } from 'node:crypto';
import { readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppServer, apiKey, startApp } from '../app-server';
import { onePixel } from '../fault-upstream';
import { upstream } from './servers';

const canary = 'canary-prompt-4c1e';
const visitor = randomUUID();
let app: AppServer;

beforeAll(async () => {
  app = await startApp({ TURING_BASE_URL: upstream.url, TURING_API_KEY: apiKey });
});
afterAll(() => app.stop());

const cookie = `visitor=${visitor}`;
const post = (fault: string, { key, signal }: { key?: string; signal?: AbortSignal } = {}) =>
  fetch(`${app.url}/api/v1/images/generations`, {
    method: 'POST',
    headers: {
      cookie,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key, prefer: 'respond-async' }),
    },
    body: JSON.stringify({ model: 'turing/gpt-image-2', prompt: `${canary} fault:${fault}` }),
    signal,
  });
const ask = (path: string, method = 'GET') =>
  fetch(app.url + path, { method, headers: { cookie } });
const state = async (key: string) => (await (await ask(`/api/runs/${key}`)).json()).state;
/** The lines of the log that are about requests, without their times. */
const lines = () =>
  app
    .output()
    .split('\n')
    .filter((line) => /"msg":"(mirror|run|start|delete)"/.test(line))
    .map((line) => {
      const { time, level, ms, ...facts } = JSON.parse(line);
      expect([typeof time, level, typeof ms]).toEqual(['string', 30, 'number']);
      return facts;
    });

test('says of each request what it was and how it ended, and nothing that is private', async () => {
  const facts = { endpoint: 'generations', model: 'turing/gpt-image-2' };
  const expected: object[] = [];
  const expectLine = async (line: Record<string, unknown>) => {
    expected.push(expect.objectContaining(line));
    await expect.poll(() => lines().length).toBe(expected.length);
  };

  await (await post('ok')).arrayBuffer();
  await expectLine({ ...facts, status: 200, bytes: expect.any(Number), msg: 'mirror' });

  // A break of the connection that is meant: the client sees it, the log has no trace of it.
  await expect((await post('reset-late')).arrayBuffer()).rejects.toThrow();
  await expectLine({ ...facts, status: 200, code: 'upstream_invalid_answer', msg: 'mirror' });

  await (await post('echo-key-error')).arrayBuffer();
  await expectLine({ ...facts, status: 400, msg: 'mirror' });

  await (await post('quoting')).arrayBuffer();
  await expectLine({ ...facts, status: 400, code: 'other', msg: 'mirror' });

  const leaving = new AbortController();
  const left = post('silent-late', { signal: leaving.signal });
  await (await left).body?.getReader().read();
  leaving.abort();
  await expectLine({ ...facts, status: 499, msg: 'mirror' });

  const run = randomUUID();
  await post('different', { key: run });
  await expect.poll(() => state(run)).toBe('done');
  await expectLine({ run, ...facts, state: 'done', status: 200, msg: 'run' });
  await post('different', { key: run });

  await post('ok', { key: canary });
  await expectLine({ endpoint: 'generations', status: 400, code: 'invalid_value', msg: 'start' });

  await ask(`/api/runs/${run}`, 'DELETE');
  await expectLine({ run, status: 204, msg: 'delete' });

  await ask(`/api/runs/${encodeURIComponent(`${canary}\n{"level":30}`)}`, 'DELETE');
  await expectLine({ status: 404, msg: 'delete' });

  expect(lines()).toEqual(expected);
  for (const secret of [canary, visitor, apiKey, onePixel.slice(0, 12)]) {
    expect(app.output()).not.toContain(secret);
  }
  expect(app.output()).not.toMatch(/^\s+at /m);
});

test('an answer that the disk has lost is told so, and the others are served', async () => {
  const [lost, sound] = [randomUUID(), randomUUID()];
  for (const key of [lost, sound]) {
    await post('different', { key });
    await expect.poll(() => state(key)).toBe('done');
  }
  const whole = await (await ask(`/api/runs/${sound}/answer`)).text();
  const [home = ''] = await readdir(join(app.data, 'runs'));
  await truncate(join(app.data, 'runs', home, lost, 'answer'), 100);
  for (let start = 0; start < 2; start++) {
    const answer = await ask(`/api/runs/${lost}/answer`);
    expect(answer.status).toBe(410);
    expect(answer.headers.get('x-should-retry')).toBe('false');
    expect((await answer.json()).error).toMatchObject({
      code: 'run_gone',
      message: expect.stringContaining('damaged'),
    });
    expect(await (await ask(`/api/runs/${sound}/answer`)).text()).toBe(whole);
    await app.killAndRestart();
  }
});
