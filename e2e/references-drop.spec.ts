import { expect, type Locator, type Page, test } from '@playwright/test';
import type { PictureFile } from './reference-pictures';
import {
  blue,
  expectOrder,
  green,
  names,
  open,
  pick,
  red,
  thumbs,
  transfer,
  turned,
} from './references-page';

// References that are dropped or pasted anywhere.

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

test('takes what is dropped anywhere on the page, and nothing else', async ({ page }) => {
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

  // A drop that is quicker than its overlay, and an overlay without a drop.
  await page.dispatchEvent('main', 'drop', { dataTransfer: await transfer(page, [blue]) });
  await expectOrder(page, red, green, blue);
  const another = await transfer(page, [turned]);
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: another });
  await expect(overlay).toBeVisible();
  await overlay.dispatchEvent('dragenter', { dataTransfer: another });
  await overlay.dispatchEvent('dragleave', { dataTransfer: another });
  await expect(overlay).toBeHidden();
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: another });
  await expect(overlay).toBeVisible();
  await page.mouse.move(300, 300);
  await expect(overlay).toBeHidden();
  await expectOrder(page, red, green, blue);

  // An address is no file, and text fields are left their drops.
  const address = await transfer(page, [], { 'text/uri-list': 'https://example.test/a.png' });
  await page.dispatchEvent('main', 'drop', { dataTransfer: address });
  await expect(page.getByText('This is a link to a picture')).toBeVisible();
  const isLeft = await page.getByTestId('prompt').evaluate((prompt, dropped) => {
    const options = { dataTransfer: dropped, bubbles: true, cancelable: true };
    return prompt.dispatchEvent(new DragEvent('drop', options));
  }, address);
  expect(isLeft).toBe(true);
  await pick(page, turned);
  await expect(page.getByText('This is a link to a picture')).toHaveCount(0);
  await expectOrder(page, red, green, blue, turned);
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

test('takes results of the playground, dragged from their cards and from Recent on every page', async ({
  page,
}) => {
  // On the page that sends no pictures: what is to become of it?
  await page.goto('/');
  await page.getByTestId('prompt').fill('a red boat');
  await page.getByTestId('submit').click();
  const result = page.getByTestId('result-image');
  await expect(result).toHaveCount(1);
  const choice = page.getByRole('dialog');
  await drag(page, result, page.getByRole('banner'));
  await expect(choice).toContainText('What do you want to do with this picture?');
  await choice.getByRole('button', { name: 'Edit it' }).click();
  await expect(page).toHaveURL(/\/edit$/);
  await expect(thumbs(page)).toHaveCount(1);

  await page.goto('/');
  await drag(page, page.getByTestId('recent-item').locator('canvas'), page.getByTestId('prompt'));
  await choice.getByRole('button', { name: 'Ask about it' }).click();
  await expect(page).toHaveURL(/\/chat$/);
  await expect(thumbs(page)).toHaveCount(1);

  // The Edit page takes its own results as further references, and what was made elsewhere.
  await open(page);
  await page.getByTestId('prompt').fill('in a storm');
  await page.getByTestId('submit').click();
  await drag(page, result, page.getByRole('banner'));
  await expect(thumbs(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Add earlier pictures' }).click();
  await choice.getByRole('option', { name: /red boat/ }).click();
  await choice.getByRole('button', { name: 'Add 1 picture' }).click();
  await expect(thumbs(page)).toHaveCount(3);

  // Files come the same way; links are explained.
  await page.goto('/');
  await expect(page.getByTestId('submit')).toBeEnabled();
  await paste(page.locator('body'), [red, green]);
  await expect(choice).toContainText('these 2 pictures');
  await choice.getByRole('button', { name: 'Edit it' }).click();
  await expect.poll(async () => (await names(page)).slice(0, 2)).toEqual([red.name, green.name]);
  await page.goto('/');
  await expect(page.getByTestId('submit')).toBeEnabled();
  const address = await transfer(page, [], { 'text/uri-list': 'https://example.test/a.png' });
  await page.dispatchEvent('main', 'drop', { dataTransfer: address });
  await expect(choice).toContainText('This is a link to a picture');
});

/** Drags with the mouse, by way of the page that covers itself as soon as something is dragged. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.hover();
  await page.mouse.down();
  const box = await to.boundingBox();
  if (!box) throw new Error('It is not shown.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x - 20, y, { steps: 4 });
  await expect(page.getByText(/^Drop to/)).toBeVisible();
  await page.mouse.move(x, y, { steps: 2 });
  await page.mouse.up();
}
