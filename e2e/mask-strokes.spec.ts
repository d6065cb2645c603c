import type { MaskOperation } from '@/lib/core/mask/operations';
import { drawOn } from './edit-page';
import { differingPixels, downloadMask, expectedMask, shareOf, shownPicture } from './mask-file';
import { drag, fourK, openPicture, type Place, setSize, share, small, undoOf } from './mask-page';
import { expect, test } from './studio';

// What strokes, boxes and lassos leave in the mask, and the way back.

test('the exported mask is what the strokes say, pixel by pixel, at 3840 × 2160', async ({
  page,
  studio,
}) => {
  test.slow();
  await page.setViewportSize({ width: 1720, height: 1000 });
  const surface = await openPicture(page, studio.app.url, fourK);
  const { box, at, stroke, imageAt } = await shownPicture(surface, fourK);
  expect(box.width).toBeGreaterThanOrEqual(1200);
  const wave = (from: number, height: number): Place[] =>
    Array.from({ length: 40 }, (_, step) => at(from + step / 60, height + Math.sin(step / 4) / 8));

  await setSize(page, 200);
  const painted = wave(0.1, 0.3);
  await drag(page, painted);
  const erased = [at(0.2, 0.1), at(0.45, 0.5)];
  await page.keyboard.press('e');
  await setSize(page, 90);
  await page.getByRole('slider', { name: 'Hardness' }).fill('40');
  await drag(page, erased);
  await page.keyboard.press('b');
  const soft = wave(0.2, 0.7);
  await drag(page, soft);
  await page.keyboard.press('r');
  const corners = [at(0.6, 0.5), at(0.9, 0.9)] as const;
  await drag(page, corners);
  await page.keyboard.press('l');
  await page.keyboard.press('x');
  const lasso = [at(0.65, 0.55), at(0.85, 0.6), at(0.7, 0.85)];
  await drag(page, lasso);

  const [from, to] = corners.map(([x, y]) => imageAt(x, y));
  const [left, top] = [Math.round(from?.x ?? 0), Math.round(from?.y ?? 0)];
  const area = {
    left,
    top,
    width: Math.round(to?.x ?? 0) - left,
    height: Math.round(to?.y ?? 0) - top,
  };
  const operations: MaskOperation[] = [
    { kind: 'stroke', style: { mode: 'add', hardness: 1 }, points: stroke(painted, 100) },
    { kind: 'stroke', style: { mode: 'erase', hardness: 0.4 }, points: stroke(erased, 45) },
    { kind: 'stroke', style: { mode: 'add', hardness: 0.4 }, points: stroke(soft, 45) },
    { kind: 'rectangle', mode: 'add', area },
    { kind: 'lasso', mode: 'erase', points: lasso.map(([x, y]) => imageAt(x, y)) },
  ];
  const exported = await downloadMask(page);
  expect(exported).toMatchObject(fourK);
  expect(differingPixels(exported, expectedMask(fourK, operations))).toBe(0);

  // The same after going back to nothing and forth again.
  for (let step = 0; step < operations.length; step++) await undoOf(page).click();
  await expect(undoOf(page)).toBeDisabled();
  await expect(share(page)).toHaveText('nothing painted');
  for (let step = 0; step < operations.length; step++) await page.keyboard.press('Control+y');
  expect(differingPixels(await downloadMask(page), exported)).toBe(0);
});

test('undo goes to empty, redo back, and an empty mask is said, not exported', async ({
  page,
  studio,
}) => {
  const surface = await openPicture(page, studio.app.url);
  await expect(undoOf(page)).toBeDisabled();
  await page.getByTestId('mask-export').click();
  await expect(page.getByText('Nothing is painted, so')).toBeVisible();
  await drawOn(surface, [
    [0.2, 0.2],
    [0.8, 0.2],
  ]);
  await drawOn(surface, [
    [0.2, 0.8],
    [0.8, 0.8],
  ]);
  const both = await downloadMask(page);
  await page.keyboard.press('Control+z');
  const one = await downloadMask(page);
  expect(shareOf(one)).toBeLessThan(shareOf(both));
  await page.keyboard.press('Control+Shift+z');
  expect(differingPixels(await downloadMask(page), both)).toBe(0);
  await page.keyboard.press('Shift+v');
  const inverted = await downloadMask(page);
  expect(shareOf(inverted)).toBeCloseTo(1 - shareOf(both), 6);
  for (let step = 0; step < 3; step++) await page.keyboard.press('Control+z');
  await expect(undoOf(page)).toBeDisabled();
  await expect(share(page)).toHaveText('nothing painted');
  await page.getByTestId('mask-export').click();
  await expect(page.getByText('Nothing is painted, so')).toBeVisible();
  await expect(page.getByText('No mask: the whole picture may change')).toBeVisible();
  await page.getByRole('button', { name: 'Fill all' }).click();
  await expect(
    page.getByText('The mask covers everything: the whole picture may change'),
  ).toBeVisible();
});

test('a stroke may begin outside the picture, and ends when the window is left', async ({
  page,
  studio,
}) => {
  const surface = await openPicture(page, studio.app.url);
  const { box, at } = await shownPicture(surface, small);
  await setSize(page, 20);
  await drag(page, [[box.x - 8, box.y + box.height / 2], at(0.5, 0.5)]);
  const mask = await downloadMask(page);
  expect(mask.data[120 * small.width]).toBe(255);
  await page.mouse.move(...at(0.2, 0.2));
  await page.mouse.down();
  await page.mouse.move(...at(0.4, 0.2));
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await page.mouse.move(...at(0.8, 0.9));
  await page.mouse.up();
  const later = await downloadMask(page);
  expect(later.data[Math.round(0.2 * 240) * small.width + Math.round(0.3 * 320)]).toBe(255);
  expect(later.data[Math.round(0.6 * 240) * small.width + Math.round(0.6 * 320)]).toBe(0);
});
