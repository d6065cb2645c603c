import { expect, type Page, test } from '@playwright/test';
import { violations } from './axe';
import { openChat } from './chat-page';
import { drawOn } from './edit-page';
import { openPicture, share, undoOf } from './mask-page';

// From a picture back to what it was made of and asked for, across pages.

const viewerOf = (page: Page) => page.getByRole('dialog', { name: 'Picture viewer' });
const openNewest = async (page: Page) => {
  await page
    .getByRole('button', { name: /^View large/ })
    .first()
    .click();
  // Its code may be on the way, and no key is for it until then.
  await expect(viewerOf(page)).toBeVisible();
};

test('a picture knows what it was made of, and what was made of it', async ({ page }) => {
  await page.goto('/');
  const prompt = page.getByTestId('prompt');
  await prompt.fill('a red bear at dawn');
  await page.getByTestId('submit').click();
  const picture = page.getByTestId('result-image');
  await expect(picture).toHaveCount(1);
  await openNewest(page);
  await viewerOf(page).getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(page).toHaveURL(/\/edit$/);
  await expect(page.getByTestId('ref-thumb')).toHaveCount(1);
  await prompt.fill('a blue bear at dawn');
  await page.getByTestId('submit').click();
  await expect(picture).toHaveCount(1);

  await openNewest(page);
  await page.keyboard.press('i');
  const details = viewerOf(page).getByRole('complementary', { name: 'Details' });
  await expect(details).toContainText('How it was made');
  await expect(details.locator('del')).toHaveText('red');
  await expect(details.locator('ins')).toHaveText('blue');
  expect(await violations(page)).toEqual([]);
  await details.getByRole('button', { name: 'Show: a red bear at dawn' }).click();
  await expect(page).toHaveURL(/\/$/);
  await openNewest(page);
  await page.keyboard.press('i');
  await expect(details).toContainText('Made of it');
  await expect(details.locator('ins')).toHaveText('blue');
});

test('what was asked for goes back to its page, and what stood there can be restored', async ({
  page,
}) => {
  await page.goto('/');
  const prompt = page.getByTestId('prompt');
  await prompt.fill('a lighthouse');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('result-image')).toHaveCount(1);
  await prompt.fill('something else');
  await openNewest(page);
  // The only one needs no number.
  await expect(viewerOf(page)).not.toContainText('position');
  const use = viewerOf(page).getByRole('button', { name: 'Use these settings' });
  await use.click();
  await expect(prompt).toHaveValue('a lighthouse');
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(prompt).toHaveValue('something else');
  await openNewest(page);
  await viewerOf(page).getByRole('button', { name: 'Run again' }).click();
  await expect(viewerOf(page)).toBeHidden();
  await expect(page.getByTestId('run-card')).toHaveCount(2);

  const chat = await openChat(page);
  await chat.ask('A harbour at dusk');
  await chat.composer.fill('a draft that stays');
  await openNewest(page);
  await use.click();
  await expect(chat.composer).toHaveValue('A harbour at dusk');
  await chat.conversations.filter({ hasText: 'A harbour at dusk' }).click();
  await expect(chat.composer).toHaveValue('a draft that stays');
});

test('a masked edit goes from the Gallery to its page, with picture and mask', async ({ page }) => {
  const surface = await openPicture(page, '');
  await drawOn(surface, [
    [0.2, 0.3],
    [0.6, 0.5],
  ]);
  const nothing = 'nothing painted';
  await expect(share(page)).not.toHaveText(nothing);
  const prompt = page.getByTestId('prompt');
  await prompt.fill('a golden rim');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('result-image')).toHaveCount(1);
  await undoOf(page).click();
  await expect(share(page)).toHaveText(nothing);
  await prompt.fill('something else');
  await page.goto('/gallery');
  await page.getByRole('option', { name: /^a golden rim/ }).click();
  await viewerOf(page).getByRole('button', { name: 'Use these settings' }).click();
  await expect(page).toHaveURL(/\/edit$/);
  await expect(prompt).toHaveValue('a golden rim');
  await expect(share(page)).not.toHaveText(nothing);
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(prompt).toHaveValue('something else');
});
