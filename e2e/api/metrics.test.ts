import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppServer, apiKey, freePort, startApp, startInVain } from '../app-server';
import { password, signIn } from '../lock-server';
import { forgetRequests, upstream } from './servers';

// What Prometheus reads, on a port of its own. Of the two models one has a rate.
const rated = 'turing/gpt-image-2';
const unrated = 'doubao-seedream-4-5-251128';
const folder = mkdtempSync(join(tmpdir(), 'metrics-'));
let app: AppServer;
let port: number;

beforeAll(async () => {
  const file = join(folder, 'models.json');
  const models = [
    { id: rated, extends: rated, rate: { requests: 2, seconds: 3600 } },
    { id: unrated, extends: unrated, rate: null },
  ];
  writeFileSync(file, JSON.stringify(models));
  port = await freePort();
  app = await startApp({
    TURING_BASE_URL: upstream.url,
    TURING_API_KEY: apiKey,
    APP_PASSWORD: password,
    MODELS_FILE: file,
    METRICS_PORT: String(port),
    SHUTDOWN_GRACE_SECONDS: '60',
  });
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});
forgetRequests();

const read = async (path = '/metrics', init: RequestInit = {}) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
  return { response, text: await response.text() };
};
/** The value of a line, 0 if there is none yet. */
const value = async (line: string) =>
  Number(
    (await read()).text
      .split('\n')
      .find((one) => one.startsWith(`${line} `))
      ?.split(' ')
      .at(-1) ?? 0,
  );
const post = (
  model: string,
  prompt: string,
  { headers = {}, signal }: { headers?: Record<string, string>; signal?: AbortSignal } = {},
) =>
  fetch(`${app.url}/api/v1/images/generations`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${password}`,
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify({ model, prompt }),
    signal,
  });
const ends = (model: string, end: string) =>
  value(`playground_requests_total{endpoint="generations",model="${model}",end="${end}"}`);

test('requests are counted by model and end, whoever sent them', async () => {
  await (await post(unrated, 'fault:ok')).arrayBuffer();
  const run = { 'idempotency-key': randomUUID(), prefer: 'respond-async' };
  expect((await post(unrated, 'fault:ok', { headers: run })).status).toBe(202);
  await expect.poll(() => ends(unrated, 'done')).toBe(2);

  await (await post(unrated, 'fault:server-error')).arrayBuffer();
  await (await post(unrated, 'fault:reset-before')).arrayBuffer();
  await expect((await post(unrated, 'fault:reset-late')).arrayBuffer()).rejects.toThrow();
  const failing = { 'idempotency-key': randomUUID(), prefer: 'respond-async' };
  await post(unrated, 'fault:server-error', { headers: failing });
  await expect.poll(() => ends(unrated, 'failed')).toBe(4);

  const leaving = new AbortController();
  const left = post(unrated, 'fault:silent', { signal: leaving.signal });
  await expect.poll(() => upstream.requests.filter(({ complete }) => complete).length).toBe(7);
  expect(await value('playground_requests_under_way')).toBe(1);
  leaving.abort();
  await expect(left).rejects.toThrow();
  await expect.poll(() => ends(unrated, 'cancelled')).toBe(1);
  expect(await value('playground_requests_under_way')).toBe(0);

  const labels = `{endpoint="generations",model="${unrated}"}`;
  expect(await value(`playground_request_seconds_count${labels}`)).toBe(7);
  expect(await value(`playground_first_byte_seconds_count${labels}`)).toBe(5);
  const statuses = ['200', '500', 'none'].map((status) =>
    value(`playground_gateway_answers_total{status="${status}"}`),
  );
  expect(await Promise.all(statuses)).toEqual([3, 2, 1]);
});

test('the line of a model shows who waits, and for how long', async () => {
  for (let i = 0; i < 2; i++) await (await post(rated, 'fault:ok')).arrayBuffer();
  expect((await post(rated, 'fault:ok')).status).toBe(429);
  const line = (name: string) => value(`playground_queue_${name}{model="${rated}"}`);
  expect(await line('waiting')).toBe(1);
  expect(await line('window_used')).toBe(2);
  expect(await line('window_limit')).toBe(2);
  expect(await line('oldest_wait_seconds')).toBeGreaterThanOrEqual(0);
  expect(await line('wait_seconds_count')).toBe(2);
  expect(await value('playground_refusals_total{code="queue_wait"}')).toBe(1);
  // What never went has no end.
  expect(await ends(rated, 'failed')).toBe(0);
});

test('refusals are counted by code, and no name becomes a label', async () => {
  const canary = 'canary-4d1b';
  expect((await post(canary, 'p')).status).toBe(400);
  expect((await post(unrated, '')).status).toBe(400);
  const wrong = { authorization: `Bearer ${canary}` };
  expect((await post(unrated, canary, { headers: wrong })).status).toBe(401);
  const cookie = await signIn(app.url, canary);
  const headers = { cookie, authorization: '', 'sec-fetch-site': 'same-origin' };
  await (await post(unrated, canary, { headers })).arrayBuffer();
  await expect.poll(() => ends(unrated, 'done')).toBe(3);
  const refused = (code: string) => value(`playground_refusals_total{code="${code}"}`);
  expect(await refused('model_not_found')).toBe(1);
  expect(await refused('invalid_value')).toBe(1);
  expect(await refused('wrong_password')).toBe(1);
  const all = (await read()).text;
  for (const secret of [canary, password, apiKey]) expect(all).not.toContain(secret);
  expect(await value('playground_spool_bytes')).toBeGreaterThan(0);
  expect(await value('process_resident_memory_bytes')).toBeGreaterThan(0);
});

test('they are read with GET at one address of that port, and not on the port of the pages', async () => {
  expect((await read()).response.headers.get('content-type')).toMatch(/^text\/plain; version=/);
  expect((await read('/metrics', { method: 'HEAD' })).text).toBe('');
  for (const path of ['/', '/metrics/x', '/api/health', '/api/v1/models']) {
    const { response, text: said } = await read(path);
    expect([response.status, said]).not.toContain(200);
    expect(said).not.toContain('playground_');
  }
  expect((await read('/metrics', { method: 'POST' })).response.status).toBe(405);
  const headers = { authorization: `Bearer ${password}` };
  // The port of the metrics is open to others than that of the pages, and costs nothing.
  for (const [path, method] of [
    ['/api/v1/images/generations', 'POST'],
    [`/api/runs/${randomUUID()}/answer`, 'GET'],
  ] as const) {
    expect((await read(path, { method, headers })).text).toContain('GET /metrics');
  }
  for (const path of ['/metrics', '/api/metrics', '/api/v1/metrics']) {
    const response = await fetch(app.url + path, { headers });
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('playground_');
  }
});

test('those that the page for operators names are there', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/operating.md'), 'utf8');
  const named = [...page.matchAll(/`(playground_\w+)/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(5);
  const { text: all } = await read();
  for (const name of named) expect(all).toContain(`# HELP ${name} `);
});

