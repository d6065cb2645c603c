import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import sharp from 'sharp';
import { drawOn } from './edit-page';
import type { SeenRequest } from './fault-upstream';
import { partsOf } from './multipart-parts';

// What the tests of compared results have in common.

export const size = { width: 640, height: 480 };

/** A picture whose every pixel differs from its neighbours: nothing can be taken for another place. */
export async function texturedFile({ width, height } = size) {
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      rgb[at] = (x * 5 + y) % 256;
      rgb[at + 1] = (y * 3 + (x >> 4) * 40) % 256;
      rgb[at + 2] = ((x ^ y) * 2) % 256;
    }
  }
  const buffer = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  return { name: 'rug.png', mimeType: 'image/png', buffer };
}

/** Paints a box from the left third on, far from the strip that the upstream changes. */
export const paintBox = async (page: Page) => {
  await page.getByTestId('mask-surface').focus();
  await page.keyboard.press('r');
  await drawOn(page.getByTestId('mask-surface'), [
    [0.4, 0.3],
    [0.7, 0.7],
  ]);
};

export const keep = (page: Page) => page.getByLabel('Keep everything outside the mask');
export const feather = (page: Page) => page.getByRole('slider', { name: 'Feather' });
export const sentence = (page: Page) => page.getByTestId('outside-change');
export const pixelsOf = async (file: Buffer) =>
  sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });

/** How open the mask is at each pixel, as it was sent: 0 is kept. */
export async function sentMask(request: SeenRequest | undefined): Promise<number[]> {
  const mask = partsOf(request as SeenRequest).find(({ name }) => name === 'mask');
  const { data } = await pixelsOf(mask?.bytes ?? Buffer.alloc(0));
  return Array.from({ length: data.length / 4 }, (_, index) => 255 - (data[index * 4 + 3] ?? 0));
}

export async function downloaded(page: Page): Promise<Buffer> {
  const link = page
    .locator('[data-testid=composite-actions]:not([inert])')
    .getByRole('link', { name: /-composite\.png$/ });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toMatch(/-1-composite\.png$/);
  return readFile(await download.path());
}
