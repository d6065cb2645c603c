import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type AppServer, apiKey, startApp } from './app-server';
import { type FaultUpstream, startFaultUpstream } from './fault-upstream';

// A server whose model is asked once in so many seconds, by everybody together, and whose people have budgets.
const model = 'turing/gpt-image-2';
const seconds = 8;
const folder = mkdtempSync(join(tmpdir(), 'turns-'));
let app: AppServer;
let upstream: FaultUpstream;

test.beforeAll(async () => {
  const file = join(folder, 'models.json');
  const rate = { requests: 1, seconds };
  writeFileSync(file, JSON.stringify([{ id: model, extends: model, rate }]));
  upstream = await startFaultUpstream();
  app = await startApp({
    TURING_BASE_URL: upstream.url,
    TURING_API_KEY: apiKey,
    MODELS_FILE: file,
    BUDGET_PICTURES_PER_DAY: '5',
  });
});
test.beforeEach(() => {
  upstream.requests.length = 0;
});
test.afterAll(async () => {
  await app.stop();
  await upstream.close();
  rmSync(folder, { recursive: true });
});

async function run(page: Page, prompt: string) {
  await page.getByTestId('prompt').fill(prompt);
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('submit')).not.toHaveText(/^(Starting|Preparing)/);
}

test('a start waits for its turn, through a reload and in two tabs, and is sent once', async ({
  page,
  context,
}) => {
  await page.goto(app.url);
  await run(page, 'the first');
  await expect(page.getByTestId('result-image')).toHaveCount(1);
  await run(page, 'the second');
  const turn = page.getByTestId('turn');
  await expect(turn).toContainText('Next in line, about');
  await expect(turn).toContainText('Nothing is lost');
  const key = () =>
    page.evaluate(async () => {
      const { queue } = await (await fetch('/api/runs')).json();
      return queue.tickets.map((ticket: { key: string }) => ticket.key);
    });
  const before = await key();
  expect(before).toHaveLength(1);
  await page.reload();
  const other = await context.newPage();
  await other.goto(app.url);
  await expect(other.getByTestId('turn')).toContainText('line');
  expect(await key()).toEqual(before);
  await expect(page.getByTestId('result-image')).toHaveCount(2);
  await expect(other.getByTestId('result-image')).toHaveCount(2);
  await expect(page.getByTestId('turn')).toHaveCount(0);
  expect(upstream.requests.filter(({ body }) => body.includes('the second'))).toHaveLength(1);
});

test('who leaves the line gives the place back, and has spent nothing', async ({ page }) => {
  await page.goto(app.url);
  await run(page, 'taken');
  await run(page, 'left');
  const card = page.getByTestId('run-card').first();
  await expect(card.getByTestId('turn')).toBeVisible();
  await card.getByTestId('stop').click();
  await expect(card).toContainText('Nothing was made');
  await expect
    .poll(() => page.evaluate(async () => (await (await fetch('/api/runs')).json()).queue.tickets))
    .toEqual([]);
  await expect(card).toHaveAttribute('aria-busy', 'false');
  expect(upstream.requests.filter(({ body }) => body.includes('left'))).toHaveLength(0);
});

test('a used-up day is said, with the time when it is free, and as nothing charged', async ({
  page,
}) => {
  await page.goto(app.url);
  for (let count = 0; ; count++) {
    await run(page, `picture ${count}`);
    const problem = page.getByTestId('problem').first();
    const done = page.getByTestId('result-image').nth(count);
    await expect(problem.or(done)).toBeVisible({ timeout: 30_000 });
    if (await problem.isVisible()) break;
  }
  const problem = page.getByTestId('problem').first();
  await expect(problem).toContainText('Over your budget of pictures');
  await expect(problem).toContainText('5 of the 5 pictures');
  await expect(problem).toContainText('nothing was charged');
  await expect(problem).not.toContainText('may have been charged');
});
