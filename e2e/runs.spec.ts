import type { Request } from '@playwright/test';
import { onePixel, releaseStep } from './fault-upstream';
import { expect, test } from './studio';

test('shows pictures one by one as they arrive, and what they are', async ({ studio }) => {
  await studio.run('two bears fault:held');
  await studio.arrived('two bears');
  await expect(studio.cards).toHaveAttribute('aria-busy', 'true');
  releaseStep();
  await expect(studio.pictures).toHaveCount(1);
  await expect(studio.cards).toHaveAttribute('aria-busy', 'true');
  releaseStep();
  await expect(studio.pictures).toHaveCount(2);
  await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
  await expect(studio.cards).toContainText('1 × 1');
  await expect(studio.cards).toContainText('3 tokens');
});

test('goes on when the page is reloaded in mid-run, and sends it once', async ({
  page,
  studio,
}) => {
  await studio.run('reloaded fault:held');
  await studio.arrived('reloaded');
  await page.reload();
  await expect(studio.cards).toHaveAttribute('aria-busy', 'true');
  releaseStep();
  await expect(studio.pictures).toHaveCount(1);
  await page.reload();
  releaseStep();
  await expect(studio.pictures).toHaveCount(2);
  expect(studio.sent('reloaded')).toHaveLength(1);
});

test('finds everything again after the tab was closed', async ({ page, context, studio }) => {
  await studio.run('kept for later');
  await expect(studio.pictures).toHaveCount(1);
  await expect(studio.recent).toHaveCount(1);
  await page.getByTestId('prompt').fill('a draft of something else');
  await page.close();
  const again = await context.newPage();
  await again.goto(studio.app.url);
  const picture = again.getByTestId('result-image');
  await expect(picture).toHaveCount(1);
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(1);
  await expect(again.getByTestId('prompt')).toHaveValue('a draft of something else');
  await expect(again.getByTestId('recent-item')).toHaveCount(1);
});

test('remembers of each run once how long it took', async ({ page, studio }) => {
  await studio.run('measured');
  await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
  const remembered = () =>
    page.evaluate(
      () =>
        new Promise<number[][]>((resolve, reject) => {
          const opening = indexedDB.open('turing-playground');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const all = opening.result.transaction('durations').objectStore('durations').getAll();
            all.onsuccess = () => resolve(all.result);
          };
        }),
    );
  // The run is kept after everything else about it, and another one is a second duration.
  await studio.run('measured too');
  await expect(studio.pictures).toHaveCount(2);
  await expect.poll(async () => (await remembered()).flat().length).toBeGreaterThanOrEqual(2);
  await page.reload();
  await expect(studio.pictures).toHaveCount(2);
  expect((await remembered()).flat()).toHaveLength(2);
});

test('keeps a draft that was typed a moment before the reload', async ({ page, studio }) => {
  await expect(studio.submit).toBeEnabled();
  await studio.prompt.pressSequentially('half a sen');
  await page.reload();
  await expect(studio.prompt).toHaveValue('half a sen');
});

test('two tabs do not write over each other’s draft', async ({ page, context, studio }) => {
  await studio.prompt.fill('draft of the first tab');
  const other = await context.newPage();
  await other.goto(studio.app.url);
  // A new tab begins with what was written last.
  await expect(other.getByTestId('prompt')).toHaveValue('draft of the first tab');
  await other.getByTestId('prompt').fill('draft of the second tab');
  await page.reload();
  await expect(studio.prompt).toHaveValue('draft of the first tab');
  await other.reload();
  await expect(other.getByTestId('prompt')).toHaveValue('draft of the second tab');
});

test('finds a run that was started by a request whose answer got lost', async ({
  page,
  studio,
}) => {
  let lost = 0;
  await page.route('**/api/v1/images/generations', async (route) => {
    lost++;
    await route.fetch();
    await route.abort('connectionreset');
  });
  await studio.run('answer lost');
  await expect(studio.pictures).toHaveCount(1);
  expect(studio.sent('answer lost')).toHaveLength(1);
  // It is looked up at the server, not sent again.
  expect(lost).toBe(1);
});

