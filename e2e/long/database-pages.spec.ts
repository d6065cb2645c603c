import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { apiKey, freePort, startApp } from '../app-server';
import { password } from '../lock-server';
import {
  answerEnd,
  answerStart,
  answerWhole,
  pictureText,
  startCluster,
  startHeldUpstream,
} from '../postgres/cluster';
import { startPostgres } from '../postgres/start-postgres';
import { composeLines, withNginx } from './nginx';

// What pages show while the database of their server is away, or that server itself.

test('before the database has answered, a page says so and goes on by itself', async ({ page }) => {
  const postgres = await startPostgres();
  const databaseUrl = await postgres.database();
  await postgres.stop();
  const app = await startApp({ DATABASE_URL: databaseUrl, APP_PASSWORD: password });
  try {
    await page.goto(`${app.url}/chat`);
    const waiting = page.getByRole('heading', { name: 'The server is waiting for its database' });
    await expect(waiting).toBeVisible();
    await page.context().addCookies([{ name: 'locale', value: 'zh', url: app.url }]);
    await page.goto(`${app.url}/chat`);
    await expect(page.getByRole('heading', { name: '服务器正在等待数据库' })).toBeVisible();
    await page.context().clearCookies({ name: 'locale' });
    await page.goto(`${app.url}/chat`);
    await expect(waiting).toBeVisible();
    await postgres.start();
    await page.getByLabel('Your name').fill('Ann');
    await page.getByLabel('Password').fill(password);
    await postgres.kill();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('The server cannot reach its database.')).toBeVisible();
    await postgres.start();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByTestId('composer')).toBeVisible();
    expect(new URL(page.url()).pathname).toBe('/chat');
  } finally {
    await app.stop();
    await postgres.close();
  }
});

test('a start while the database is away says so, and goes out once it is there', async ({
  page,
}) => {
  const postgres = await startPostgres();
  const databaseUrl = await postgres.database();
  await postgres.stop();
  const upstream = await startHeldUpstream();
  const app = await startApp({
    TURING_BASE_URL: upstream.url,
    TURING_API_KEY: apiKey,
    DATABASE_URL: databaseUrl,
  });
  const problem = page.getByTestId('problem');
  const pictures = page.getByTestId('result-image');
  try {
    await page.goto(app.url);
    await page.getByTestId('prompt').fill('too early');
    await page.getByTestId('submit').click();
    await expect(problem).toContainText('The server cannot reach its database');
    await expect(problem).toContainText('Nothing was sent to the gateway');
    await postgres.start();
    answerWhole(await upstream.arrival('too early'));
    await expect(pictures).toHaveCount(1);

    await page.getByTestId('prompt').fill('under way');
    await page.getByTestId('submit').click();
    const underWay = await upstream.arrival('under way');
    await postgres.kill();
    const notice = page.getByText(/cannot reach its database\. What is under way there continues/);
    await expect(notice).toBeVisible();
    await page.getByTestId('prompt').fill('in between');
    await page.getByTestId('submit').click();
    await expect(problem).toContainText('The server cannot reach its database');
    answerWhole(underWay);
    await postgres.start();
    answerWhole(await upstream.arrival('in between'));
    await expect(pictures).toHaveCount(3);
    await expect(problem).toHaveCount(0);
    await expect(notice).toHaveCount(0);
    const sent = upstream.posts.map(({ prompt }) => prompt);
    expect(sent).toEqual(['too early', 'under way', 'in between']);
  } finally {
    await app.stop();
    upstream.close();
    await postgres.close();
  }
});

test('a reader whose server is killed goes on at another, from its byte', async ({ page }) => {
  const cluster = await startCluster(2);
  const [owner, reader] = cluster.servers;
  if (!owner || !reader) throw new Error('no servers');
  const port = await freePort();
  const upstreamOf = (name: string, first: string, other: string) =>
    `upstream ${name} { server ${first}; server ${other} backup; }`;
  const [a, b] = [new URL(owner.url).host, new URL(reader.url).host];
  // Answers are read at the one, everything else goes to the other.
  const answers = `location ~ ^/api/runs/[^/]+/answer$ { proxy_pass http://readers; }\n  location / {`;
  const lines = [
    upstreamOf('playground', a, b),
    upstreamOf('readers', b, a),
    composeLines({ port, appUrl: 'http://playground' }).replace('location / {', answers),
  ].join('\n');
  const text = pictureText(6_000_000);
  const middle = 4_000_000;
  const offsets: number[] = [];
  page.on('request', (request) => {
    const [, offset] = /\/answer\?offset=(\d+)/.exec(request.url()) ?? [];
    if (offset !== undefined) offsets.push(Number(offset));
  });
  try {
    await withNginx({ port, lines }, async (url) => {
      await page.goto(url);
      await page.getByTestId('prompt').fill('large');
      await page.getByTestId('submit').click();
      const post = await cluster.upstream.arrival('large');
      post.response.writeHead(200, { 'content-type': 'application/json' });
      post.response.write(answerStart + text.slice(0, middle));
      // The browser has some of it.
      await expect(page.getByTestId('run-card')).toContainText(/arriving · [\d.]+ MB/);
      reader.signal('SIGKILL');
      await reader.ended();
      post.response.end(text.slice(middle) + answerEnd);
      await expect(page.getByTestId('result-image')).toHaveCount(1);
      const saving = page.waitForEvent('download');
      await page
        .getByTestId('run-card')
        .getByRole('link', { name: /^Download/ })
        .first()
        .click();
      const saved = readFileSync(await (await saving).path());
      expect(saved.equals(Buffer.from(text, 'base64'))).toBe(true);
    });
    const [first, second = 0] = offsets;
    expect(first).toBe(0);
    expect(second).toBeGreaterThan(0);
    expect(second).toBeLessThanOrEqual(answerStart.length + text.length);
    console.log(
      `the reader went on at byte ${second} of ${answerStart.length + text.length + answerEnd.length}`,
    );
    expect(cluster.upstream.of('large')).toHaveLength(1);
  } finally {
    await cluster.close();
  }
});
