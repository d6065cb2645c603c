import { readFile } from 'node:fs/promises';
import type { CDPSession, Locator, Page } from '@playwright/test';
import { test as plainTest } from '@playwright/test';
import sharp from 'sharp';
import { changedWidth } from './edit-faults';
import { addReferences, drawOn, openEdit } from './edit-page';
import type { SeenRequest } from './fault-upstream';
import { partsOf } from './multipart-parts';
import { expect, test } from './studio';

// Results of an edit beside the original, and what lies outside the mask.

const size = { width: 640, height: 480 };

/** A picture whose every pixel differs from its neighbours: nothing can be taken for another place. */
async function texturedFile({ width, height } = size) {
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
const paintBox = async (page: Page) => {
  await page.getByTestId('mask-surface').focus();
  await page.keyboard.press('r');
  await drawOn(page.getByTestId('mask-surface'), [
    [0.4, 0.3],
    [0.7, 0.7],
  ]);
};

const keep = (page: Page) => page.getByLabel('Keep everything outside the mask');
const feather = (page: Page) => page.getByRole('slider', { name: 'Feather' });
const sentence = (page: Page) => page.getByTestId('outside-change');
const pixelsOf = async (file: Buffer) =>
  sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });

/** How open the mask is at each pixel, as it was sent: 0 is kept. */
async function sentMask(request: SeenRequest | undefined): Promise<number[]> {
  const mask = partsOf(request as SeenRequest).find(({ name }) => name === 'mask');
  const { data } = await pixelsOf(mask?.bytes ?? Buffer.alloc(0));
  return Array.from({ length: data.length / 4 }, (_, index) => 255 - (data[index * 4 + 3] ?? 0));
}

async function downloaded(page: Page): Promise<Buffer> {
  const link = page
    .locator('[data-testid=composite-actions]:not([inert])')
    .getByRole('link', { name: /-composite\.png$/ });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toMatch(/-1-composite\.png$/);
  return readFile(await download.path());
}

plainTest(
  'the demo gateway keeps what lies outside a mask, and the page says so',
  async ({ page }) => {
    await openEdit(page);
    // Large enough for the model to make the same size.
    await addReferences(page, [await texturedFile({ width: 1024, height: 768 })]);
    await paintBox(page);
    await page.getByTestId('prompt').fill('a red kite');
    await page.getByTestId('submit').click();
    await expect(sentence(page)).toHaveText('Outside the mask not one pixel changed.');
  },
);

plainTest('without a mask nothing is measured, but compared', async ({ page }) => {
  await openEdit(page);
  await addReferences(page, [await texturedFile()]);
  await page.getByTestId('prompt').fill('a blue kite');
  await page.getByTestId('submit').click();
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByTestId('compare-slider')).toBeAttached();
  await expect(page.getByRole('dialog').getByText('Original · 640 × 480')).toBeVisible();
  await expect(keep(page)).toHaveCount(0);
  await expect(sentence(page)).toHaveCount(0);
});

