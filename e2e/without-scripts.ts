import type { Page } from '@playwright/test';

/** Opens a page whose scripts come as soon as they are released, and waits until it is painted. */
export async function openWithoutScripts(page: Page, address: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/*.js', async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(address, { waitUntil: 'commit' });
  // As painting does, the script that notes early presses waits for the stylesheet.
  await page.waitForFunction(() => 'takeEarlyPresses' in window);
  return release;
}
