import type { CDPSession, Locator } from '@playwright/test';
import type { MaskOperation } from '@/lib/core/mask/operations';
import { differingPixels, downloadMask, expectedMask, shownPicture } from './mask-file';
import { openPicture, type Place, setSize, share, small, undoOf, unfold } from './mask-page';
import { expect, test } from './studio';

// The mask painter by pen and fingers.

/** A pen's way over the picture; `buttons` 32 is its other end. */
async function pen(
  surface: Locator,
  places: readonly { x: number; y: number; pressure: number }[],
  buttons = 1,
): Promise<void> {
  await surface.evaluate(
    (element, { places, buttons }) => {
      const send = (type: string, place: (typeof places)[number], pressed: number) =>
        element.dispatchEvent(
          new PointerEvent(type, {
            bubbles: true,
            cancelable: true,
            pointerId: 7,
            pointerType: 'pen',
            clientX: place.x,
            clientY: place.y,
            pressure: place.pressure,
            button: type === 'pointermove' ? -1 : pressed === 32 ? 5 : 0,
            buttons: type === 'pointerup' ? 0 : pressed,
          }),
        );
      const [first] = places;
      const last = places.at(-1);
      if (!first || !last) return;
      send('pointerdown', first, buttons);
      for (const place of places.slice(1)) send('pointermove', place, buttons);
      send('pointerup', last, buttons);
    },
    { places, buttons },
  );
}

test('a pen paints as wide as it is pressed, and erases with its other end', async ({
  page,
  studio,
}) => {
  const surface = await openPicture(page, studio.app.url);
  const { at, stroke } = await shownPicture(surface, small);
  await setSize(page, 40);
  const [start, end] = [at(0.2, 0.5), at(0.8, 0.5)];
  const way = [
    { x: start[0], y: start[1], pressure: 0.25 },
    { x: end[0], y: end[1], pressure: 1 },
  ];
  await pen(surface, way);
  const [thin, thick] = [stroke([start], 5), stroke([end], 20)];
  const points = [...thin, ...thick];
  const painted: MaskOperation = { kind: 'stroke', style: { mode: 'add', hardness: 1 }, points };
  expect(differingPixels(await downloadMask(page), expectedMask(small, [painted]))).toBe(0);

  await pen(surface, [{ x: end[0], y: end[1], pressure: 0.5 }], 32);
  const erased: MaskOperation = {
    kind: 'stroke',
    style: { mode: 'erase', hardness: 1 },
    points: stroke([end], 10),
  };
  const expected = expectedMask(small, [painted, erased]);
  expect(differingPixels(await downloadMask(page), expected)).toBe(0);

  await unfold(page, 'Display and pen');
  await page.getByLabel('Light pen pressure').uncheck();
  await page.getByRole('button', { name: 'Clear' }).click();
  await pen(surface, way);
  const flat = { ...painted, points: stroke([start, end], 20) };
  expect(differingPixels(await downloadMask(page), expectedMask(small, [flat]))).toBe(0);
});

test.describe('by fingers', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  type Finger = { x: number; y: number; id: number };
  const touch = (
    devtools: CDPSession,
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    touchPoints: Finger[],
  ) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints });

  test('one paints, two move and zoom, and the dab of the first is taken back', async ({
    page,
    studio,
  }) => {
    const surface = await openPicture(page, studio.app.url);
    await surface.scrollIntoViewIfNeeded();
    const { box, at } = await shownPicture(surface, small);
    const devtools = await page.context().newCDPSession(page);
    const finger = ([x, y]: Place, id = 0): Finger => ({ x, y, id });
    await touch(devtools, 'touchStart', [finger(at(0.3, 0.5))]);
    await touch(devtools, 'touchMove', [finger(at(0.5, 0.5))]);
    await touch(devtools, 'touchMove', [finger(at(0.7, 0.5))]);
    await touch(devtools, 'touchEnd', []);
    await expect(undoOf(page)).toBeEnabled();
    await expect(share(page)).toHaveText(/% of the picture/);
    const said = await share(page).textContent();

    await touch(devtools, 'touchStart', [finger(at(0.4, 0.3))]);
    await touch(devtools, 'touchStart', [finger(at(0.4, 0.3)), finger(at(0.6, 0.3), 1)]);
    for (const spread of [0.05, 0.1, 0.15, 0.2]) {
      await touch(devtools, 'touchMove', [
        finger(at(0.4 - spread, 0.3)),
        finger(at(0.6 + spread, 0.3), 1),
      ]);
    }
    await touch(devtools, 'touchEnd', []);
    await expect
      .poll(async () => (await surface.boundingBox())?.width)
      .toBeGreaterThan(box.width * 1.5);
    await expect(share(page)).toHaveText(said ?? '');
    await undoOf(page).click();
    await expect(undoOf(page)).toBeDisabled();
  });
});