test.describe('an edit through a gateway that changes more than it should', () => {
  let original: Buffer;
  test.beforeEach(async ({ page, studio }) => {
    await openEdit(page, studio.app.url);
    const file = await texturedFile();
    original = file.buffer;
    await addReferences(page, [file]);
    await paintBox(page);
  });

  test('is measured, and its composite is the original outside the mask, pixel for pixel', async ({
    page,
    studio,
  }) => {
    await studio.run('strip fault:edit-left-eighth');
    await studio.arrived('strip');
    const mask = await sentMask(studio.sent('strip')[0]);
    // Three pixels round the mask are not judged.
    const isNear = (index: number) => {
      for (let y = -3; y <= 3; y++) {
        for (let x = -3; x <= 3; x++) if ((mask[index + y * size.width + x] ?? 0) > 0) return true;
      }
      return false;
    };
    const judged = mask.filter((_, index) => !isNear(index)).length;
    const share = (size.width * changedWidth * size.height) / judged;
    const percent = (share * 100).toFixed(1);
    await expect(sentence(page)).toHaveText(
      `The model changed ${percent}% of what lies outside the mask.`,
    );

    await keep(page).check();
    await feather(page).fill('0');
    const composite = await pixelsOf(await downloaded(page));
    const before = await pixelsOf(original);
    expect(composite.info).toMatchObject(size);
    const differing = mask.filter(
      (open, index) =>
        open === 0 &&
        !composite.data
          .subarray(index * 4, index * 4 + 4)
          .equals(before.data.subarray(index * 4, index * 4 + 4)),
    );
    expect(differing).toHaveLength(0);
    await expect(page.getByText(/each pixel is the original’s, to the last bit/)).toBeVisible();
  });

  test('of another shape cannot be put back; the page says so and offers the size that could', async ({
    page,
    studio,
  }) => {
    await studio.run('inside fault:edit-square');
    await studio.arrived('inside');
    // Another shape: said, with the size that would have done.
    await expect(page.getByText(/\(256 × 256\) has another shape .*\(640 × 480\)/)).toBeVisible();
    await expect(keep(page)).toHaveCount(0);
    await page.getByRole('button', { name: 'Match input size' }).click();
    await expect(page.getByRole('button', { name: /^Match input ·/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  test('that only comes in another size is not taken for a change, and is put back at full size', async ({
    page,
    studio,
  }) => {
    await studio.run('small fault:edit-half-size');
    await studio.arrived('small');
    await expect(sentence(page)).toHaveText(/(less than 0\.1 ?%|0\.\d ?%)/);
    await keep(page).check();
    const mask = await sentMask(studio.sent('small')[0]);
    const composite = await pixelsOf(await downloaded(page));
    expect(composite.info).toMatchObject(size);
    const before = await pixelsOf(original);
    const changed = mask.filter(
      (open, index) =>
        open === 0 &&
        composite.data.readUInt32BE(index * 4) !== before.data.readUInt32BE(index * 4),
    );
    expect(changed).toHaveLength(0);
    // What was scaled down and up again is not the same inside.
    const inside = mask.filter(
      (open, index) =>
        open > 0 && composite.data.readUInt32BE(index * 4) !== before.data.readUInt32BE(index * 4),
    );
    expect(inside.length).toBeGreaterThan(1000);
  });

  test('remembers the choice across a reload, and for the next result', async ({
    page,
    studio,
  }) => {
    await studio.run('first fault:edit-left-eighth');
    await expect(sentence(page)).toHaveText(/^The model changed/);
    await expect(keep(page)).not.toBeChecked();
    const shown = () => studio.pictures.first().getAttribute('src');
    const asItCame = await shown();
    await keep(page).check();
    await feather(page).fill('21');
    // The card's own picture is the composite now.
    await expect.poll(shown).not.toBe(asItCame);
    await page.reload();
    await expect(keep(page)).toBeChecked();
    await expect(feather(page)).toHaveValue('21');
    await studio.run('second fault:edit-left-eighth');
    await expect(sentence(page)).toHaveCount(2);
    await expect(keep(page).first()).toBeChecked();
    await expect(feather(page).first()).toHaveValue('21');
    // One that was there before keeps its own.
    await keep(page).first().uncheck();
    await expect(keep(page).nth(1)).toBeChecked();
  });

  test('gives its composite as the next reference', async ({ page, studio }) => {
    await studio.run('onward fault:edit-left-eighth');
    await keep(page).check();
    const composite = await downloaded(page);
    await page.getByTestId('edit-tools').getByRole('button', { name: 'Edit this' }).click();
    await studio.run('the next step');
    await studio.arrived('the next step');
    const parts = partsOf(studio.sent('the next step')[0] as SeenRequest);
    const image = parts.find(({ name }) => name === 'image');
    expect(image?.bytes.equals(composite)).toBe(true);
    expect(parts.map(({ name }) => name)).not.toContain('mask');
  });

  test('lies under its original: the line between them follows mouse, keys and finger', async ({
    page,
    studio,
  }) => {
    await studio.run('line fault:edit-left-eighth');
    await page.getByRole('button', { name: 'Compare' }).click();
    const line = page.getByTestId('compare-slider');
    const pane = page.getByTestId('compare-pane');
    const { x, y, width, height } = await boxOf(pane);
    const half = (await boxOf(line)).width / 2;
    expect(half).toBeGreaterThan(0);

    await page.mouse.move(x + width / 2, y + height / 3);
    await page.mouse.down();
    await page.mouse.move(x + width / 4, y + height / 3, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => lineValue(line)).toBeCloseTo(25, 0);
    // Where the line is, the original ends: the strip that was changed shows right of it only.
    expect(await shownLine(pane)).toBeCloseTo(x + width / 4, -1);

    await page.keyboard.press('ArrowRight');
    await expect.poll(() => lineValue(line)).toBeCloseTo(27, 0);
    await page.keyboard.press('End');
    await expect.poll(() => lineValue(line)).toBe(100);
    await page.keyboard.press('Home');
    await expect.poll(() => lineValue(line)).toBe(0);
    await expect(line).toHaveAttribute('aria-valuetext', '0% original');
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');

    const touch = await page.context().newCDPSession(page);
    await drag(touch, { x: x + width * 0.1, y: y + 90 }, { x: x + width * 0.8, y: y + 90 });
    await expect.poll(() => lineValue(line)).toBeCloseTo(80, 0);

    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Compare' })).toBeFocused();
  });

  test('lies beside its original under one zoom: wheel, keys, drag and two fingers', async ({
    page,
    studio,
  }) => {
    await studio.run('beside fault:edit-left-eighth');
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByText('Side by side').click();
    const panes = page.getByTestId('compare-pane');
    await expect(panes).toHaveCount(2);
    const [left, right] = [await boxOf(panes.first()), await boxOf(panes.last())];
    expect(left.width).toBeCloseTo(right.width, 0);
    const views = () =>
      panes.evaluateAll((all) =>
        all.map((pane) => {
          const [frame, picture] = [pane, pane.querySelector('img') as Element].map((element) =>
            element.getBoundingClientRect(),
          ) as [DOMRect, DOMRect];
          return [picture.x - frame.x, picture.y - frame.y, picture.width].map(Math.round);
        }),
      );
    /** The same in both panes, once it has come to rest, and another than before. */
    const lockedView = async (before?: number[]) => {
      await expect
        .poll(async () => {
          const [one, other] = await views();
          return String(one) === String(other) && String(one) !== String(before);
        })
        .toBe(true);
      return (await views())[0] as number[];
    };
    const whole = await lockedView();

    await page.mouse.move(right.x + 60, right.y + 80);
    await page.mouse.wheel(0, -600);
    const wheeled = await lockedView(whole);
    expect(wheeled[2]).toBeGreaterThan((whole[2] ?? 0) * 1.5);

    await page.mouse.move(left.x + 200, left.y + 200);
    await page.mouse.down();
    await page.mouse.move(left.x + 150, left.y + 170, { steps: 4 });
    await page.mouse.up();
    const dragged = await lockedView(wheeled);
    expect(dragged[2]).toBe(wheeled[2]);

    await page.keyboard.press('1');
    const real = await lockedView(dragged);
    expect(real[2]).toBe(size.width);
    await page.keyboard.press('+');
    const stepped = await lockedView(real);
    expect(stepped[2]).toBe(size.width * 1.5);

    const touch = await page.context().newCDPSession(page);
    const [cx, cy] = [left.x + left.width / 2, left.y + left.height / 2];
    await pinch(touch, { x: cx, y: cy }, { from: 30, to: 90 });
    const pinched = await lockedView(stepped);
    expect(pinched[2]).toBeGreaterThan((stepped[2] ?? 0) * 2);
    await page.keyboard.press('0');
    expect(await lockedView(pinched)).toEqual(whole);
  });

  test('marks where it was changed', async ({ page, studio }) => {
    await studio.run('marked fault:edit-left-eighth');
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByText('Side by side').click();
    await page.getByLabel('Mark what changed').check();
    const marked = await page.getByTestId('change-map').evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      return Array.from({ length: width }, (_, x) => (pixels[x * 4 + 3] ?? 0) > 0);
    });
    // 40 squares of 16 pixels, of which the first five are the strip.
    expect(marked).toEqual(Array.from({ length: 40 }, (_, square) => square < 5));
  });
});

async function boxOf(element: Locator) {
  const box = await element.boundingBox();
  if (!box) throw new Error('It is not shown.');
  return box;
}

const lineValue = (line: Locator) => line.inputValue().then(Number);

/** Where the right picture's part of the stage begins, in CSS pixels of the page. */
const shownLine = (pane: Locator) =>
  pane.evaluate((element) => {
    const right = element.querySelectorAll('img')[1]?.parentElement as HTMLElement;
    const share = /inset\(0px 0px 0px ([\d.]+)%?/.exec(getComputedStyle(right).clipPath)?.[1];
    const box = element.getBoundingClientRect();
    return box.x + (box.width * Number(share)) / 100;
  });

interface Point {
  x: number;
  y: number;
}

async function drag(touch: CDPSession, from: Point, to: Point): Promise<void> {
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', [from]);
  for (let step = 1; step <= 6; step++) {
    const at = (a: number, b: number) => a + ((b - a) * step) / 6;
    await send('touchMove', [{ x: at(from.x, to.x), y: at(from.y, to.y) }]);
  }
  await send('touchEnd', []);
}

async function pinch(
  touch: CDPSession,
  { x, y }: Point,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const both = (distance: number) => [
    { x: x - distance, y, id: 1 },
    { x: x + distance, y, id: 2 },
  ];
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: both(from) });
  for (let step = 1; step <= 6; step++) {
    const touchPoints = both(from + ((to - from) * step) / 6);
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints });
  }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}
