import type { CDPSession, Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import type { MaskOperation } from '@/lib/core/mask/operations';
import { addReferences, drawOn, openEdit, pictureFile } from './edit-page';
import type { SeenRequest } from './fault-upstream';
import {
  differingPixels,
  downloadMask,
  expectedMask,
  readMask,
  shareOf,
  shownPicture,
} from './mask-file';
import { partsOf } from './multipart-parts';
import { expect, test } from './studio';

// The mask painter in a real browser, by mouse, pen, fingers and keys.

type Place = readonly [x: number, y: number];

const fourK = { width: 3840, height: 2160 };
const small = { width: 320, height: 240 };

const surfaceOf = (page: Page) => page.getByTestId('mask-surface');
const undoOf = (page: Page) => page.getByTestId('mask-undo');
const share = (page: Page) =>
  page.getByRole('region', { name: 'Mask' }).getByRole('status').first();

async function openPicture(page: Page, url: string, size = small): Promise<Locator> {
  await openEdit(page, url);
  await addReferences(page, [await pictureFile({ name: 'cat.png', ...size })]);
  return surfaceOf(page);
}

/** Draws through places of the page with the mouse; each is told to the page. */
async function drag(page: Page, places: readonly Place[]): Promise<void> {
  const [first = [0, 0], ...rest] = places;
  await page.mouse.move(first[0], first[1]);
  await page.mouse.down();
  for (const [x, y] of rest) await page.mouse.move(x, y);
  await page.mouse.up();
}

const setSize = (page: Page, size: number) =>
  page.getByRole('spinbutton', { name: 'Size', exact: true }).fill(String(size));

/** Opens a folded part of the mask's panel. */
const unfold = (page: Page, name: string) => page.locator('summary', { hasText: name }).click();

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
  await expect(page.getByText('Nothing is painted yet')).toBeVisible();
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
  await expect(page.getByText('Nothing is painted yet')).toBeVisible();
});

