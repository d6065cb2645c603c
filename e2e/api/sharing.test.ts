import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunList } from '../../lib/core/runs/run';
import type { TicketView } from '../../lib/core/sharing/sharing';
import { type AppServer, apiKey, startApp } from '../app-server';
import { type FaultUpstream, startFaultUpstream } from '../fault-upstream';

// A server whose models have rates: twice an hour for pages, once in two seconds for SDKs.
const slow = 'turing/gpt-image-2';
const fast = 'doubao-seedream-4-5-251128';
const folder = mkdtempSync(join(tmpdir(), 'sharing-'));
let app: AppServer;
let upstream: FaultUpstream;

beforeAll(async () => {
  const file = join(folder, 'models.json');
  const rates = { [slow]: { requests: 2, seconds: 3600 }, [fast]: { requests: 1, seconds: 2 } };
  const models = Object.entries(rates).map(([id, rate]) => ({ id, extends: id, rate }));
  writeFileSync(file, JSON.stringify(models));
  upstream = await startFaultUpstream();
  app = await startApp({
    TURING_BASE_URL: upstream.url,
    TURING_API_KEY: apiKey,
    MODELS_FILE: file,
    BUDGET_PICTURES_PER_DAY: '9',
  });
});
beforeEach(() => {
  upstream.requests.length = 0;
});
afterAll(async () => {
  await app.stop();
  await upstream.close();
  rmSync(folder, { recursive: true });
});

describe('a page', () => {
  const cookie = `visitor=${randomUUID()}`;
  const key = randomUUID();
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${app.url}/api/${path}`, {
      ...init,
      headers: { cookie, 'content-type': 'application/json', ...init.headers },
    });
  const start = (id: string) =>
    ask('v1/images/generations', {
      method: 'POST',
      headers: { 'idempotency-key': id, prefer: 'respond-async' },
      body: JSON.stringify({ model: slow, prompt: 'fault:ok' }),
    });
  const list = async () => (await (await ask('runs')).json()) as RunList;

  test('waits for its turn under its key, also after a crash', async () => {
    for (const id of [randomUUID(), randomUUID()]) expect((await start(id)).status).toBe(202);
    for (const isAfterCrash of [false, true]) {
      if (isAfterCrash) await app.killAndRestart();
      const refused = await start(key);
      expect(refused.status).toBe(429);
      expect(refused.headers.get('x-should-retry')).toBe('false');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3000);
      const { error, queue } = (await refused.json()) as { error: object; queue: TicketView };
      expect(error).toMatchObject({ type: 'rate_limit_error', code: 'queue_wait' });
      expect(queue).toMatchObject({ key, model: slow, place: 1, heldUntil: null });
      const { queue: listed, budgets } = await list();
      expect(listed?.tickets).toEqual([queue]);
      expect(listed?.models).toContainEqual(
        expect.objectContaining({ model: slow, used: 2, waiting: 1, blockedUntil: null }),
      );
      expect(budgets).toEqual({ picturesPerDay: { limit: 9, used: 2, freeAt: null } });
    }
    expect(upstream.requests).toHaveLength(2);
  });

  test('takes a ticket before an upload, and gives it back', async () => {
    const take = (model: string, pictures: unknown = 1) =>
      ask('queue', {
        method: 'POST',
        headers: { 'idempotency-key': key },
        body: JSON.stringify({ model, pictures }),
      });
    const waits = await take(slow);
    expect(waits.status).toBe(201);
    expect(await waits.json()).toMatchObject({ key, place: 1, heldUntil: null });
    expect((await ask(`queue?key=${key}`, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(`queue?key=${key}`, { method: 'DELETE' })).status).toBe(204);
    expect((await list()).queue?.tickets).toEqual([]);
    const goes = await take(fast);
    expect(goes.status).toBe(200);
    expect((await goes.json()).heldUntil).toBeGreaterThan(Date.now());
    await ask(`queue?key=${key}`, { method: 'DELETE' });
    expect((await take(fast, 10)).status).toBe(429);
    expect((await take('nothing')).status).toBe(400);
    expect((await take(fast, 0)).status).toBe(400);
  });
});

describe('the official SDK', () => {
  const sent: { status: number; headers: Headers }[] = [];
  const client = () =>
    new OpenAI({
      apiKey: 'any',
      baseURL: `${app.url}/api/v1`,
      maxRetries: 2,
      async fetch(url, init) {
        const response = await fetch(url, init);
        sent.push(response);
        return response;
      },
    });
  const draw = (model: string, n = 1) => client().images.generate({ model, n, prompt: 'fault:ok' });
  beforeEach(() => {
    sent.length = 0;
  });

  test('waits for its turn and comes again', async () => {
    await draw(fast);
    await draw(fast);
    expect(sent.map(({ status }) => status)).toEqual([200, 429, 200]);
    expect(sent[1]?.headers.get('x-should-retry')).toBeNull();
    expect(upstream.requests).toHaveLength(2);
  });

  test.each([
    ['queue_wait', slow, 1],
    ['budget_exceeded', fast, 9],
  ])('reports %s at once where the wait is long', async (code, model, n) => {
    await expect(draw(model, n)).rejects.toMatchObject({ status: 429, code });
    expect(sent).toHaveLength(1);
    expect(upstream.requests).toHaveLength(0);
    // What openai-python's `_should_retry` and `_calculate_retry_timeout` read, in this order.
    const [refused] = sent;
    expect(refused?.headers.get('x-should-retry')).toBe('false');
    expect(refused?.headers.get('retry-after')).toMatch(/^\d+$/);
  });
});