test('says when nothing can be reached, and tries again by a click without charge', async ({
  page,
  studio,
}) => {
  await page.route('**/api/v1/**', (route) => route.abort('connectionrefused'));
  await studio.run('nobody there');
  await expect(studio.problem).toContainText('cannot be reached');
  await expect(studio.problem).not.toContainText('charged');
  await page.unroute('**/api/v1/**');
  await studio.problem.getByRole('button', { name: 'Try again' }).click();
  await expect(studio.pictures).toHaveCount(1);
  expect(studio.sent('nobody there')).toHaveLength(1);
});

test('stops a run at the gateway too, and says that it may be charged', async ({ studio }) => {
  await studio.run('to be stopped fault:silent');
  await studio.arrived('to be stopped');
  await studio.stop.click();
  await expect(studio.cards).toContainText('Stopped');
  await studio.sent('to be stopped')[0]?.closed;
  await expect(studio.cards.getByRole('button', { name: /may be charged again/ })).toBeVisible();
});

test('shows the other pictures when one is damaged', async ({ studio }) => {
  await studio.run('damage fault:damaged-one');
  await expect(studio.pictures).toHaveCount(1);
  await expect(studio.problem).toContainText('damaged');
});

test('shows an address as a link with its host and the reason', async ({ page, studio }) => {
  await studio.run('address fault:url');
  const link = page.getByRole('link', { name: /pictures\.test/ });
  await expect(link).toHaveAttribute('href', 'http://pictures.test/bear.png');
  await expect(studio.cards).toContainText('PICTURE_HOSTS');
});

test('shows a picture from an allowed host', async ({ page, studio }) => {
  await page.route('http://allowed.test/bear.png', (route) =>
    route.fulfill({ contentType: 'image/png', body: Buffer.from(onePixel, 'base64') }),
  );
  await studio.run('address fault:allowed-url');
  await expect(studio.pictures).toHaveAttribute('src', 'http://allowed.test/bear.png');
  await expect
    .poll(() => studio.pictures.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(1);
});

test('runs ten side by side with at most four transfers at once', async ({ page, studio }) => {
  let open = 0;
  let most = 0;
  const isTransfer = (url: string) => /\/answer|\/api\/v1\/images/.test(url);
  page.context().on('request', (request) => {
    if (isTransfer(request.url())) most = Math.max(most, ++open);
  });
  const end = (request: Request) => {
    if (isTransfer(request.url())) open--;
  };
  page.context().on('requestfinished', end);
  page.context().on('requestfailed', end);
  await studio.prompt.fill('ten at once');
  await studio.prompt.press('Control+Enter');
  // Until the first has begun, the same once more would only repeat it.
  await expect(studio.cards).toHaveCount(1);
  for (let run = 1; run < 10; run++) await studio.prompt.press('Control+Enter');
  await expect(studio.cards).toHaveCount(10);
  await expect(studio.submit).toBeEnabled();
  await expect(studio.pictures).toHaveCount(10);
  expect(most).toBeLessThanOrEqual(4);
  expect(studio.sent('ten at once')).toHaveLength(10);
});

test.describe('a rate limit', () => {
  test('counts down and tries again by itself, once a try, also after a reload', async ({
    page,
    studio,
  }) => {
    await studio.run('limited fault:rate-limit-twice');
    await expect(studio.problem).toContainText('Try 2 of 5');
    await page.reload();
    await expect(studio.problem).toContainText('Try 2 of 5');
    await expect(studio.pictures).toHaveCount(1);
    expect(studio.sent('limited')).toHaveLength(3);
    await expect(studio.cards).toHaveCount(1);
  });

  test('can be stopped', async ({ page, studio }) => {
    await studio.run('impatient fault:rate-limit');
    await expect(studio.problem).toContainText('Try 2 of 5');
    await studio.stop.click();
    await expect(studio.cards).toContainText('Nothing was made');
    await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
    await page.reload();
    await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
    expect(studio.sent('impatient')).toHaveLength(1);
  });
});
