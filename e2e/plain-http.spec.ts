import { expect, test } from '@playwright/test';

// A name on a company's network, without TLS: no secure context, so no randomUUID, no clipboard, and
// a browser that does not say where a request comes from.

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
