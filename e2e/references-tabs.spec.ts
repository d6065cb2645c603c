import { expect, type Page, test } from '@playwright/test';
import { blue, expectOrder, green, open, paint, pick, red, thumbs } from './references-page';

// The draft of one tab beside others, and where there is no room for it.

/** The masks of a tab's draft. */
const maskIds = (page: Page) =>
  page.evaluate(() => sessionStorage.getItem('draft:edit-references')?.match(/"maskId":"[^"]+"/g));

test('lets two tabs go on with copies of one draft, and says so in both', async ({
  page,
  context,
}) => {
  await open(page);
  await pick(page, red, green);
  await expectOrder(page, red, green);
  const second = await context.newPage();
  await open(second);
  await expectOrder(second, red, green);
  for (const tab of [page, second]) {
    await expect(tab.getByText('This draft is also open in another tab.')).toBeVisible();
  }
  expect(await maskIds(second)).not.toEqual(await maskIds(page));
  await thumbs(second).first().press('Delete');
  await pick(second, blue);
  await expectOrder(second, green, blue);
  await page.reload();
  await expectOrder(page, red, green);
  await second.reload();
  await expectOrder(second, green, blue);
  // What one has taken off is still there for the other.
  await expect(thumbs(page).first().locator('img')).toHaveJSProperty('complete', true);
});

test('gives each of two tabs a copy of the mask, painted or not', async ({ page, context }) => {
  await open(page);
  await pick(page, red);
  await expectOrder(page, red);
  await paint(page);
  const second = await context.newPage();
  await open(second);
  await expect(thumbs(second)).toContainText('mask');
  await second.getByTestId('mask-undo').click();
  await expect(thumbs(second)).not.toContainText('mask');
  await second.reload();
  await expectOrder(second, red);
  await expect(second.getByTestId('mask-surface')).toBeVisible();
  await page.reload();
  await expect(thumbs(page)).toContainText('mask');
  await expect(thumbs(second)).not.toContainText('mask');
});

test('knows a duplicate of a tab from the tab', async ({ page, context }) => {
  await open(page);
  await pick(page, red);
  await expectOrder(page, red);
  // A window that a page opens begins with a copy of its session, as a duplicated tab does.
  const [duplicate] = await Promise.all([
    context.waitForEvent('page'),
    page.evaluate(() => void window.open('/edit')),
  ]);
  await expectOrder(duplicate, red);
  await expect(duplicate.getByText('This draft is also open in another tab.')).toBeVisible();
  expect(await maskIds(duplicate)).not.toEqual(await maskIds(page));
});

test('uses a picture for which there is no room until the page is left, and says so', async ({
  page,
  baseURL,
}) => {
  await open(page);
  const browser = await page.context().newCDPSession(page);
  await browser.send('Storage.overrideQuotaForOrigin', { origin: baseURL ?? '', quotaSize: 1 });
  await pick(page, red);
  await expectOrder(page, red);
  await expect(page.getByText('You can use picture 1 until you leave this page')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Picture 1 (red.png) is no longer in this browser')).toBeVisible();
});
