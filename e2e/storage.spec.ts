import { readFile } from 'node:fs/promises';
import { onePixel } from './fault-upstream';
import { expect, test } from './studio';

// Browsers that keep nothing, or have no room: what is made is there until the page is left.

for (const [name, forbid] of [
  [
    'forbidden',
    `Object.defineProperty(self, 'indexedDB', {
      configurable: true,
      get: () => { throw new DOMException('The operation is insecure.', 'SecurityError'); },
    });`,
  ],
  ['failing', "IDBFactory.prototype.open = () => { throw new DOMException('', 'UnknownError'); };"],
] as const) {
  test(`works without storage, and says so: ${name}`, async ({ page, studio }) => {
    // In every script, so that the page's worker has no storage either.
    await page.route('**/_next/static/**/*.js*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${forbid}\n${await response.text()}` });
    });
    await page.reload();
    await expect(page.getByText('This browser keeps nothing for this page')).toBeVisible();
    await studio.run(`memory only ${name}`);
    await expect(studio.pictures).toHaveJSProperty('naturalWidth', 1);
    await studio.run(`memory again ${name}`);
    await expect(studio.pictures).toHaveCount(2);
    await expect(studio.recent).toHaveCount(2);
    await page
      .getByRole('button', { name: /^View large/ })
      .first()
      .click();
    await expect(page.getByRole('dialog').getByRole('img')).toHaveJSProperty('naturalWidth', 1);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove this run' }).first().click();
    await expect(studio.cards).toHaveCount(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(studio.cards).toHaveCount(2);
    expect(studio.sent(`memory only ${name}`)).toHaveLength(1);
  });
}

test('shows and saves a picture for which there is no room, and says so', async ({
  page,
  studio,
}) => {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Storage.overrideQuotaForOrigin', { origin: studio.app.url, quotaSize: 1 });
  await studio.run('no room');
  await expect(studio.pictures).toHaveJSProperty('naturalWidth', 1);
  await expect(page.getByText('This browser’s storage is full')).toBeVisible();
  await expect(page.getByText('This browser’s storage is full').locator('..')).toHaveRole('status');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^Download no-room-/ }).click(),
  ]);
  expect(await readFile(await download.path())).toEqual(Buffer.from(onePixel, 'base64'));
  await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
  await studio.run('still no room');
  await expect(studio.pictures).toHaveCount(2);
  expect(studio.sent('no room')).toHaveLength(2);
});
