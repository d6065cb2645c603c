import type { Page } from '@playwright/test';
import { seedRuns } from './gallery-seed';
import { expect, test } from './studio';

// What is removed stays in Trash until it is emptied, and is gone then.

const tiles = (page: Page) => page.locator('[data-tile]');
const tile = (page: Page, name: string) => page.getByRole('option', { name });

test('Trash is emptied at the second click, and says what stays in it', async ({
  page,
  studio,
}) => {
  await seedRuns(page, [
    { prompt: 'A blue vase 0', age: 0 },
    { prompt: '青花瓷花瓶 1', age: 200 },
    { prompt: 'needed', isAnswer: true, age: 1 },
  ]);
  await page.goto(`${studio.app.url}/gallery`);
  await tile(page, 'A blue vase 0').focus();
  await page.keyboard.press('Delete');
  await expect(tiles(page)).toHaveCount(2);
  await tile(page, 'needed').focus();
  await page.keyboard.press('Delete');
  await expect(tiles(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Space' }).click();
  const sheet = page.getByRole('dialog');
  // The second click of a double click deletes nothing.
  await sheet.getByRole('button', { name: 'Empty Trash (1)' }).dblclick();
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await sheet.getByRole('button', { name: 'Empty Trash (1)' }).click();
  await expect(sheet.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('button', { name: 'Empty Trash (1)' })).toBeFocused();
  await page.keyboard.press('Enter');
  await sheet.getByRole('button', { name: 'Delete all in Trash for good' }).click();
  const nothing = sheet.getByRole('button', { name: 'Empty Trash (0)' });
  await expect(nothing).toBeFocused();
  await expect(nothing).toHaveAttribute('title', 'Trash has nothing that can be deleted.');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Trash' }).click();
  await expect(tile(page, 'needed')).toBeVisible();
  await expect(page.getByText('for 30 days. 1 is only hidden: its conversation')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Empty Trash' })).toHaveCount(0);
});

test('what is gone from Trash for good is offered by no card, in no tab', async ({
  page,
  context,
  studio,
}) => {
  await studio.run('a vase');
  await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
  const other = await context.newPage();
  await other.goto(studio.app.url);
  await expect(other.getByTestId('run-card')).toHaveCount(1);
  await page.getByRole('button', { name: 'Delete this picture' }).click();
  for (const tab of [page, other]) {
    await expect(tab.getByRole('button', { name: 'Undo' })).toBeVisible();
  }
  await page.getByRole('link', { name: 'Gallery' }).click();
  await page.getByRole('button', { name: 'Trash' }).click();
  await page.getByRole('button', { name: 'Empty Trash' }).click();
  await page.getByRole('button', { name: 'Delete all in Trash for good' }).click();
  await expect(page.getByRole('heading', { name: 'Trash is empty' })).toBeVisible();
  await page.getByRole('link', { name: 'Generate', exact: true }).click();
  for (const tab of [page, other]) {
    await expect(tab.getByTestId('submit')).toBeEnabled();
    await expect(tab.getByTestId('run-card')).toHaveCount(0);
    await expect(tab.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  }
});
