import { randomUUID } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import { type AppServer, apiKey, freePort, startApp } from '../app-server';
import {
  answerWhole,
  type HeldUpstream,
  ready,
  startHeldUpstream,
  Visitor,
} from '../postgres/cluster';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres';
import { composeLines, withNginx } from './nginx';
import { buildOther } from './other-build';

// An update, and a step back: servers of two builds over one database, behind a real nginx that asks each in turn.

const words = /The server has a new version, and a part of this page can no longer be loaded/;
let build: ReturnType<typeof buildOther>;
let postgres: TestPostgres;
let upstream: HeldUpstream;
let settings: Record<string, string>;
let [old, young]: AppServer[] = [];
const visitor = new Visitor();

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  build = buildOther();
  postgres = await startPostgres();
  upstream = await startHeldUpstream();
  settings = {
    TURING_BASE_URL: upstream.url,
    TURING_API_KEY: apiKey,
    DATABASE_URL: await postgres.database(),
    // An update lets what is under way come to its end.
    SHUTDOWN_GRACE_SECONDS: '300',
  };
});

test.beforeEach(async () => {
  old = await startApp(settings, undefined, build.folder);
  young = await startApp(settings);
  await Promise.all([old, young].map(({ url }) => ready(url)));
});

test.afterEach(async () => {
  for (const server of [old, young]) {
    server?.signal('SIGKILL');
    await server?.stop();
  }
});

test.afterAll(async () => {
  upstream.close();
  await postgres.close();
  build.remove();
});

function servers(): { old: AppServer; young: AppServer } {
  if (!old || !young) throw new Error('no servers');
  return { old, young };
}

async function throughNginx(use: (url: string) => Promise<void>): Promise<void> {
  const port = await freePort();
  const each = Object.values(servers()).map(
    ({ url }) => `server ${new URL(url).host} max_fails=0;`,
  );
  const both = `upstream playground { ${each.join(' ')} }`;
  await withNginx(
    { port, lines: `${both}\n${composeLines({ port, appUrl: 'http://playground' })}` },
    use,
  );
}

