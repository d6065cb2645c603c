import type { MaskOperation } from '@/lib/core/mask/operations';
import { drawOn } from './edit-page';
import { differingPixels, downloadMask, expectedMask } from './mask-file';
import { openPicture, setSize, small, undoOf, unfold } from './mask-page';
import { expect, test } from './studio';

// The mask painter by keys.

test('a mask is made by keys alone, and its edges are moved as the preview shows', async ({
  page,
  studio,
}) => {
  await openPicture(page, studio.app.url);
  const summary = page.locator('summary', { hasText: 'Rectangle by numbers' });
  await summary.press('Enter');
  for (const [name, value] of Object.entries({ Left: 100, Top: 80, Width: 60, Height: 50 })) {
    await page.getByRole('spinbutton', { name, exact: true }).fill(String(value));
  }
  await page.getByRole('button', { name: 'Paint', exact: true }).press('Enter');
  const area = { left: 100, top: 80, width: 60, height: 50 };
  const rectangle: MaskOperation = { kind: 'rectangle', mode: 'add', area };
  expect(differingPixels(await downloadMask(page), expectedMask(small, [rectangle]))).toBe(0);
  await page.getByRole('spinbutton', { name: 'Left', exact: true }).fill('300');
  await expect(page.getByText('which is 320 wide and 240 high')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Paint', exact: true })).toBeDisabled();

  await unfold(page, 'Grow, shrink, feather');
  await page.getByRole('spinbutton', { name: 'Number of pixels' }).fill('9');
  await expect(page.getByText('The picture shows a preview')).toBeVisible();
  const grown = expectedMask(small, [rectangle, { kind: 'grow', pixels: 9 }]);
  await expect(page.getByText('The mask is sent as shown.')).toBeVisible();
  // What is on the screen is what goes out, applied or not.
  expect(differingPixels(await downloadMask(page), grown)).toBe(0);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  expect(differingPixels(await downloadMask(page), expectedMask(small, [rectangle]))).toBe(0);
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  expect(differingPixels(await downloadMask(page), grown)).toBe(0);
  await undoOf(page).click();
  expect(differingPixels(await downloadMask(page), expectedMask(small, [rectangle]))).toBe(0);
});

test('its keys are silent while somebody types, and stand in the sheet', async ({
  page,
  studio,
}) => {
  const surface = await openPicture(page, studio.app.url);
  const tool = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });
  await page.keyboard.press('e');
  await expect(tool('Erase')).toHaveAttribute('aria-pressed', 'true');
  await studio.prompt.fill('');
  await studio.prompt.pressSequentially('blue lrx[]01');
  await expect(studio.prompt).toHaveValue('blue lrx[]01');
  await expect(tool('Erase')).toHaveAttribute('aria-pressed', 'true');
  await drawOn(surface, [
    [0.2, 0.5],
    [0.8, 0.5],
  ]);
  const size = page.getByRole('spinbutton', { name: 'Size', exact: true });
  await setSize(page, 100);
  await surface.click();
  await page.keyboard.press(']');
  await expect(size).toHaveValue('125');
  await page.keyboard.press('[');
  await page.keyboard.press('[');
  await expect(size).toHaveValue('90');
  await page.keyboard.press('x');
  await expect(tool('Brush')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Swap brush and eraser');
});
