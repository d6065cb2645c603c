import { rm, utimes, writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { startApp } from './app-server';
import { badFiles, filePath, heavyPng, sha256 } from './reference-pictures';
import {
  blue,
  expectOrder,
  green,
  keptHashes,
  middle,
  names,
  open,
  paint,
  pick,
  problem,
  red,
  thumbs,
  transfer,
  turned,
} from './references-page';

// Which files are taken as references, and why some are not.

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
  await expect(problem(page, 'notes.png')).toContainText('is not a supported picture');
  await expect(problem(page, 'bomb.png')).toContainText('60000 × 60000');
  await expect(problem(page, 'half.png')).toContainText('damaged, incomplete');
  await expect(problem(page, 'start.png')).toContainText('a damaged header');
  await expect(problem(page, 'photo.heic')).toContainText('HEIC');
  await expect(problem(page, 'photo.heic')).toContainText('Export it as JPEG');
  await expect(problem(page, 'print.tif')).toContainText('Export it as one of these');
  await expect(page.getByRole('button', { name: 'Use as PNG' })).toHaveCount(1);

  await problem(page, 'web.webp').getByRole('button', { name: 'Use as PNG' }).click();
  await expect(thumbs(page)).toHaveCount(3);
  expect(await names(page)).toEqual(['red.png', 'green.png', 'web.png']);
  await expect(problem(page, 'web.webp')).toHaveCount(0);

  await problem(page, 'bomb.png')
    .getByRole('button', { name: /^Close/ })
    .click();
  await expect(page.getByTestId('problem')).toHaveCount(6);
  await page.getByRole('button', { name: 'Close all 6 messages' }).click();
  await expect(page.getByTestId('problem')).toHaveCount(0);
});

test('what is pasted or dropped while a sheet is open, or by the middle button, goes nowhere', async ({
  page,
}) => {
  await open(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  const files = await transfer(page, [red]);
  const bring = () =>
    page.evaluate((data) => {
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    }, files);
  await bring();
  await page.keyboard.press('Escape');
  // What came before would be there before what comes now.
  await pick(page, green);
  await expectOrder(page, green);

  // On Linux, the middle button pastes what is selected.
  await page.getByTestId('prompt').fill('selected');
  await page.getByTestId('prompt').selectText();
  const surface = page.getByTestId('mask-surface');
  const { x, y } = await middle(surface);
  await page.mouse.move(x, y);
  await page.mouse.down({ button: 'middle' });
  await page.mouse.move(x + 20, y + 20);
  await page.mouse.up({ button: 'middle' });
  await page.getByText('References', { exact: true }).first().click({ button: 'middle' });
  await expect(page.getByTestId('prompt')).toHaveValue('selected');
  await expect(page.getByText('There is no picture on the clipboard')).toHaveCount(0);
});

test('a refusal does not outlive its page', async ({ page }) => {
  await open(page);
  await pick(page, { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('Not one.') });
  await expect(problem(page, 'notes.png')).toBeVisible();
  await page.getByRole('link', { name: 'Generate', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'What do you want to make?' })).toBeVisible();
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await expect(page.getByTestId('ref-input')).toBeAttached();
  await expect(page.getByTestId('problem')).toHaveCount(0);
});

test('refuses a file over 50 MB, and takes it as JPEG when asked to', async ({ page }) => {
  const path = filePath('heavy.png');
  await writeFile(path, await heavyPng(52_428_801));
  await open(page);
  await pick(page, path);
  await expect(page.getByTestId('problem')).toContainText('52,428,801 bytes');
  await expect(thumbs(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Use as JPEG' }).click();
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
    await expect(problem(page, name)).toContainText('after you chose it. Choose it again.');
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
  await expect(page.getByText('This model accepts at most 2 pictures; too many: 3.')).toBeVisible();
  await expectOrder(page, red, green, blue);
  await pick(page, turned);
  await expect(problem(page, 'turned.jpg')).toContainText(
    'is one too many: the limit is 2 pictures',
  );
  await thumbs(page).first().press('Delete');
  await expect(page.getByText('too many: 3')).toHaveCount(0);

  await page.getByTestId('model').selectOption('turing/gpt-image-2');
  await pick(page, { ...red, name: 'heavy.png', buffer: await heavyPng(5001) });
  await expect(thumbs(page)).toHaveCount(3);
  await thumbs(page).nth(2).press('Alt+Home');
  await paint(page);
  await page.getByTestId('model').selectOption('turing/few');
  await expect(page.getByText('Picture 1 has 5,001 bytes; this model accepts')).toBeVisible();
  await page.getByRole('button', { name: 'Use as JPEG' }).click();
  await expect.poll(async () => (await names(page))[0]).toBe('heavy.jpg');
  // The mask fits it as before.
  await expect(thumbs(page).first()).toContainText('mask');
  await expect(page.getByText(/has 5,001 bytes|The mask stays/)).toHaveCount(0);
  await page.close();
  await app.stop();
  await rm(file);
});
