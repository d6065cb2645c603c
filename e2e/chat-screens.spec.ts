import { violationsInBothThemes } from './axe';
import { openChat } from './chat-page';
import { expect, test } from './studio';
import { overhang } from './window-measures';

// Every state of the Chat page by axe, in both themes; and every width of a screen.

test('axe finds nothing in any state of a conversation, light or dark', async ({
  page,
  servers,
}) => {
  test.slow();
  const chat = await openChat(page, servers.app.url);
  expect(await violationsInBothThemes(page)).toEqual([]);
  await chat.composer.press('Enter');
  await expect(chat.problems).toBeVisible();
  await chat.ask('axe fault:chat-images');
  await chat.ask('axe fault:chat-hostile');
  await chat.ask('axe fault:chat-junk');
  await chat.ask('axe fault:server-error');
  await chat.say('axe fault:rate-limit');
  await expect(page.getByRole('timer')).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.getByTestId('stop').click();
  await chat.idle();
  await chat.last.getByRole('button', { name: /^Ask for another answer$/ }).click();
  await page.getByTestId('stop').click();
  await chat.idle();
  await page.locator('[aria-expanded]').click();
  await chat.messages.first().locator('button').first().click();
  await expect(page.locator('[data-editor]')).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('button[aria-haspopup=dialog]').click();
  await page.locator('dialog[open] [role=listbox] [role=option]').first().click();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await page.setViewportSize({ width: 390, height: 844 });
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page
    .getByTestId('composer')
    .locator('xpath=../..')
    .locator('button:has(> .sr-only)')
    .click();
  await expect(page.locator('dialog[open]')).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
});

for (const width of [320, 390, 1024]) {
  test(`a conversation fits a screen ${width} wide`, async ({ page, servers }) => {
    await page.setViewportSize({ width, height: 760 });
    const chat = await openChat(page, servers.app.url);
    expect(await overhang(page)).toEqual([0, 0]);
    await chat.ask(`${'n'.repeat(160)} fault:chat-images`);
    await chat.ask('fault:chat-hostile');
    // Only what was said scrolls, not the page.
    expect(await overhang(page)).toEqual([0, 0]);
    const inside = page.getByRole('main').evaluate((main) => main.scrollHeight - main.clientHeight);
    expect(await inside).toBe(0);
    await chat.ask('fault:server-error');
    await chat.say('fault:rate-limit');
    await expect(page.getByRole('timer')).toBeVisible();
    expect(await overhang(page)).toEqual([0, 0]);
    await page.getByTestId('stop').click();
    await chat.idle();
    // The composer is in view, whole, with the newest of what was said above it.
    await expect(page.getByTestId('send')).toBeInViewport({ ratio: 1 });
    await expect(chat.last).toBeInViewport();
    await page.getByRole('button', { name: /^Change settings/ }).click();
    const sheet = page.locator('dialog[open]');
    await expect(sheet.getByTestId('model')).toBeVisible();
    expect(await overhang(page)).toEqual([0, 0]);
    await page.keyboard.press('Escape');
    if (width >= 860) return;
    await page.getByRole('button', { name: 'Show conversations' }).click();
    await expect(sheet.getByTestId('conversation')).toHaveCount(1);
    expect(await overhang(page)).toEqual([0, 0]);
  });
}
