import { expect, test } from '@playwright/test';
import { sha256 } from './reference-pictures';
import {
  blue,
  drag,
  expectOrder,
  green,
  keptHashes,
  open,
  paint,
  pick,
  red,
  thumbs,
  turned,
  undo,
} from './references-page';

// The first reference: its mask, and which way up it is.

test('says what becomes of the mask of the first picture', async ({ page }) => {
  await open(page);
  await pick(page, red, green);
  await expectOrder(page, red, green);
  const surface = page.getByTestId('mask-surface');
  await expect(surface).toBeVisible();
  await drag(page, 0, 1);
  await expectOrder(page, green, red);
  await expect(page.getByText(/mask stays|mask was removed/)).toHaveCount(0);

  await paint(page);
  await drag(page, 0, 1);
  await expect(
    page.getByText('The mask stays with its picture, which is now number 2'),
  ).toBeVisible();
  await drag(page, 1, 0);
  await expect(page.getByText('The mask stays')).toHaveCount(0);
  // It is open again.
  await expect(page.getByText('The mask covers everything')).toBeVisible();

  await thumbs(page).first().press('Delete');
  await expect(
    page.getByText('The mask was removed with its picture. Undo restores both'),
  ).toBeVisible();
  await undo(page).click();
  await expect(thumbs(page).first()).toContainText('mask');
  await expect(page.getByText('The mask was removed')).toHaveCount(0);
  // Put back and taken off again, before it can be known what is on its mask.
  for (const frames of [0, 2, 4, 6, 8, 10]) {
    await thumbs(page).first().press('Delete');
    await expect(page.getByText('The mask was removed')).toBeVisible();
    await undo(page).evaluate(async (button: HTMLElement, wait) => {
      const first = () => document.querySelector<HTMLElement>('[data-testid=ref-thumb]');
      const green = first()?.ariaLabel;
      button.click();
      while (first()?.ariaLabel === green) await new Promise(requestAnimationFrame);
      for (let frame = 0; frame < wait; frame++) await new Promise(requestAnimationFrame);
      const key = { key: 'Delete', bubbles: true, cancelable: true };
      first()?.dispatchEvent(new KeyboardEvent('keydown', key));
    }, frames);
    await expect(thumbs(page)).toHaveCount(1);
    await expect(page.getByText('The mask was removed')).toBeVisible();
    await undo(page).click();
    await expect(thumbs(page).first()).toContainText('mask');
  }
  await thumbs(page).first().click();
  await page.getByTestId('ref-replace').setInputFiles(blue);
  await expect(page.getByText('The mask stays with the replaced picture.')).toBeVisible();
  await undo(page).click();
  await expect(thumbs(page).first()).toContainText('mask');
});

test('says that the next picture has a mask of its own, also if that was painted before a reload', async ({
  page,
}) => {
  await open(page);
  await pick(page, red, green);
  await expectOrder(page, red, green);
  await paint(page);
  await thumbs(page).nth(1).press('Alt+Home');
  await expectOrder(page, green, red);
  await paint(page);
  await page.reload();
  await expect(thumbs(page).first()).toContainText('mask');
  await thumbs(page).first().press('Delete');
  await expect(page.getByText('The mask was removed with its picture')).toContainText(
    'Picture 1 has its own mask, which is now used.',
  );
});

test('shows a JPEG upright that is stored on its side, and says what is sent', async ({ page }) => {
  await open(page);
  await pick(page, turned);
  await expect(page.getByText('Picture 1 is stored rotated (EXIF)')).toBeVisible();
  const image = thumbs(page).locator('img');
  await expect
    .poll(() => image.evaluate((img: HTMLImageElement) => [img.naturalWidth, img.naturalHeight]))
    .toEqual([40, 60]);
  await thumbs(page).click();
  await expect(page.getByText('40 × 60 · JPEG')).toBeVisible();
  expect((await keptHashes(page)).hashes).toEqual([sha256(turned.buffer)]);
});
