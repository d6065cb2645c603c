import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';
import { addReferences, pictureFile } from './edit-page';
import { seedExperiment } from './experiment-seed';
import { onePixel, releaseStep } from './fault-upstream';
import { expect, test } from './studio';
import { finish, runPages } from './three-pages';

// Browsers that keep nothing, or have no room: what is made is there until the page is left.

/** Puts this code before every script of the app, so that the page's workers run it too. */
async function putIntoScripts(page: Page, code: string) {
  await page.route('**/_next/static/**/*.js*', async (route) => {
    const script = await fetch(route.request().url());
    await route.fulfill({
      contentType: 'text/javascript',
      body: `${code}\n${await script.text()}`,
    });
  });
}

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
    await putIntoScripts(page, forbid);
    await page.reload();
    await expect(page.getByText('This browser stores nothing for this page')).toBeVisible();
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
    // The Gallery has what is in memory.
    await page.getByRole('link', { name: 'Gallery' }).click();
    await expect(page.getByRole('option').locator('[data-painted]')).toHaveCount(2);
    expect(studio.sent(`memory only ${name}`)).toHaveLength(1);
  });
}

// Everything that a page could keep something in, in its workers too.
const forbidAll = `{
  const forbidden = { configurable: true, get() { throw new DOMException('No.', 'SecurityError'); } };
  for (const name of ['indexedDB', 'localStorage', 'sessionStorage', 'caches']) {
    Object.defineProperty(self, name, forbidden);
  }
}`;

for (const { name, open, start, ok, path } of runPages) {
  const locale = name === 'Edit' ? 'zh' : 'en';
  const words =
    locale === 'zh' ? '浏览器无法为本页保存内容' : 'This browser stores nothing for this page';
  test(`${name} works where everything is forbidden, and says so once (${locale})`, async ({
    page,
    studio,
  }) => {
    await page.context().addCookies([{ name: 'locale', value: locale, url: studio.app.url }]);
    await page.addInitScript(forbidAll);
    await putIntoScripts(page, forbidAll);
    if (name === 'Edit') {
      await page.goto(new URL(path, studio.app.url).href);
      await expect(page.getByTestId('submit')).toBeEnabled();
      await addReferences(page, [await pictureFile({ name: 'cat.png' })]);
    } else await open(page, studio.app.url);
    await start(page, `in memory ${ok}`);
    await expect(page.getByTestId('result-image')).toHaveJSProperty('naturalWidth', 1);
    await expect(page.getByTestId('stop')).toHaveCount(0);
    await expect(page.getByText(words)).toHaveCount(1);
    expect(studio.sent(`in memory ${ok}`)).toHaveLength(1);
    // What the page could not keep is at the server still, and is said to be.
    await page.reload();
    await page.getByTestId('found-runs').getByRole('button').first().click();
    await expect(page.getByTestId('result-image')).toHaveJSProperty('naturalWidth', 1);
    expect(studio.sent(`in memory ${ok}`)).toHaveLength(1);
  });

  test(`${name} shows what there is no room for, and says so once`, async ({ page, studio }) => {
    // Before the page opens its database: the browser trusts what it has seen of the room for half a minute.
    const browser = await page.context().newCDPSession(page);
    await browser.send('Storage.overrideQuotaForOrigin', { origin: studio.app.url, quotaSize: 1 });
    await open(page, studio.app.url);
    await start(page, `no room ${ok}`);
    await expect(page.getByTestId('result-image')).toHaveJSProperty('naturalWidth', 1);
    await expect(page.getByTestId('stop')).toHaveCount(0);
    await expect(page.getByText('This browser’s storage is full')).toHaveCount(1);
    expect(studio.sent(`no room ${ok}`)).toHaveLength(1);
  });
}

test('a browser that blocks cookies and all storage works all the same', async ({ studio }) => {
  const profile = await mkdtemp(join(tmpdir(), 'playground-profile-'));
  await mkdir(join(profile, 'Default'));
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(blocked));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findBrowser({ isWhole: true }),
    locale: 'en-US',
  });
  const page = await context.newPage();
  await page.goto(studio.app.url);
  const storage = page.evaluate(() => localStorage.length);
  await expect(storage).rejects.toThrow('Access is denied');
  expect(
    await page.evaluate(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: as plain as the oldest script
      document.cookie = 'a=b';
      return document.cookie;
    }),
  ).toBe('');
  await expect(page.getByTestId('submit')).toBeEnabled();
  await page.getByTestId('prompt').fill('no cookies fault:held');
  await page.getByTestId('submit').click();
  await studio.arrived('no cookies');
  await finish(page, 2);
  await expect(page.getByText('This browser stores nothing for this page')).toHaveCount(1);
  await expect(page.getByTestId('problem')).toHaveCount(0);
  expect(studio.sent('no cookies')).toHaveLength(1);
  await context.close();
  await rm(profile, { recursive: true, force: true });
});

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
  // Once there is room, what was only in memory is kept, and the page says no more of it.
  await browser.send('Storage.overrideQuotaForOrigin', { origin: studio.app.url });
  await expect(page.getByText('This browser’s storage is full')).toHaveCount(0, {
    timeout: 20_000,
  });
  await page.reload();
  await expect(studio.pictures).toHaveCount(2);
  for (const picture of await studio.pictures.all()) {
    await expect(picture).toHaveJSProperty('naturalWidth', 1);
  }
});

// A quota that is set while a page writes takes half a minute to count. Pages and workers ask the test instead, and wait.
const refusePictures = `if (!self.isPutWatched) {
  self.isPutWatched = true;
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...given) {
    if (this.name === 'pictures') {
      const asked = new XMLHttpRequest();
      asked.open('GET', '/is-full', false);
      asked.send();
      if (asked.responseText === 'true') throw new DOMException('', 'QuotaExceededError');
    }
    return put.apply(this, given);
  };
}`;

test('an experiment pauses where pictures have no room and says why; what was sent is there, and is kept once there is', async ({
  page,
  studio,
}) => {
  const model = 'turing/gpt-image-1';
  const row = { id: model, model, options: {}, size: null };
  const template = 'no-room {number: 1|2|3|4|5} fault:held';
  await seedExperiment(page, { id: 'full', name: '', definition: { template, models: [row] } }, 0);
  await putIntoScripts(page, refusePictures);
  let isFull = false;
  await page.route('**/is-full', (route) => route.fulfill({ body: String(isFull) }));
  await page.goto(`${studio.app.url}/experiments?open=full`);
  const run = page.getByTestId('experiment-run');
  const painted = page.locator('[role=gridcell] [data-painted]');
  await expect(run).toHaveText('Run 5 requests');
  await page.waitForLoadState('networkidle');
  await run.click();
  await studio.arrived('no-room', 3);
  await expect(page.locator('[data-state=running]')).toHaveCount(3);
  isFull = true;
  const goesOn = () => {
    releaseStep();
    return page.getByTestId('progress').textContent();
  };
  await expect.poll(goesOn).toBe('3 of 5 · paused: a picture could not be stored');
  await expect(painted).toHaveCount(3);
  expect(studio.sent('no-room')).toHaveLength(3);

  isFull = false;
  await expect(page.getByText('This browser’s storage is full')).toHaveCount(0);
  await run.click();
  await studio.arrived('no-room', 5);
  await expect.poll(goesOn).toBe('5 of 5');
  await page.reload();
  await expect(painted).toHaveCount(5);
  expect(studio.sent('no-room')).toHaveLength(5);
});
