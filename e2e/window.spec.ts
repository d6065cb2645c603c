import { expect, type Page, test } from '@playwright/test';
import { open, pick, red } from './references-page';

// The page in its window: it never scrolls as a whole, and Back leaves one thing at a time.

const beyond = (page: Page) =>
  page.evaluate(() => {
    const { scrollHeight, scrollWidth } = document.documentElement;
    return [scrollWidth - window.innerWidth, scrollHeight - window.innerHeight];
  });

for (const [width, height] of [
  [1440, 900],
  [1280, 720],
  [900, 600],
] as const) {
  test(`no page is larger than a window of ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    expect(await beyond(page)).toEqual([0, 0]);
    await pick(page, red);
    await expect(page.getByTestId('ref-thumb')).toHaveCount(1);
    await expect(page.getByTestId('mask-surface')).toBeVisible();
    expect(await beyond(page)).toEqual([0, 0]);
    for (const summary of await page.locator('main summary').all()) await summary.click();
    expect(await beyond(page)).toEqual([0, 0]);
    // The wheel past the end of the form leaves the bar where it is.
    await page.mouse.move(150, height / 2);
    await page.mouse.wheel(0, 10_000);
    await page.mouse.wheel(0, 10_000);
    await expect(page.getByRole('banner')).toBeInViewport({ ratio: 1 });

    for (const address of ['/', '/chat']) {
      await page.goto(address);
      await expect(page.getByRole('textbox').first()).toBeEnabled();
      for (const summary of await page.locator('main summary').all()) await summary.click();
      expect(await beyond(page)).toEqual([0, 0]);
    }
  });
}

test('Back closes what is open over a page, and leaves the page once it is closed', async ({
  page,
}) => {
  await page.goto('/chat');
  await expect(page.getByTestId('composer')).toBeEnabled();
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await expect(page.getByTestId('prompt')).toBeEnabled();
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  const open = async () => {
    await page.getByRole('main').press('?');
    await expect(sheet).toBeVisible();
  };
  await open();
  await page.goBack();
  await expect(sheet).toBeHidden();
  await expect(page).toHaveURL('/edit');
  // Closed by a key, it takes no step of its own.
  await open();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.goBack();
  await expect(page).toHaveURL('/chat');
  // What was left with an open dialog comes back without one, and Back goes on from there.
  await page.goForward();
  await expect(page).toHaveURL('/edit');
  await expect(page.getByTestId('prompt')).toBeEnabled();
  await open();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Generate', exact: true }).click();
  await expect(page).toHaveURL('/');
  await expect(page.getByTestId('prompt')).toBeEnabled();
  await page.goBack();
  await expect(page).toHaveURL('/edit');
  await page.goBack();
  await expect(page).toHaveURL('/chat');
});

for (const [width, height] of [
  [1024, 768],
  [390, 844],
] as const) {
  test(`the first edit comes into view in a window of ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await pick(page, red);
    await expect(page.getByTestId('mask-surface')).toBeVisible();
    await page.getByTestId('prompt').fill('a hat');
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('run-card')).toBeInViewport();
    await expect(page.getByTestId('result-image').first()).toBeInViewport();
  });
}
