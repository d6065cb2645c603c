import { expect, type Page, test } from '@playwright/test';
import { seedExperiment } from './experiment-seed';
import { model, startWithLine } from './line-server';

// Servers whose model is asked only so often, by everybody together, and whose people have budgets.
let line: Awaited<ReturnType<typeof startWithLine>>;

test.afterEach(() => line.stop());

const tickets = (page: Page): Promise<{ key: string }[]> =>
  page.evaluate(async () => (await (await fetch('/api/runs')).json()).queue.tickets);

const sent = (text: string) => line.upstream.requests.filter(({ body }) => body.includes(text));

async function run(page: Page, prompt: string) {
  await page.getByTestId('prompt').fill(prompt);
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('submit')).not.toHaveText(/^(Starting|Preparing)/);
}

test('a turn that takes twelve minutes keeps its key, through a reload and in two tabs, and is sent once', async ({
  page,
  context,
}) => {
  const clock = new URL('steps-of-clock.mjs', import.meta.url).href;
  line = await startWithLine({ requests: 1, seconds: 720 }, { NODE_OPTIONS: `--import=${clock}` });
  const { app } = line;
  await context.clock.install();
  /** Everybody's clock goes on by two minutes, and a page has asked the server since. */
  const goOn = async (asking: Page) => {
    app.signal('SIGUSR2');
    let hasAsked = false;
    void asking.waitForResponse(/\/api\/runs(\?|$)/).then(() => {
      hasAsked = true;
    });
    await context.clock.fastForward(120_000);
    // A request that is held open would be answered in real time.
    const wake = () => asking.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect.poll(() => wake().then(() => hasAsked)).toBe(true);
  };
  await page.goto(app.url);
  await run(page, 'the first');
  await expect(page.getByTestId('result-image')).toHaveCount(1);
  await run(page, 'the second');
  await expect(page.getByTestId('turn')).toContainText('Next in line, about');
  await expect(page.getByTestId('turn')).toContainText('Nothing is lost');
  const [ticket] = await tickets(page);
  for (let count = 0; count < 2; count++) await goOn(page);
  await page.reload();
  await expect(page.getByTestId('turn')).toContainText('Next in line, about');
  await goOn(page);
  const other = await context.newPage();
  await other.goto(app.url);
  await expect(other.getByTestId('turn')).toContainText('Next in line, about');
  for (let count = 0; count < 2; count++) await goOn(other);
  expect((await tickets(page)).map(({ key }) => key)).toEqual([ticket?.key]);
  expect(sent('the second')).toHaveLength(0);
  await goOn(other);
  for (const tab of [page, other]) {
    await expect(tab.getByTestId('result-image')).toHaveCount(2);
    await expect(tab.getByTestId('turn')).toHaveCount(0);
  }
  expect(sent('the second')).toHaveLength(1);
  const { runs } = await page.evaluate(async () => (await fetch('/api/runs')).json());
  expect(runs.map(({ id }: { id: string }) => id)).toContain(ticket?.key);
});

test('who leaves the line gives the place back, and has spent nothing', async ({ page }) => {
  line = await startWithLine({ requests: 1, seconds: 3600 });
  await page.goto(line.app.url);
  await run(page, 'taken');
  await run(page, 'left');
  const card = page.getByTestId('run-card').first();
  await expect(card.getByTestId('turn')).toBeVisible();
  await card.getByTestId('stop').click();
  await expect(card).toContainText('Nothing was made, and nothing was charged');
  await expect.poll(() => tickets(page)).toEqual([]);
  expect(sent('left')).toHaveLength(0);
});