test('a port that somebody else has stops the start with a sentence', async () => {
  const { code, output } = await startInVain({ METRICS_PORT: String(port) });
  expect(code).toBe(1);
  expect(output).toMatch(
    /The server cannot start: METRICS_PORT must be a free port .* 127\.0\.0\.1:\d+ .*EADDRINUSE/,
  );
  expect(output).not.toMatch(/^\s+at /m);
});

test('who reads them over one connection does not hold up the end of the server', async () => {
  const agent = new Agent({ keepAlive: true });
  const scrape = async () => {
    const [response] = (await once(
      get(`http://127.0.0.1:${port}/metrics`, { agent }),
      'response',
    )) as [IncomingMessage];
    return text(response);
  };
  await scrape();
  const key = randomUUID();
  const cookie = `visitor=${randomUUID()}`;
  const held = { cookie, 'idempotency-key': key, prefer: 'respond-async' };
  await post(unrated, 'fault:silent', { headers: held });
  await expect.poll(() => upstream.requests.length).toBe(1);
  app.signal('SIGTERM');
  await expect.poll(async () => (await fetch(`${app.url}/api/ready`)).status).toBe(503);
  expect(await scrape()).toContain('playground_requests_under_way 1');
  await fetch(`${app.url}/api/runs/${key}`, {
    method: 'DELETE',
    headers: { cookie, authorization: `Bearer ${password}` },
  });
  expect(await app.ended()).toBe(0);
  agent.destroy();
  await app.startAgain();
});
