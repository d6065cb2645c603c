import { rm, utimes, writeFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { startApp } from './app-server';
import {
  badFiles,
  filePath,
  heavyPng,
  type PictureFile,
  pngFile,
  sha256,
  turnedFile,
} from './reference-pictures';

// The reference pictures of the Edit page: how they come, in which order they stand, why some don't.

const red = await pngFile('red.png', '#c33');
const green = await pngFile('green.png', '#3a3');
const blue = await pngFile('blue.png', '#33c');
const turned = await turnedFile('turned.jpg');

const thumbs = (page: Page) => page.getByTestId('ref-thumb');
const undo = (page: Page) =>
  page.getByRole('region', { name: 'References' }).getByRole('button', { name: 'Undo' });
const problem = (page: Page, name: string) => page.getByTestId('problem').filter({ hasText: name });

/** The names of the references, in their order. */
const names = (page: Page) =>
  thumbs(page).evaluateAll((all) =>
    all.map((thumb) => thumb.getAttribute('aria-label')?.replace(/^Reference \d+: /, '')),
  );
const expectOrder = (page: Page, ...files: PictureFile[]) =>
  expect.poll(() => names(page)).toEqual(files.map(({ name }) => name));

async function open(page: Page) {
  await page.goto('/edit');
  await expect(page.getByTestId('prompt')).toBeEnabled();
}

async function pick(page: Page, ...files: (PictureFile | string)[]) {
  await page.getByTestId('ref-input').setInputFiles(files as PictureFile[]);
}

/** What the browser keeps under each hash, hashed anew. */
const keptHashes = (page: Page) =>
  page.evaluate(async () => {
    const open = indexedDB.open('turing-playground');
    const database = await new Promise<IDBDatabase>((resolve) => {
      open.onsuccess = () => resolve(open.result);
    });
    const store = database.transaction('pictures').objectStore('pictures');
    const [keys, files] = [store.getAllKeys(), store.getAll()];
    await new Promise((resolve) => {
      store.transaction.oncomplete = resolve;
    });
    database.close();
    const hashes = await Promise.all(
      (files.result as Blob[]).map(async (file) => {
        const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
        return [...new Uint8Array(digest)]
          .map((byte) => byte.toString(16).padStart(2, '0'))
          .join('');
      }),
    );
    return { keys: keys.result, hashes };
  });

/** What is dragged or copied, made in the page. */
const transfer = (page: Page, files: PictureFile[], data: Record<string, string> = {}) =>
  page.evaluateHandle(
    ([list, texts]) => {
      const made = new DataTransfer();
      for (const { name, mimeType, bytes } of list) {
        made.items.add(new File([new Uint8Array(bytes)], name, { type: mimeType }));
      }
      for (const [type, text] of Object.entries(texts)) made.setData(type, text);
      return made;
    },
    [
      files.map(({ name, mimeType, buffer }) => ({ name, mimeType, bytes: [...buffer] })),
      data,
    ] as const,
  );

async function paste(
  target: Locator,
  files: PictureFile[],
  data: Record<string, string> = {},
): Promise<boolean> {
  const clipboardData = await transfer(target.page(), files, data);
  return target.evaluate((element, made) => {
    const options = { clipboardData: made, bubbles: true, cancelable: true };
    return element.dispatchEvent(new ClipboardEvent('paste', options));
  }, clipboardData);
}

test('takes several files at once, in their order, byte for byte, and still has them after a reload', async ({
  page,
}) => {
  await open(page);
  await pick(page, red, green, turned);
  await expectOrder(page, red, green, turned);
  await pick(page, blue);
  await expectOrder(page, red, green, turned, blue);
  const bytes = [red, green, turned, blue].reduce((sum, { buffer }) => sum + buffer.length, 0);
  await expect(page.getByText(`4 / 16 · ${Math.round(bytes / 1000)} kB`)).toBeVisible();
  await page.reload();
  await expectOrder(page, red, green, turned, blue);
  await expect(thumbs(page).first().locator('img')).toHaveJSProperty('complete', true);
  const { keys, hashes } = await keptHashes(page);
  const files = [red, green, turned, blue];
  expect(hashes).toEqual(keys);
  expect([...hashes].sort()).toEqual(files.map(({ buffer }) => sha256(buffer)).sort());
});

test('refuses what cannot be sent, each file with its reason, and keeps the good ones', async ({
  page,
}) => {
  await open(page);
  await pick(page, red, ...Object.values(await badFiles()), green);
  await expectOrder(page, red, green);
  await expect(page.getByTestId('problem')).toHaveCount(8);
  await expect(problem(page, 'empty.png')).toContainText('is empty');
  await expect(problem(page, 'notes.png')).toContainText('is no picture that this page knows');
  await expect(problem(page, 'bomb.png')).toContainText('60000 × 60000');
  await expect(problem(page, 'half.png')).toContainText('damaged, not whole');
  await expect(problem(page, 'start.png')).toContainText('damaged at its start');
  await expect(problem(page, 'photo.heic')).toContainText('HEIC');
  await expect(problem(page, 'photo.heic')).toContainText('Export it as JPEG');
  await expect(problem(page, 'print.tif')).toContainText('Export it as one of them');
  await expect(page.getByRole('button', { name: 'Use it as PNG' })).toHaveCount(1);

  await problem(page, 'web.webp').getByRole('button', { name: 'Use it as PNG' }).click();
  await expect(thumbs(page)).toHaveCount(3);
  expect(await names(page)).toEqual(['red.png', 'green.png', 'web.png']);
  await expect(problem(page, 'web.webp')).toHaveCount(0);

  await problem(page, 'bomb.png')
    .getByRole('button', { name: /^Close/ })
    .click();
  await expect(page.getByTestId('problem')).toHaveCount(6);
  await page.getByRole('button', { name: 'Close all 6 notes' }).click();
  await expect(page.getByTestId('problem')).toHaveCount(0);
});

test('refuses a file over 50 MB, and takes it as JPEG when asked to', async ({ page }) => {
  const path = filePath('heavy.png');
  await writeFile(path, await heavyPng(52_428_801));
  await open(page);
  await pick(page, path);
  await expect(page.getByTestId('problem')).toContainText('52,428,801 bytes');
  await expect(thumbs(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Use it as JPEG' }).click();
  await expect(thumbs(page)).toHaveAccessibleName(/heavy\.jpg$/);
  await thumbs(page).click();
  await expect(page.getByText('60 × 40 · JPEG')).toBeVisible();
  await rm(path);
});

test('says when a file has changed on the disk since it was chosen', async ({ page }) => {
  // While the first is read, the others wait.
  const slow = filePath('slow.png');
  const changed = filePath('changed.png');
  const deleted = filePath('deleted.png');
  await writeFile(slow, await heavyPng(52_000_000));
  await writeFile(changed, red.buffer);
  await writeFile(deleted, blue.buffer);
  await open(page);
  await pick(page, slow, changed, deleted);
  await writeFile(changed, Buffer.concat([green.buffer, Buffer.alloc(99)]));
  await utimes(changed, new Date(), new Date(Date.now() + 60_000));
  await rm(deleted);
  await expect(page.getByTestId('problem')).toHaveCount(2);
  for (const name of ['changed.png', 'deleted.png']) {
    await expect(problem(page, name)).toContainText('after it was chosen. Choose it again.');
  }
  await expect(thumbs(page)).toHaveCount(1);
  for (const path of [slow, changed]) await rm(path);
});

test('takes no more than the model does, and says which are too many for another model', async ({
  browser,
}) => {
  const file = filePath('models.json');
  const few = { id: 'turing/few', extends: 'turing/gpt-image-2', label: { en: 'Few', zh: 'Few' } };
  const references = { max: 2, maxBytes: 5000, formats: ['png', 'jpeg'] };
  await writeFile(file, JSON.stringify([{ ...few, references }]));
  const app = await startApp({ MODELS_FILE: file, DEMO_LATENCY_MS: '50' });
  const page = await browser.newPage({ baseURL: app.url });
  await open(page);
  await pick(page, red, green, blue);
  await expectOrder(page, red, green, blue);
  await page.getByTestId('model').selectOption('turing/few');
  await expect(page.getByText('This model takes at most 2 pictures; too many: 3.')).toBeVisible();
  await expectOrder(page, red, green, blue);
  await pick(page, turned);
  await expect(problem(page, 'turned.jpg')).toContainText('is one too many: 2 pictures are taken');
  await thumbs(page).first().press('Delete');
  await expect(page.getByText('too many: 3')).toHaveCount(0);

  await page.getByTestId('model').selectOption('turing/gpt-image-2');
  await pick(page, { ...red, name: 'heavy.png', buffer: await heavyPng(5001) });
  await expect(thumbs(page)).toHaveCount(3);
  await thumbs(page).nth(2).press('Alt+Home');
  await paint(page);
  await page.getByTestId('model').selectOption('turing/few');
  await expect(page.getByText('Picture 1 has 5,001 bytes; this model takes')).toBeVisible();
  await page.getByRole('button', { name: 'Use it as JPEG' }).click();
  await expect.poll(async () => (await names(page))[0]).toBe('heavy.jpg');
  // The mask fits it as before.
  await expect(thumbs(page).first()).toContainText('mask');
  await expect(page.getByText(/has 5,001 bytes|The mask stays/)).toHaveCount(0);
  await page.close();
  await app.stop();
  await rm(file);
});

test('takes what is dropped anywhere on the page', async ({ page }) => {
  await open(page);
  const overlay = page.getByText('Drop to add as references');
  const dataTransfer = await transfer(page, [red, green]);
  await page.dispatchEvent('header', 'dragenter', { dataTransfer });
  await expect(overlay).toBeVisible();
  await overlay.dispatchEvent('dragenter', { dataTransfer });
  await overlay.dispatchEvent('dragover', { dataTransfer });
  await overlay.dispatchEvent('drop', { dataTransfer });
  await expect(overlay).toBeHidden();
  await expectOrder(page, red, green);
});

test('takes a drop that is quicker than its overlay, and hides that when nothing is dropped', async ({
  page,
}) => {
  await open(page);
  await page.dispatchEvent('main', 'drop', { dataTransfer: await transfer(page, [blue]) });
  await expectOrder(page, blue);
  const overlay = page.getByText('Drop to add as references');
  const dataTransfer = await transfer(page, [red]);
  await page.dispatchEvent('main', 'dragenter', { dataTransfer });
  await expect(overlay).toBeVisible();
  await overlay.dispatchEvent('dragenter', { dataTransfer });
  await overlay.dispatchEvent('dragleave', { dataTransfer });
  await expect(overlay).toBeHidden();
  await page.dispatchEvent('main', 'dragenter', { dataTransfer });
  await expect(overlay).toBeVisible();
  await page.mouse.move(300, 300);
  await expect(overlay).toBeHidden();
  await expectOrder(page, blue);
});

test('says that an address is no file, and leaves text fields their drops', async ({ page }) => {
  await open(page);
  const address = await transfer(page, [], { 'text/uri-list': 'https://example.test/a.png' });
  await page.dispatchEvent('main', 'drop', { dataTransfer: address });
  await expect(page.getByText('That was the address of a picture')).toBeVisible();
  const isLeft = await page.getByTestId('prompt').evaluate((prompt, dataTransfer) => {
    const options = { dataTransfer, bubbles: true, cancelable: true };
    return prompt.dispatchEvent(new DragEvent('drop', options));
  }, address);
  expect(isLeft).toBe(true);
  await pick(page, red);
  await expect(page.getByText('That was the address of a picture')).toHaveCount(0);
});

test('takes what is pasted anywhere, several at once', async ({ page }) => {
  await open(page);
  await paste(page.locator('body'), [red, green]);
  await expectOrder(page, red, green);
  await paste(page.getByTestId('prompt'), [blue]);
  await expectOrder(page, red, green, blue);
  // Copied text that brings a picture of itself along is text, where text can be typed.
  expect(await paste(page.getByTestId('prompt'), [turned], { 'text/plain': 'Q1 Q2' })).toBe(true);
  expect(await paste(page.getByTestId('prompt'), [], { 'text/plain': 'a cat' })).toBe(true);
  await expect(page.getByText('There is no picture on the clipboard')).toHaveCount(0);
  await paste(page.locator('body'), [], { 'text/plain': 'a cat' });
  await expect(page.getByText('There is no picture on the clipboard')).toBeVisible();
  await expectOrder(page, red, green, blue);
});

test('takes a picture from the real clipboard', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await page.evaluate(
    async (bytes) => {
      const png = new Blob([new Uint8Array(bytes)], { type: 'image/png' });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
    },
    [...red.buffer],
  );
  await page.getByTestId('prompt').focus();
  await page.keyboard.press('Control+v');
  await expect(thumbs(page)).toHaveCount(1);
  await expect(page.getByTestId('prompt')).toHaveValue('');
});

test('is put in order with the mouse', async ({ page }) => {
  await open(page);
  await pick(page, red, green, blue);
  await expectOrder(page, red, green, blue);
  await drag(page, 0, 2);
  await expectOrder(page, green, blue, red);
  await drag(page, 1, 0);
  await expectOrder(page, blue, green, red);
  // What ends a drag chooses nothing; a click does.
  await expect(page.getByRole('region', { name: /^Reference \d/ })).toHaveCount(0);
  await thumbs(page).nth(1).click();
  await expect(page.getByRole('region', { name: 'Reference 2' })).toContainText('green.png');
});

test('is left as it was when Escape ends a drag', async ({ page }) => {
  await open(page);
  await pick(page, red, green);
  await expectOrder(page, red, green);
  await drag(page, 0, 1, () => page.keyboard.press('Escape'));
  await expectOrder(page, red, green);
});

test('is put in order with the keyboard alone, which says where a picture went', async ({
  page,
}) => {
  await open(page);
  await pick(page, red, green, blue);
  await expectOrder(page, red, green, blue);
  await thumbs(page).first().focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expectOrder(page, green, red, blue);
  await expect(page.getByText('red.png is now number 2 of 3.')).toBeAttached();
  await expect(thumbs(page).nth(1)).toBeFocused();
  await page.keyboard.press('Alt+End');
  await expectOrder(page, green, blue, red);
  await expect(thumbs(page).nth(2)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(thumbs(page).nth(1)).toBeFocused();
  await page.keyboard.press('Delete');
  await expectOrder(page, green, red);
  await expect(thumbs(page).nth(1)).toBeFocused();
  await page.keyboard.press('Delete');
  await page.keyboard.press('Delete');
  await expect(thumbs(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Add pictures' })).toBeFocused();
});

test('is moved, replaced and removed by buttons, and comes back', async ({ page }) => {
  await open(page);
  await pick(page, red, green);
  await expectOrder(page, red, green);
  await thumbs(page).nth(1).click();
  const details = page.getByRole('region', { name: /^Reference \d/ });
  await details.getByRole('button', { name: 'Move one place forward' }).click();
  await expectOrder(page, green, red);
  await page.getByTestId('ref-replace').setInputFiles(blue);
  await expectOrder(page, blue, red);
  await undo(page).click();
  await expectOrder(page, green, red);
  await expect(thumbs(page).first()).toBeFocused();
  await thumbs(page).nth(1).hover();
  await page.getByRole('button', { name: 'Remove red.png' }).click();
  await expectOrder(page, green);
  await thumbs(page).first().press('Delete');
  await expect(page.getByText('Removed: green.png')).toBeVisible();
  await undo(page).click();
  await undo(page).click();
  await expectOrder(page, green, red);
});

test('says what becomes of the mask of the first picture', async ({ page }) => {
  await open(page);
  await pick(page, red, green);
  await expectOrder(page, red, green);
  const surface = page.getByTestId('mask-surface');
  await expect(surface).toBeVisible();
  await drag(page, 0, 1);
  await expectOrder(page, green, red);
  await expect(page.getByText(/mask stays|mask went/)).toHaveCount(0);

  await paint(page);
  await drag(page, 0, 1);
  await expect(page.getByText('The mask stays with its picture, which is number 2')).toBeVisible();
  await drag(page, 1, 0);
  await expect(page.getByText('The mask stays')).toHaveCount(0);
});

test('shows a JPEG upright that is stored on its side, and says what is sent', async ({ page }) => {
  await open(page);
  await pick(page, turned);
  await expect(page.getByText('Picture 1 is stored on its side (EXIF)')).toBeVisible();
  const image = thumbs(page).locator('img');
  await expect
    .poll(() => image.evaluate((img: HTMLImageElement) => [img.naturalWidth, img.naturalHeight]))
    .toEqual([40, 60]);
  await thumbs(page).click();
  await expect(page.getByText('40 × 60 · JPEG')).toBeVisible();
  expect((await keptHashes(page)).hashes).toEqual([sha256(turned.buffer)]);
});

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
    await expect(tab.getByText('This draft is open in another tab, too.')).toBeVisible();
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
  await expect(duplicate.getByText('This draft is open in another tab, too.')).toBeVisible();
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
  await expect(page.getByText('number 1 can be used until this page is left')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Picture 1 (red.png) is not kept in this browser')).toBeVisible();
});

for (const [theme, locale] of [
  ['light', 'en'],
  ['dark', 'zh'],
] as const) {
  test(`axe finds nothing, and nothing hangs over: ${theme}, ${locale}`, async ({
    page,
    context,
    baseURL,
  }) => {
    await context.addCookies([
      { name: 'theme', value: theme, url: baseURL ?? '' },
      { name: 'locale', value: locale, url: baseURL ?? '' },
    ]);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page);
    const { 'photo.heic': heic, 'web.webp': webp, 'bomb.png': bomb } = await badFiles();
    await pick(page, turned, red, ...([heic, webp, bomb] as PictureFile[]));
    await expect(thumbs(page)).toHaveCount(2);
    await expect(page.getByTestId('problem')).toHaveCount(3);
    await thumbs(page).nth(1).press('Delete');
    await thumbs(page).first().click();
    const panel = new AxeBuilder({ page }).include('[data-param=image]');
    expect((await panel.analyze()).violations).toEqual([]);
    for (const width of [320, 390, 1024]) {
      await page.setViewportSize({ width, height: 844 });
      const overhanging = page
        .locator('[data-param=image] *')
        .evaluateAll((all) =>
          all
            .filter((element) => element.getBoundingClientRect().right > window.innerWidth)
            .map(({ outerHTML }) => outerHTML.slice(0, 200)),
        );
      expect(await overhanging).toEqual([]);
    }
  });
}

test.describe('on a touch screen', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('is put in order by a finger that rests first; one that swipes scrolls', async ({
    page,
  }) => {
    await open(page);
    await pick(page, red, green, blue);
    await expectOrder(page, red, green, blue);
    const first = await middle(thumbs(page).first());
    await touchDrag(page, first, await middle(thumbs(page).nth(2)), () =>
      expect(page.locator('li.cursor-grabbing')).toHaveCount(1),
    );
    await expectOrder(page, green, blue, red);
    const before = await page.evaluate(() => scrollY);
    const { x, y } = await middle(thumbs(page).first());
    await touchDrag(page, { x, y }, { x, y: y - 150 });
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before);
    await expectOrder(page, green, blue, red);
    await thumbs(page).first().tap();
    await expect(page.getByRole('region', { name: 'Reference 1' })).toContainText('green.png');
  });
});

/** The masks of a tab's draft. */
const maskIds = (page: Page) =>
  page.evaluate(() => sessionStorage.getItem('draft:edit-references')?.match(/"maskId":"[^"]+"/g));

/** Paints a stroke on the mask of the first picture. */
async function paint(page: Page) {
  const surface = page.getByTestId('mask-surface');
  await expect(surface).toBeVisible();
  const box = await surface.boundingBox();
  if (!box) throw new Error('There is nothing to paint on.');
  await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(thumbs(page).first()).toContainText('mask');
}

interface Point {
  x: number;
  y: number;
}

async function middle(thumb: Locator): Promise<Point> {
  await thumb.scrollIntoViewIfNeeded();
  const box = await thumb.boundingBox();
  if (!box) throw new Error('There is no such thumbnail.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(page: Page, from: number, to: number, before = async () => {}) {
  const start = await middle(thumbs(page).nth(from));
  const end = await middle(thumbs(page).nth(to));
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 5 });
  await before();
  await page.mouse.up();
}

/** A finger that goes from one thumbnail to another; at once, or after it has rested. */
async function touchDrag(page: Page, start: Point, end: Point, rest = async () => {}) {
  const browser = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', point?: Point) =>
    browser.send('Input.dispatchTouchEvent', { type, touchPoints: point ? [point] : [] });
  await touch('touchStart', start);
  await rest();
  for (let step = 1; step <= 5; step++) {
    const part = step / 5;
    const x = start.x + (end.x - start.x) * part;
    await touch('touchMove', { x, y: start.y + (end.y - start.y) * part });
  }
  await touch('touchEnd');
}