test('a used-up day is said, and nothing more can be sent until there is room', async ({
  page,
}) => {
  line = await startWithLine({ requests: 9, seconds: 3600 }, { BUDGET_PICTURES_PER_DAY: '2' });
  const { url } = line.app;
  await page.goto(url);
  const budget = page.getByTestId('budget');
  await expect(budget).toHaveText('0 of 2 pictures in 24 hours');
  await expect(page.getByText('0 of 9 requests in any hour')).toBeVisible();
  await run(page, 'within');
  await expect(budget).toHaveText('1 of 2 pictures in 24 hours');
  await expect(page.getByText('1 of 9 requests in any hour')).toBeVisible();
  // The same person elsewhere, of which this page does not hear.
  await page.route('**/api/runs?*', (route) => route.abort());
  await page.route('**/api/runs', (route) => route.abort());
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  const elsewhere = await fetch(`${url}/api/v1/images/generations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, prompt: 'elsewhere' }),
  });
  expect(elsewhere.status).toBe(200);
  await run(page, 'above');
  const problem = page.getByTestId('problem').first();
  await expect(problem).toContainText('Over your budget of pictures');
  await expect(problem).toContainText('2 of the 2 pictures');
  await expect(problem).toContainText('nothing was charged');
  await expect(problem).not.toContainText('may have been charged');
  await page.unrouteAll();
  // Once it knows, it lets nothing be sent, and says why, on every page.
  for (const path of ['', '/edit']) {
    await page.goto(`${url}${path}`);
    const submit = page.getByTestId('submit');
    await expect(submit).toHaveAttribute('aria-disabled', 'true');
    await expect(submit).toHaveAccessibleDescription(/^Your 2 pictures for 24 hours are used up/);
    await expect(page.getByRole('form')).toContainText('Your 2 pictures for 24 hours are used up');
    await expect(page.getByRole('form')).toContainText('There is room for one more picture from');
    await page.getByTestId('prompt').fill('too much');
    await page.getByTestId('prompt').press('ControlOrMeta+Enter');
  }
  // A card's own button knows as well.
  await page.goto(url);
  const again = page.getByRole('button', { name: 'Run again', exact: true });
  await expect(again).toHaveAttribute('aria-disabled', 'true');
  await expect(again).toHaveAttribute('title', /^Your 2 pictures for 24 hours are used up/);
  await again.click({ force: true });
  await expect(page.getByTestId('run-card')).toHaveCount(2);
  await page.goto(`${url}/chat`);
  await expect(page.getByText('Your 2 pictures for 24 hours are used up')).toBeVisible();
  await page.getByTestId('composer').fill('too much');
  const send = page.getByTestId('send');
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await expect(send).toHaveAccessibleDescription(/^Your 2 pictures for 24 hours are used up/);
  await send.click({ force: true });
  await expect(page.getByTestId('message')).toHaveCount(0);
  expect(line.upstream.requests).toHaveLength(2);
});

test('pictures that wait count: no more than a day has are let into the line', async ({ page }) => {
  line = await startWithLine({ requests: 1, seconds: 7200 }, { BUDGET_PICTURES_PER_DAY: '3' });
  await page.goto(line.app.url);
  await run(page, 'the first');
  await expect(page.getByTestId('result-image')).toHaveCount(1);
  await run(page, 'the second');
  await run(page, 'the third');
  const turns = page.getByTestId('turn');
  await expect(turns).toHaveCount(2);
  await expect(page.getByTestId('budget')).toHaveText('1 of 3 pictures in 24 hours, 2 more wait');
  await expect(page.getByRole('form')).toContainText('used up: 1 sent, and 2 more wait.');
  await expect(page.getByTestId('submit')).toHaveAttribute('aria-disabled', 'true');
  // Why it waits is said once, by the one that is next.
  await expect(turns.last()).toContainText(
    '1 of 1 request in any 2 hours, 2 waiting, 2 of them yours',
  );
  await expect(turns.first()).toContainText('2nd in line');
  // On a phone the cards are below the form.
  await expect(page.getByTestId('waiting')).toBeHidden();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByTestId('waiting')).toBeInViewport();
  await expect(page.getByTestId('waiting')).toHaveText(/^2 requests of yours wait in line/);
  await page.setViewportSize({ width: 1280, height: 720 });
  await expect(turns.first()).not.toContainText('Nothing is lost');
  // Who leaves the line makes room for another.
  await turns.first().getByTestId('stop').click();
  await expect(page.getByTestId('submit')).not.toHaveAttribute('aria-disabled');
});

test('a budget that is free soon says what it waits for, and nothing of a line', async ({
  page,
}) => {
  line = await startWithLine({ requests: 9, seconds: 3600 }, { BUDGET_REQUESTS_PER_MINUTE: '1' });
  await page.goto(line.app.url);
  await run(page, 'the first');
  await expect(page.getByTestId('result-image')).toHaveCount(1);
  await run(page, 'the second');
  await run(page, 'the third');
  const turns = page.getByTestId('turn');
  await expect(turns).toHaveCount(2);
  await expect(turns.last()).toContainText('at the earliest');
  await expect(turns.last()).toContainText('stays in this browser');
  await expect(turns.last()).not.toContainText('line');
  await expect(turns.first()).not.toContainText('at the earliest');
});

test('an experiment waits in line with few places, and stops at a day’s budget', async ({
  page,
}) => {
  line = await startWithLine({ requests: 2, seconds: 4 }, { BUDGET_PICTURES_PER_DAY: '6' });
  await page.goto(`${line.app.url}/experiments`);
  await expect(page.getByRole('button', { name: /A tea tin in two palettes/ })).toBeVisible();
  const colours = ['red', 'green', 'blue', 'grey', 'black', 'white', 'pink', 'brown'];
  const models = [{ id: 'row', model, options: {}, size: null }];
  const template = `in line {${colours.join('|')}}`;
  await seedExperiment(page, { id: 'e', name: 'Lanes', definition: { template, models } }, 0);
  await page.goto(`${line.app.url}/experiments?open=e`);
  // Said before the first request.
  await expect(page.getByText('You may ask for 6 more pictures now, of 6').first()).toBeVisible();
  await page.getByTestId('experiment-run').click();
  const waiting = page.locator('[data-testid="experiment-cell"][data-state="turn"]');
  await expect(waiting.first()).toContainText('in line');
  // No more places in line than the lane may have under way.
  const places = await tickets(page);
  expect(places.length).toBeGreaterThan(0);
  expect(places.length).toBeLessThanOrEqual(3);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect.poll(() => tickets(page)).toEqual([]);
  const progress = page.getByTestId('progress');
  // What has given its place away is as good as new, here and after a reload.
  for (const isAgain of [false, true]) {
    if (isAgain) await page.reload();
    await expect(progress).toHaveText(/^\d of 8 · paused$/);
    const ended = Number.parseInt((await progress.textContent()) ?? '', 10);
    expect(sent('in line')).toHaveLength(ended);
    await expect(page.getByTestId('experiment-run')).toHaveText(`Run the rest (${8 - ended})`);
    await expect(waiting).toHaveCount(0);
  }
  await page.getByTestId('experiment-run').click();
  await expect(progress).toContainText('your budget of pictures is used up', { timeout: 40_000 });
  await expect(progress).toContainText('There is room for one more picture from');
  await expect(progress).not.toContainText('failed');
  await expect(progress).toContainText('6 of 8');
  await expect(progress).not.toContainText('in line');
  const rest = page.getByTestId('experiment-run');
  await expect(rest).toHaveText('Run the rest (2)');
  await expect(rest).toHaveAttribute('aria-disabled', 'true');
  await expect(rest).toHaveAttribute('title', /used up.*room for one more picture from/);
  expect(sent('in line')).toHaveLength(6);
});
