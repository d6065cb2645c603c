import type { Locator, Page } from '@playwright/test';
import { addReferences, openEdit, pictureFile } from './edit-page';

// What the tests of the mask painter do with it.

/** A place of the page, in CSS pixels. */
export type Place = readonly [x: number, y: number];

export const fourK = { width: 3840, height: 2160 };
export const small = { width: 320, height: 240 };

export const surfaceOf = (page: Page) => page.getByTestId('mask-surface');
export const undoOf = (page: Page) => page.getByTestId('mask-undo');
/** How much is painted, in words. */
export const share = (page: Page) =>
  page.getByRole('region', { name: 'Mask' }).getByRole('status').first();

/** Opens the Edit page with one picture of this size, and gives what it is painted on. */
export async function openPicture(page: Page, url: string, size = small): Promise<Locator> {
  await openEdit(page, url);
  await addReferences(page, [await pictureFile({ name: 'cat.png', ...size })]);
  const surface = surfaceOf(page);
  // Until it has come to rest: the picture is fitted once it is there.
  await surface.hover({ trial: true });
  return surface;
}

/** Draws through places of the page with the mouse; each is told to the page. */
export async function drag(page: Page, places: readonly Place[]): Promise<void> {
  const [first = [0, 0], ...rest] = places;
  await page.mouse.move(first[0], first[1]);
  await page.mouse.down();
  for (const [x, y] of rest) await page.mouse.move(x, y);
  await page.mouse.up();
}

export const setSize = (page: Page, size: number) =>
  page.getByRole('spinbutton', { name: 'Size', exact: true }).fill(String(size));

/** Opens a folded part of the mask's panel. */
export const unfold = (page: Page, name: string) =>
  page.locator('summary', { hasText: name }).click();
