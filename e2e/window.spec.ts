import { expect, type Page, test } from '@playwright/test';
import { open, pick, red } from './references-page';

// A page with panes that scroll by themselves never scrolls as a whole.

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