const scriptOf = (html: string) => /\/_next\/static\/chunks\/[^"\\]+\.js/.exec(html)?.[0] ?? '';

/** Opens a page of the old build, through the proxy. */
async function openOld(page: Page, url: string): Promise<void> {
  const script = scriptOf(await (await fetch(servers().old.url)).text());
  expect(script).not.toBe('');
  expect(script).not.toBe(scriptOf(await (await fetch(servers().young.url)).text()));
  for (let tries = 0; ; tries++) {
    const answer = await page.goto(url);
    if ((await answer?.text())?.includes(script)) break;
    // A page may ask so often that each comes to the same server.
    if (tries % 2 > 0) await fetch(`${url}/api/health`);
  }
  await expect(page.getByTestId('submit')).toBeEnabled();
}

async function draw(page: Page, prompt: string): Promise<void> {
  await page.getByTestId('prompt').fill(prompt);
  await page.getByTestId('submit').click();
  answerWhole(await upstream.arrival(prompt));
}

const isDone = (server: AppServer, key: string) =>
  expect.poll(async () => (await visitor.run(server.url, key)).state).toBe('done');

test('side by side they send a key once, and each reads the runs of the other', async () => {
  const { old, young } = servers();
  for (const [from, to] of [
    [old, young],
    [young, old],
  ] as const) {
    const [prompt, key] = [randomUUID(), randomUUID()];
    const starts = await Promise.all(
      [from, to, from, to].map(({ url }) => visitor.start(url, prompt, key)),
    );
    expect(starts.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    const text = answerWhole(await upstream.arrival(prompt), 2_000_000);
    for (const server of [from, to]) {
      await isDone(server, key);
      const found = await (await visitor.answer(server.url, key, 1_000_001)).text();
      expect(found === text.slice(1_000_001)).toBe(true);
    }
    expect(upstream.of(prompt)).toHaveLength(1);
  }
});

test('a page of the old one works on, before and after the old server is gone', async ({
  page,
}) => {
  await throughNginx(async (url) => {
    const missing: string[] = [];
    page.on('response', (answer) => {
      if (answer.status() === 404) missing.push(answer.url());
    });
    await openOld(page, url);
    await page.waitForLoadState('networkidle');
    const pictures = page.getByTestId('result-image');
    for (const [index, prompt] of ['one', 'two', 'three', 'four'].entries()) {
      await draw(page, prompt);
      await expect(pictures).toHaveCount(index + 1);
    }
    expect(missing).toEqual([]);
    // What is under way is brought to its end, and read at the other.
    const [prompt, key] = [randomUUID(), randomUUID()];
    expect((await visitor.start(servers().old.url, prompt, key)).status).toBe(202);
    const post = await upstream.arrival(prompt);
    servers().old.signal('SIGTERM');
    await expect.poll(async () => (await fetch(`${servers().old.url}/api/ready`)).status).toBe(503);
    await draw(page, 'five');
    await expect(pictures).toHaveCount(5);
    const text = answerWhole(post, 300_000);
    await servers().old.ended();
    await isDone(servers().young, key);
    expect((await (await visitor.answer(servers().young.url, key)).text()) === text).toBe(true);
    await draw(page, 'six');
    await expect(pictures).toHaveCount(6);
    for (const sent of ['one', 'two', 'three', 'four', 'five', 'six', prompt]) {
      expect(upstream.of(sent)).toHaveLength(1);
    }
    await expect(page.getByText(words)).toHaveCount(0);
    // Another page is one of the new build.
    const [link] = await page.getByRole('link', { name: 'Chat', exact: true }).all();
    await link?.click();
    await expect(page.getByTestId('composer')).toBeVisible();
    await page.getByTestId('composer').fill('on the page of the new one');
    await expect(page.getByText(words)).toHaveCount(0);
    expect(await page.content()).toContain(scriptOf(await (await fetch(`${url}/chat`)).text()));
  });
});

test('an old page that lacks a script once its server is gone says so, and keeps what was typed', async ({
  page,
}) => {
  await throughNginx(async (url) => {
    let isLoaded = false;
    page.on('load', () => {
      isLoaded = true;
    });
    // What it would load when the browser is idle does not come, until the old server is gone.
    await page.route('**/_next/static/**', (route) =>
      isLoaded ? route.abort() : route.continue(),
    );
    const opened = page.waitForEvent('requestfailed');
    page.on('request', (request) => {
      if (request.isNavigationRequest()) isLoaded = false;
    });
    await openOld(page, url);
    await opened;
    await page.getByTestId('prompt').fill('typed before the update');
    servers().old.signal('SIGTERM');
    await servers().old.ended();
    await page.unrouteAll({ behavior: 'wait' });
    await page.getByTestId('submit').click();
    const bar = page.getByRole('status').filter({ hasText: words });
    await expect(bar).toBeVisible();
    await bar.getByRole('button', { name: 'Reload the page' }).click();
    await expect(page.getByTestId('submit')).toBeEnabled();
    await expect(page.getByTestId('prompt')).toHaveValue('typed before the update');
    await page.getByTestId('submit').click();
    answerWhole(await upstream.arrival('typed before the update'));
    await expect(page.getByTestId('result-image')).toHaveCount(1);
    expect(upstream.of('typed before the update')).toHaveLength(1);
  });
});

test('a step back finds what the new one has stored', async () => {
  const { old, young } = servers();
  old.signal('SIGTERM');
  await old.ended();
  const [prompt, key] = [randomUUID(), randomUUID()];
  expect((await visitor.start(young.url, prompt, key)).status).toBe(202);
  const text = answerWhole(await upstream.arrival(prompt), 2_000_000);
  await isDone(young, key);
  young.signal('SIGTERM');
  await young.ended();
  await old.startAgain();
  await ready(old.url);
  await isDone(old, key);
  expect((await (await visitor.answer(old.url, key)).text()) === text).toBe(true);
  expect((await visitor.start(old.url, prompt, key)).status).toBe(202);
  expect(upstream.of(prompt)).toHaveLength(1);
});
