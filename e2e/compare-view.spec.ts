import { type CDPSession, type Locator, test as plainTest } from '@playwright/test';
import sharp from 'sharp';
import { keep, paintBox, sentence, size, texturedFile } from './compare-page';
import { addReferences, openEdit } from './edit-page';
import { expect, test } from './studio';

// Results of an edit over and beside the original.

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

test.describe('a result', () => {
  test.beforeEach(async ({ page, studio }) => {
    await openEdit(page, studio.app.url);
    await addReferences(page, [await texturedFile()]);
    await paintBox(page);
  });

  test('lies under its original: the line between them follows mouse, keys and finger', async ({
    page,
    studio,
  }) => {
    await studio.run('line fault:edit-left-eighth');
    await page.getByRole('button', { name: 'Compare' }).click();
    const line = page.getByTestId('compare-slider');
    const pane = page.getByTestId('compare-pane');
    // As it opens it is a little smaller.
    await page
      .getByRole('dialog')
      .evaluate((dialog) => Promise.all(dialog.getAnimations().map(({ finished }) => finished)));
    const { x, y, width, height } = await boxOf(pane);
    const half = (await boxOf(line)).width / 2;
    expect(half).toBeGreaterThan(0);

    // Under load the pictures may still be on their way under the first drag.
    await expect(async () => {
      await page.mouse.move(x + ((await lineValue(line)) / 100) * width, y + height / 3);
      await page.mouse.down();
      await page.mouse.move(x + width / 4, y + height / 3, { steps: 5 });
      await page.mouse.up();
      expect(await lineValue(line)).toBeCloseTo(25, 0);
    }).toPass();
    // Where the line is, the original ends: the strip that was changed shows right of it only.
    await expect.poll(() => shownLine(pane)).toBeCloseTo(x + width / 4, -1);

    // It ends where the pointer is let go, though nothing has told of its last way.
    const pointer = await page.context().newCDPSession(page);
    await page.mouse.move(x + width / 4, y + height / 3);
    await page.mouse.down();
    await pointer.send('Input.dispatchMouseEvent', {
      type: 'mouseReleased',
      x: x + width * 0.35,
      y: y + height / 3,
      button: 'left',
      clickCount: 1,
    });
    await expect.poll(() => lineValue(line)).toBeCloseTo(35, 0);
    await page.mouse.up();

    await page.keyboard.press('ArrowRight');
    await expect.poll(() => lineValue(line)).toBeCloseTo(37, 0);
    await page.keyboard.press('End');
    await expect.poll(() => lineValue(line)).toBe(100);
    await page.keyboard.press('Home');
    await expect.poll(() => lineValue(line)).toBe(0);
    await expect(line).toHaveAttribute('aria-valuetext', '0% of the left picture');

    const touch = await page.context().newCDPSession(page);
    // A finger is where a whole pixel is.
    const end = Math.round(x + width * 0.8);
    // A browser under load may give a finger's first moves to no control. Each try takes hold of the line.
    await expect(async () => {
      await page.keyboard.press('Home');
      for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
      await drag(touch, { x: x + width * 0.1, y: y + 90 }, { x: end, y: y + 90 });
      expect(await lineValue(line)).toBeCloseTo(((end - x) / width) * 100, 0);
    }).toPass();

    // The titles lie on the picture, wherever that is; at its ends the grip is whole.
    const [original, result] = [
      page.getByTestId('compare-title').first(),
      page.getByTestId('compare-title').last(),
    ];
    const picture = pane.getByRole('img').first();
    const inset = async () => (await boxOf(original)).x - (await boxOf(picture)).x;
    await expect.poll(inset).toBeCloseTo(8, 0);
    await page.keyboard.press('End');
    const grip = await boxOf(page.getByTestId('compare-grip'));
    expect(grip.x + grip.width).toBeLessThanOrEqual(x + width);
    await page.keyboard.press('1');
    await expect.poll(async () => (await boxOf(picture)).width).toBe(size.width);
    await expect.poll(inset).toBeCloseTo(8, 0);
    await expect(original).toHaveText('Original · 640 × 480');
    // All of it is the original: no title says that a part is the result.
    expect(await isSeen(original)).toBe(true);
    expect(await isSeen(result)).toBe(false);

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
    // The last of the drag may still be on its way.
    await expect.poll(async () => (await views())[0]?.[2]).toBe(size.width);
    const real = await lockedView(dragged);
    expect(real[2]).toBe(size.width);
    await page.keyboard.press('+');
    const stepped = await lockedView(real);
    expect(stepped[2]).toBe(size.width * 1.5);

    const touch = await page.context().newCDPSession(page);
    const [cx, cy] = [left.x + left.width / 2, left.y + left.height / 2];
    await pinch(touch, { x: cx, y: cy }, { from: 30, to: 90 });
    await expect.poll(async () => (await views())[0]?.[2]).toBe((stepped[2] ?? 0) * 3);
    const pinched = await lockedView(stepped);
    await page.keyboard.press('0');
    expect(await lockedView(pinched)).toEqual(whole);
  });

  test('marks where it was changed', async ({ page, studio }) => {
    await studio.run('marked fault:edit-left-eighth');
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByText('Side by side').click();
    await page.getByLabel('Highlight changes').check();
    const marked = await page.getByTestId('change-map').evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      return Array.from({ length: width }, (_, x) => (pixels[x * 4 + 3] ?? 0) > 0);
    });
    // 40 squares of 16 pixels, of which the first five are the strip.
    expect(marked).toEqual(Array.from({ length: 40 }, (_, square) => square < 5));

    // In turn: the result as a whole, and the original as long as the space bar is held.
    await page.getByText('Flicker').click();
    const [original, result] = [
      page.getByTestId('compare-title').first(),
      page.getByTestId('compare-title').last(),
    ];
    await expect.poll(() => isSeen(result)).toBe(true);
    expect(await isSeen(original)).toBe(false);
    await page.getByRole('dialog').focus();
    await page.keyboard.down(' ');
    await expect.poll(() => isSeen(original)).toBe(true);
    expect(await isSeen(result)).toBe(false);
    await page.keyboard.up(' ');
    await expect.poll(() => isSeen(result)).toBe(true);

    // What differs: only the strip; all else is black.
    await page.getByLabel('Highlight changes').uncheck();
    await page.getByText('Difference').click();
    await page.keyboard.press('1');
    const difference = page.getByTestId('compare-difference');
    const lightAt = async (share: number) => {
      const picture = await boxOf(difference.getByRole('img').first());
      const [x, y] = [picture.x + picture.width * share, picture.y + picture.height / 2];
      const clip = { x: x - 4, y: y - 4, width: 8, height: 8 };
      const { channels } = await sharp(await page.screenshot({ clip })).stats();
      return Math.max(...channels.map(({ mean }) => mean));
    };
    for (const look of ['plain', 'heat']) {
      if (look === 'heat') await page.getByLabel('As heat').check();
      await expect.poll(() => lightAt(1 / 16)).toBeGreaterThan(40);
      expect(await lightAt(0.6)).toBeLessThan(8);
    }
  });
});

async function boxOf(element: Locator) {
  const box = await element.boundingBox();
  if (!box) throw new Error('It is not shown.');
  return box;
}

/** Whether what the middle of an element shows is the element: neither clipped nor covered. */
const isSeen = (title: Locator) =>
  title.evaluate((element: HTMLElement) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    element.style.pointerEvents = 'auto';
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    element.style.pointerEvents = '';
    return element.contains(top);
  });

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
