import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import type { RunList } from '../../lib/core/runs/run';
import { freePort } from '../app-server';
import { password, signIn } from '../lock-server';
import { answerWhole, startCluster } from '../postgres/cluster';
import { composeLines, withNginx } from './nginx';

// A hundred people share three servers behind a real nginx, which asks each in turn; one server is killed
// on the way and comes back.
const model = 'turing/gpt-image-2';
const rate = { requests: 20, seconds: 4 };
const people = 100;
const heavyStarts = 20;

test('a hundred people on three servers: nothing is sent twice, and the rate is never exceeded', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'people-'));
  const models = join(folder, 'models.json');
  writeFileSync(models, JSON.stringify([{ id: model, extends: model, rate }]));
  const port = await freePort();
  const cluster = await startCluster(3, {
    APP_PASSWORD: password,
    MODELS_FILE: models,
    PUBLIC_ORIGIN: `http://127.0.0.1:${port}`,
  });
  const { upstream, servers } = cluster;
  const answering = setInterval(() => {
    for (const post of upstream.posts) {
      if (!post.response.headersSent && post.isOpen()) answerWhole(post);
    }
  }, 50);

  /** Asks until a server answers. */
  async function ask(url: string, init: RequestInit): Promise<{ status: number; text: string }> {
    for (;;) {
      const answer = await fetch(url, init).catch(() => undefined);
      const text = await answer?.text().catch(() => undefined);
      if (answer && text !== undefined && answer.status < 500) {
        return { status: answer.status, text };
      }
      await pause(100);
    }
  }

  /** Starts until it is let through, as a page does. @returns how long it waited, in ms */
  async function draw(url: string, cookie: string): Promise<number> {
    const began = performance.now();
    const key = randomUUID();
    const headers = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    for (;;) {
      const started = await ask(`${url}/api/v1/images/generations`, {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': key, prefer: 'respond-async' },
        body: JSON.stringify({ model, prompt: key }),
      });
      if (started.status === 202) return performance.now() - began;
      expect(JSON.parse(started.text).error.code).toBe('queue_wait');
      for (let isCalled = false; !isCalled; ) {
        const list = await ask(`${url}/api/runs`, { headers });
        const { queue } = JSON.parse(list.text) as RunList;
        const ticket = queue?.tickets.find((one) => one.key === key);
        isCalled = !ticket || ticket.heldUntil !== null;
        if (!isCalled) await pause(500);
      }
    }
  }

  const each = servers.map((server) => `server ${new URL(server.url).host} max_fails=0;`);
  const both = `upstream playground { ${each.join(' ')} }`;
  const lines = `${both}\n${composeLines({ port, appUrl: 'http://playground' })}`;
  try {
    await withNginx({ port, lines }, async (url) => {
      const cookies: string[] = [];
      for (let person = 0; person < people; person++) {
        cookies.push(await signIn(url, `person ${person}`));
      }
      const [heavy = '', ...light] = cookies;
      const ofHeavy = Promise.all(Array.from({ length: heavyStarts }, () => draw(url, heavy)));
      const ofLight = Promise.all(light.map((cookie) => draw(url, cookie)));
      await expect.poll(() => upstream.posts.length).toBeGreaterThan(30);
      await servers[1]?.killAndRestart();
      const waits = await ofLight;
      await ofHeavy;
      const prompts = upstream.posts.map(({ prompt }) => prompt);
      expect(new Set(prompts).size).toBe(prompts.length);
      const most = upstream.posts.map(
        ({ at: from }) =>
          upstream.posts.filter(({ at }) => at >= from && at < from + rate.seconds * 1000).length,
      );
      expect(Math.max(...most)).toBeLessThanOrEqual(rate.requests);
      const [median = 0, longest = 0] = [0.5, 1].map(
        (part) => waits.sort((a, b) => a - b)[Math.ceil(waits.length * part) - 1],
      );
      console.log(`waits: median ${Math.round(median)} ms, longest ${Math.round(longest)} ms`);
      console.log(
        `sent: ${prompts.length} of ${people - 1 + heavyStarts}, most ${Math.max(...most)}`,
      );
    });
  } finally {
    clearInterval(answering);
    await cluster.close();
    rmSync(folder, { recursive: true });
  }
});
