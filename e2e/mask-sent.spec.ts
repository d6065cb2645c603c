import { drawOn } from './edit-page';
import type { SeenRequest } from './fault-upstream';
import {
  differingPixels,
  downloadMask,
  expectedMask,
  readMask,
  shareOf,
  shownPicture,
} from './mask-file';
import { openPicture, setSize, small, surfaceOf, undoOf } from './mask-page';
import { partsOf } from './multipart-parts';
import { expect, test } from './studio';

// What is kept and sent of a mask is what is on the screen.

test('a mask is there again after a reload that comes right after the last stroke', async ({
  page,
  studio,
}) => {
  const surface = await openPicture(page, studio.app.url);
  await drawOn(surface, [
    [0.2, 0.3],
    [0.5, 0.3],
  ]);
  await drawOn(surface, [
    [0.2, 0.6],
    [0.5, 0.6],
  ]);
  await drawOn(surface, [
    [0.2, 0.9],
    [0.5, 0.9],
  ]);
  await page.keyboard.press('Control+z');
  const before = await downloadMask(page);
  const { at } = await shownPicture(surface, small);
  await page.mouse.move(...at(0.7, 0.1));
  await page.mouse.down();
  await page.mouse.move(...at(0.7, 0.9));
  await page.mouse.up();
  await page.reload();
  await expect(surfaceOf(page)).toBeVisible();
  await expect(undoOf(page)).toBeEnabled();
  const after = await downloadMask(page);
  expect(shareOf(after)).toBeGreaterThan(shareOf(before));
  await undoOf(page).click();
  expect(differingPixels(await downloadMask(page), before)).toBe(0);
  await undoOf(page).click();
  await undoOf(page).click();
  await expect(undoOf(page)).toBeDisabled();
});

test('what is sent is what is on the screen, a stroke under way included', async ({
  page,
  studio,
}) => {
  const surface = await openPicture(page, studio.app.url);
  const { at, stroke } = await shownPicture(surface, small);
  await studio.prompt.fill('mask under way');
  await setSize(page, 30);
  const [from, to] = [at(0.3, 0.5), at(0.7, 0.5)];
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to);
  await page.keyboard.press('Control+Enter');
  await studio.arrived('mask under way');
  await page.mouse.up();
  const parts = partsOf(studio.sent('mask under way')[0] as SeenRequest);
  const file = parts.find(({ name }) => name === 'mask')?.bytes ?? Buffer.alloc(0);
  const points = stroke([from, to], 15);
  const expected = expectedMask(small, [
    { kind: 'stroke', style: { mode: 'add', hardness: 1 }, points },
  ]);
  expect(differingPixels(await readMask(file), expected)).toBe(0);
});

test('a painter that could not be loaded is said, and nothing goes out without its mask', async ({
  page,
  studio,
}) => {
  const surface = await openPicture(page, studio.app.url);
  await drawOn(surface, [
    [0.2, 0.5],
    [0.8, 0.5],
  ]);
  await page.addInitScript(() => {
    const { Worker } = window;
    window.Worker = class extends Worker {
      constructor(_script: string | URL, options?: WorkerOptions) {
        super('/no-such-script.js', options);
      }
    };
  });
  await page.reload();
  await expect(page.getByText('The painter could not be loaded.').first()).toBeVisible();
  await studio.run('without its mask');
  await expect(page.getByText('nothing was sent')).toBeVisible();
  expect(studio.sent('without its mask')).toEqual([]);
});

test('a mask that is still being opened goes along: sent in the first moment after a reload', async ({
  page,
  studio,
}) => {
  const surface = await openPicture(page, studio.app.url, { width: 2048, height: 2048 });
  await drawOn(surface, [
    [0.2, 0.5],
    [0.8, 0.5],
  ]);
  const before = await downloadMask(page);
  await studio.prompt.fill('at once');
  // As soon as there is something to click, and long before there is something to see.
  await page.addInitScript(() => {
    const look = () => {
      const prompt = document.querySelector<HTMLTextAreaElement>('[data-testid=prompt]:enabled');
      const thumb = document.querySelector('[data-testid=ref-thumb]');
      if (prompt?.value === 'at once' && thumb) {
        document.querySelector<HTMLElement>('[data-testid=submit]')?.click();
      } else requestAnimationFrame(look);
    };
    look();
  });
  await page.reload();
  await studio.arrived('at once');
  const parts = partsOf(studio.sent('at once')[0] as SeenRequest);
  const file = parts.find(({ name }) => name === 'mask')?.bytes;
  expect(file).toBeDefined();
  expect(differingPixels(await readMask(file as Buffer), before)).toBe(0);
});

test('a mask that is taken along to the next picture is sent, however quick the click', async ({
  page,
  studio,
}) => {
  const surface = await openPicture(page, studio.app.url);
  await drawOn(surface, [
    [0.2, 0.5],
    [0.8, 0.5],
  ]);
  const before = await downloadMask(page);
  await studio.run('first fault:edit-left-eighth');
  await expect(studio.pictures).toHaveCount(1);
  await studio.prompt.fill('and then');
  await page.getByRole('button', { name: 'Same mask' }).evaluate((button: HTMLElement) => {
    button.click();
    document.querySelector<HTMLElement>('[data-testid=submit]')?.click();
  });
  await studio.arrived('and then');
  const parts = partsOf(studio.sent('and then')[0] as SeenRequest);
  const file = parts.find(({ name }) => name === 'mask')?.bytes;
  expect(file).toBeDefined();
  expect(differingPixels(await readMask(file as Buffer), before)).toBe(0);
});
