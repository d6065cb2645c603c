import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { plainHost } from './browser-options';
import { password, startLocked } from './lock-server';

// A name on a company's network, without TLS: no secure context, so no randomUUID, no clipboard, and
// a browser that does not say where a request comes from.

test.use({
  baseURL: async ({ baseURL }, use) => {
    await use(`http://${plainHost}:${new URL(baseURL ?? '').port}`);
  },
});

test('the main path works where there is no secure context', async ({ page }) => {
  const sent: Record<string, string>[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.headers());
  });
  await page.goto('/');
  expect(await page.evaluate(() => [window.isSecureContext, typeof crypto.randomUUID])).toEqual([
    false,
    'undefined',
  ]);
  await page.getByTestId('count').fill('2');
  await page.getByTestId('prompt').fill('a purple mountain');
  await page.getByTestId('submit').click();
  const pictures = page.getByTestId('result-image');
  await expect(pictures).toHaveCount(2);
  for (const picture of await pictures.all()) {
    await expect(picture).toHaveJSProperty('naturalWidth', 1024);
  }
  await page.getByTestId('prompt').press('ControlOrMeta+Enter');
  await expect(pictures).toHaveCount(4);
  await expect(page.getByTestId('problem')).toHaveCount(0);
  expect(sent.some((headers) => 'sec-fetch-site' in headers)).toBe(false);
});

test('an experiment runs, and its cells are found again', async ({ page }) => {
  await page.goto('/experiments');
  await page.getByRole('button', { name: /A tea tin in two palettes/ }).click();
  const run = page.getByTestId('experiment-run');
  await expect(run).toHaveText('Run 4 requests');
  await page.waitForLoadState('networkidle');
  await run.click();
  await expect(page.getByTestId('progress')).toHaveText('4 of 4');
  await page.reload();
  await expect(page.locator('[role=gridcell] [data-painted]')).toHaveCount(4);
});

test('preferences and the draft stay', async ({ page }) => {
  await page.goto('/');
  await page.getByTestId('prompt').fill('a draft');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.getByTestId('prompt')).toHaveValue('a draft');
});

test('trouble is said in words', async ({ page }) => {
  await page.goto('/');
  await page.getByTestId('prompt').fill('a house [prompt-refused]');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('problem')).toContainText('The prompt was refused');
});

test('pictures are looked at, packed and kept; a copy is refused with the reason', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByTestId('count').fill('2');
  await page.getByTestId('prompt').fill('two hills [slow]');
  await page.getByTestId('submit').click();
  const pictures = page.getByTestId('result-image');
  const card = page.getByTestId('run-card');
  await expect(page.getByTestId('stop')).toBeVisible();
  await page.reload();
  await expect(card).toHaveAttribute('aria-busy', 'true');
  await expect(pictures).toHaveCount(2);
  await expect(card).toHaveAttribute('aria-busy', 'false');
  await expect(page.getByTestId('recent-item')).toHaveCount(1);

  const [archive] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download all 2 as ZIP' }).click(),
  ]);
  expect(archive.suggestedFilename()).toMatch(/^two-hills-slow-[\d-]+\.zip$/);
  const zip = await readFile(await archive.path());
  expect(zip.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
  expect(zip.toString('latin1')).toMatch(/two-hills-slow-[\d-]+-1\.png/);
  expect(zip.toString('latin1')).toMatch(/two-hills-slow-[\d-]+-2\.png/);

  await page
    .getByRole('button', { name: /^View large/ })
    .first()
    .click();
  const viewer = page.getByRole('dialog', { name: 'Picture viewer' });
  await expect(viewer).toContainText('1 of 2');
  await page.keyboard.press('ArrowRight');
  await expect(viewer).toContainText('2 of 2');
  await viewer.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(
    viewer.getByText('Browsers only allow copying pictures on https pages').last(),
  ).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    viewer.getByRole('link', { name: 'Download instead' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^two-hills-slow-[\d-]+-2\.png$/);
  await page.keyboard.press('Escape');
  await expect(viewer).toHaveCount(0);

  await page.getByTestId('recent-item').click();
  await expect(card).toBeFocused();
});

test('details that cannot be copied are there to be copied by hand', async ({ page }) => {
  await page.goto('/');
  await page.getByTestId('prompt').fill('a house [server-error]');
  await page.getByTestId('submit').click();
  const problem = page.getByTestId('problem');
  await problem.getByRole('button', { name: 'Copy details' }).click();
  const field = problem.getByRole('textbox', { name: /to copy/ });
  await expect(field).toHaveValue(/Something failed on the server[\s\S]*model: turing/);
  await expect(field).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).toContain('Something failed');
});

test('a password is asked for and works where a browser does not say where it comes from', async ({
  page,
}) => {
  const { app, stop } = await startLocked();
  try {
    await page.goto(`http://${plainHost}:${new URL(app.url).port}/`);
    await page.getByLabel('Your name').fill('Ann');
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.getByTestId('prompt').fill('fault:ok');
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('result-image')).not.toHaveCount(0);
    await page.getByRole('button', { name: /Sign out/ }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
  } finally {
    await stop();
  }
});