test('zoomed in, the mask is painted where the pointer is; Shift draws straight', async ({
  page,
  studio,
}) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  const surface = await openPicture(page, studio.app.url, fourK);
  await surface.hover();
  const { x, y, width, height } = (await surface.boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  };
  await page.mouse.move(x + width * 0.75, y + height * 0.25);
  await page.mouse.wheel(0, -800);
  await expect.poll(async () => (await surface.boundingBox())?.width).toBeGreaterThan(width * 2);
  await page.keyboard.press('1');
  await expect.poll(async () => (await surface.boundingBox())?.width).toBe(fourK.width);
  const { stroke } = await shownPicture(surface, fourK);
  const middle = [Math.round(x + width / 2), Math.round(y + height / 2)] as const;
  await setSize(page, 31);
  await page.mouse.click(...middle);
  const end = [middle[0] + 180, middle[1] + 70] as const;
  await page.keyboard.down('Shift');
  await page.mouse.click(...end);
  await page.keyboard.up('Shift');
  const style = { mode: 'add', hardness: 1 } as const;
  const expected = expectedMask(fourK, [
    { kind: 'stroke', style, points: stroke([middle], 15.5) },
    { kind: 'stroke', style, points: stroke([middle, end], 15.5) },
  ]);
  expect(differingPixels(await downloadMask(page), expected)).toBe(0);

  // With the space bar, and with the middle button, the same drag moves the picture.
  const before = await surface.boundingBox();
  await page.keyboard.down(' ');
  await drag(page, [middle, [middle[0] + 60, middle[1] + 30]]);
  await page.keyboard.up(' ');
  await expect.poll(async () => (await surface.boundingBox())?.x).toBe((before?.x ?? 0) + 60);
  await page.mouse.move(...middle);
  await page.mouse.down({ button: 'middle' });
  await page.mouse.move(middle[0] - 60, middle[1] - 30);
  await page.mouse.up({ button: 'middle' });
  await expect.poll(async () => (await surface.boundingBox())?.x).toBe(before?.x);
  expect(differingPixels(await downloadMask(page), expected)).toBe(0);
  await page.keyboard.press('0');
  await expect.poll(async () => (await surface.boundingBox())?.width).toBe(width);
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

  await unfold(page, 'How it is shown');
  await page.getByLabel('A pen pressed less').uncheck();
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

/** A mask file of so many pixels with its left half marked. */
async function maskFile(name: string, kind: 'alpha' | 'white', { width, height } = small) {
  const whole = { width, height, channels: 4, background: '#000' } as const;
  const input = { create: { ...whole, width: width / 2, background: '#fff' } };
  const blend = kind === 'alpha' ? 'dest-out' : 'over';
  const marked = sharp({ create: whole }).composite([{ input, left: 0, top: 0, blend }]);
  const image = kind === 'alpha' ? marked : sharp(await marked.png().toBuffer()).flatten();
  return { name, mimeType: 'image/png', buffer: await image.png().toBuffer() };
}

test('a mask is imported by its transparency or its white, scaled only when asked to', async ({
  page,
  studio,
}) => {
  const surface = await openPicture(page, studio.app.url);
  await drawOn(surface, [
    [0.7, 0.2],
    [0.9, 0.8],
  ]);
  const before = await downloadMask(page);
  const choose = (file: Awaited<ReturnType<typeof maskFile>>) =>
    page.getByTestId('mask-import').setInputFiles([file]);
  const half = expectedMask(small, [
    { kind: 'rectangle', mode: 'add', area: { left: 0, top: 0, width: 160, height: 240 } },
  ]);

  await choose(await maskFile('clear.png', 'alpha'));
  await expect(page.getByText('Read by its transparency')).toBeVisible();
  expect(differingPixels(await downloadMask(page), half)).toBe(0);
  // One step: what was painted before comes back at once.
  await undoOf(page).click();
  expect(differingPixels(await downloadMask(page), before)).toBe(0);

  await choose(await maskFile('white.png', 'white'));
  await expect(page.getByText('Read as black and white')).toBeVisible();
  expect(differingPixels(await downloadMask(page), half)).toBe(0);
  await page.getByRole('button', { name: 'It is the other way round' }).click();
  expect(shareOf(await downloadMask(page))).toBeCloseTo(0.5, 6);
  expect((await downloadMask(page)).data[0]).toBe(0);

  await undoOf(page).click();
  await undoOf(page).click();
  await choose(await maskFile('large.png', 'alpha', { width: 640, height: 640 }));
  const offer = page.getByText('This mask is 640 × 640, the picture 320 × 240.');
  await expect(offer).toContainText('stretched');
  expect(differingPixels(await downloadMask(page), before)).toBe(0);
  await page.getByRole('button', { name: 'Scale it to 320 × 240' }).click();
  await expect(page.getByText('Read by its transparency')).toBeVisible();
  expect(differingPixels(await downloadMask(page), half)).toBe(0);

  await choose({
    name: 'notes.png',
    mimeType: 'image/png',
    buffer: Buffer.from('These are notes.'),
  });
  await expect(page.getByText('notes.png can’t be read as a picture')).toBeVisible();
  expect(differingPixels(await downloadMask(page), half)).toBe(0);
});

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

test('a mask is made by keys alone, and its edges are moved as the preview shows', async ({
  page,
  studio,
}) => {
  await openPicture(page, studio.app.url);
  const summary = page.locator('summary', { hasText: 'Rectangle by numbers' });
  await summary.press('Enter');
  for (const [name, value] of Object.entries({ Left: 100, Top: 80, Width: 60, Height: 50 })) {
    await page.getByRole('spinbutton', { name, exact: true }).fill(String(value));
  }
  await page.getByRole('button', { name: 'Paint', exact: true }).press('Enter');
  const area = { left: 100, top: 80, width: 60, height: 50 };
  const rectangle: MaskOperation = { kind: 'rectangle', mode: 'add', area };
  expect(differingPixels(await downloadMask(page), expectedMask(small, [rectangle]))).toBe(0);
  await page.getByRole('spinbutton', { name: 'Left', exact: true }).fill('300');
  await expect(page.getByText('it is 320 wide and 240 high')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Paint', exact: true })).toBeDisabled();

  await unfold(page, 'Grow, shrink, feather');
  await page.getByRole('spinbutton', { name: 'By how many pixels' }).fill('9');
  await expect(page.getByText('The picture shows it as it would be')).toBeVisible();
  const grown = expectedMask(small, [rectangle, { kind: 'grow', pixels: 9 }]);
  // What is on the screen is what goes out, applied or not.
  expect(differingPixels(await downloadMask(page), grown)).toBe(0);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  expect(differingPixels(await downloadMask(page), expectedMask(small, [rectangle]))).toBe(0);
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  expect(differingPixels(await downloadMask(page), grown)).toBe(0);
  await undoOf(page).click();
  expect(differingPixels(await downloadMask(page), expectedMask(small, [rectangle]))).toBe(0);
});

test('its keys are silent while somebody types, and stand in the sheet', async ({
  page,
  studio,
}) => {
  const surface = await openPicture(page, studio.app.url);
  const tool = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });
  await page.keyboard.press('e');
  await expect(tool('Erase')).toHaveAttribute('aria-pressed', 'true');
  await studio.prompt.fill('');
  await studio.prompt.pressSequentially('blue lrx[]01');
  await expect(studio.prompt).toHaveValue('blue lrx[]01');
  await expect(tool('Erase')).toHaveAttribute('aria-pressed', 'true');
  await drawOn(surface, [
    [0.2, 0.5],
    [0.8, 0.5],
  ]);
  const size = page.getByRole('spinbutton', { name: 'Size', exact: true });
  await setSize(page, 100);
  await surface.click();
  await page.keyboard.press(']');
  await expect(size).toHaveValue('125');
  await page.keyboard.press('[');
  await page.keyboard.press('[');
  await expect(size).toHaveValue('90');
  await page.keyboard.press('x');
  await expect(tool('Brush')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Swap brush and eraser');
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
