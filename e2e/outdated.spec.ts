import { openEdit, pictureFile } from './edit-page';
import { test as base, expect } from './studio';
import { everyPage } from './three-pages';

// A page that was open over an update: the server has other scripts, and what the page had not loaded is gone.

const words = /The server has a new version, and a part of this page can no longer be loaded/;
const zhWords = /服务器已更新到新版本/;

interface Update {
  /** From now on the server has no script that the page has not asked for. */
  begin(): void;
  /** Every script is there again, as for a new page. */
  end(): void;
  /** How often the page asked for one that is gone. */
  asked(): number;
}

const test = base.extend<{ update: Update }>({
  update: async ({ page }, use) => {
    let isGone = false;
    let asked = 0;
    await page.route('**/_next/static/**', (route) => {
      if (!isGone) return route.continue();
      asked++;
      return route.fulfill({ status: 404, body: 'Not Found' });
    });
    await use({
      begin() {
        isGone = true;
      },
      end() {
        isGone = false;
      },
      asked: () => asked,
    });
  },
});

for (const { name, path, ok } of everyPage) {
  const text = `A house of glass ${ok}`;
  const field = name === 'Chat' ? 'composer' : 'prompt';

  test(`${name} says so, stops asking, and keeps what was typed`, async ({
    page,
    studio,
    update,
  }) => {
    await page.clock.install();
    // What the first picture needs is there by then, and nothing else.
    page.once('load', update.begin);
    await page.goto(studio.app.url + path);
    const typed = page.getByTestId(field);
    await expect(typed).toBeEditable();
    await typed.fill(text);
    if (name === 'Chat') await typed.press('Enter');
    else await studio.submit.click();
    const bar = page.getByRole('status').filter({ hasText: words });
    await expect(bar).toBeVisible();
    const gone = page.getByText('This part can no longer be loaded. Reload the page.');
    await expect(gone.first()).toBeVisible();
    // It asks no more, however long it stays open.
    const askedInMinutes = async () => {
      const before = update.asked();
      for (let minutes = 0; minutes < 5; minutes++) {
        await page.clock.runFor(60_000);
        await page.evaluate(() => fetch('/api/health'));
      }
      return update.asked() - before;
    };
    await expect.poll(askedInMinutes).toBe(0);
    expect(studio.sent(text)).toHaveLength(0);
    update.end();
    await bar.getByRole('button', { name: 'Reload the page' }).click();
    await expect(bar).toHaveCount(0);
    await expect(typed).toHaveValue(text);
  });
}

test('says it in Chinese, and a dialog says it too', async ({ page, studio, update }) => {
  await page.context().addCookies([{ name: 'locale', value: 'zh', url: studio.app.url }]);
  page.once('load', update.begin);
  await page.goto(studio.app.url);
  await expect(page.getByRole('status').filter({ hasText: zhWords })).toBeVisible();
  await page.getByTestId('prompt').blur();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog').getByText(zhWords)).toBeVisible();
});

test('the answer of a run whose reader is gone is read after a reload', async ({
  page,
  studio,
  update,
}) => {
  const prompt = 'read later fault:ok';
  await page.waitForLoadState('networkidle');
  update.begin();
  await studio.run(prompt);
  await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
  await expect(studio.problem).toContainText('The answer could not be read here');
  update.end();
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await page.getByRole('button', { name: 'Read again' }).click();
  await expect(studio.pictures).toHaveCount(1);
  expect(studio.sent(prompt)).toHaveLength(1);
});

test('a file that is chosen without what reads it is refused for that reason', async ({
  page,
  studio,
  update,
}) => {
  await openEdit(page, studio.app.url);
  await page.waitForLoadState('networkidle');
  update.begin();
  const file = await pictureFile({ name: 'cat.png' });
  await page.getByTestId('ref-input').setInputFiles([file]);
  await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
  await expect(page.getByText(/^cat.png was not taken in.*Reload the page/)).toBeVisible();
});
