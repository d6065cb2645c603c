import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { RunList } from '../../lib/core/runs/run';
import { apiKey, startApp } from '../app-server';
import { goodImages } from '../fault-upstream';
import { password, signIn } from '../lock-server';

// A hundred people share one server; one of them asks for twenty pictures at once.
const model = 'turing/gpt-image-2';
const rate = { requests: 20, seconds: 4 };
const people = 100;
const heavyStarts = 20;

test('a hundred people each get their picture, and the rate is never exceeded', async () => {
  const arrivals: number[] = [];
  const gateway = createServer((request, response) => {
    request.resume().on('end', () => {
      arrivals.push(performance.now());
      response.writeHead(200, { 'content-type': 'application/json' }).end(goodImages);
    });
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const folder = mkdtempSync(join(tmpdir(), 'people-'));
  const models = join(folder, 'models.json');
  writeFileSync(models, JSON.stringify([{ id: model, extends: model, rate }]));
  const { port } = gateway.address() as AddressInfo;
  const app = await startApp({
    TURING_BASE_URL: `http://127.0.0.1:${port}/api/v1`,
    TURING_API_KEY: apiKey,
    APP_PASSWORD: password,
    MODELS_FILE: models,
  });

  /** Starts until it is let through, as a page does. @returns how long it waited, in ms */
  async function draw(cookie: string): Promise<number> {
    const began = performance.now();
    const key = randomUUID();
    const headers = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    let cursor: string | undefined;
    for (;;) {
      const started = await fetch(`${app.url}/api/v1/images/generations`, {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': key, prefer: 'respond-async' },
        body: JSON.stringify({ model, prompt: key }),
      });
      if (started.status === 202) return performance.now() - began;
      expect((await started.json()).error.code).toBe('queue_wait');
      for (let isCalled = false; !isCalled; ) {
        const query: string = cursor === undefined ? '' : `?since=${cursor}`;
        const list = await fetch(`${app.url}/api/runs${query}`, {
          headers: { ...headers, prefer: 'wait=10' },
        });
        cursor = list.headers.get('runs-cursor') ?? undefined;
        const ticket = ((await list.json()) as RunList).queue?.tickets.find(
          (one) => one.key === key,
        );
        isCalled = !ticket || ticket.heldUntil !== null;
      }
    }
  }

  try {
    const cookies: string[] = [];
    for (let person = 0; person < people; person++) {
      cookies.push(await signIn(app.url, `person ${person}`));
    }
    const [heavy = '', ...light] = cookies;
    const ofHeavy = Promise.all(Array.from({ length: heavyStarts }, () => draw(heavy)));
    const waits = await Promise.all(light.map(draw));
    await ofHeavy;
    await expect.poll(() => arrivals.length).toBe(people - 1 + heavyStarts);
    const most = arrivals.map(
      (from) => arrivals.filter((at) => at >= from && at < from + rate.seconds * 1000).length,
    );
    expect(Math.max(...most)).toBeLessThanOrEqual(rate.requests);
    const [median = 0, longest = 0] = [0.5, 1].map(
      (part) => waits.sort((a, b) => a - b)[Math.ceil(waits.length * part) - 1],
    );
    console.log(`waits: median ${Math.round(median)} ms, longest ${Math.round(longest)} ms`);
    console.log(`most in any window: ${Math.max(...most)} of ${rate.requests}`);
  } finally {
    await app.stop();
    gateway.closeAllConnections();
    gateway.close();
    rmSync(folder, { recursive: true });
  }
});
