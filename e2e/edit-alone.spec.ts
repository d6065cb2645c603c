import type { CDPSession, Locator, Page } from '@playwright/test';
import { openEdit, pictureFile, placeOf } from './edit-page';
import type { SeenRequest } from './fault-upstream';
import { partsOf } from './multipart-parts';
import { expect, test } from './studio';

// One edit with a mask by one means alone: by keys, as a screen reader tells it, and by a finger.

/** The length of the mask that was sent. */
const maskBytes = ([request]: SeenRequest[]) =>
  request && partsOf(request).find(({ name }) => name === 'mask')?.bytes.length;

/** Chooses a picture wherever the page asks for a file, from its first moment on. */
async function answerChoosers(page: Page): Promise<void> {
  const file = await pictureFile({ name: 'cat.png' });
  page.on('filechooser', (chooser) => void chooser.setFiles([file]));
}

async function tabTo(page: Page, target: Locator, key = 'Tab') {
  const isReached = () => target.evaluate((one) => one === document.activeElement);
  for (let steps = 0; steps < 80 && !(await isReached()); steps++) await page.keyboard.press(key);
  await expect(target).toBeFocused();
}

test('by keys alone, and told by roles, names and states', async ({ page, studio }) => {
  await answerChoosers(page);
  await openEdit(page, studio.app.url);
  await tabTo(page, page.getByRole('button', { name: 'Choose pictures' }));
  await page.keyboard.press('Enter');
  const references = page.getByRole('region', { name: 'References' });
  await expect(references.getByRole('list')).toMatchAriaSnapshot(`
    - list:
      - listitem:
        - 'button "Reference 1: cat.png"'
        - button "Remove cat.png"
      - listitem:
        - button "Add pictures"
      - listitem:
        - button "Add earlier pictures"
  `);

  const rectangle = page.locator('summary', { hasText: 'Rectangle by numbers' });
  await tabTo(page, rectangle);
  await page.keyboard.press('Enter');
  for (const [name, value] of Object.entries({ Left: 20, Top: 20, Width: 100, Height: 80 })) {
    await tabTo(page, page.getByRole('spinbutton', { name, exact: true }));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(String(value));
  }
  await tabTo(page, page.getByRole('button', { name: 'Paint', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Mask', exact: true })).toMatchAriaSnapshot(`
    - region "Mask":
      - status: /10\\.\\d% of the picture/
      - button "Import"
      - button "Export PNG"
      - button "Invert"
      - button "Fill all"
      - button "Clear"
  `);

  await page.keyboard.press('/');
  await expect(studio.prompt).toBeFocused();
  await page.keyboard.type('a hat, by keys');
  await page.keyboard.press('Control+Enter');
  await studio.arrived('a hat, by keys');
  expect(maskBytes(studio.sent('a hat, by keys'))).toBeGreaterThan(0);
  await expect(page.getByRole('region', { name: 'Results' })).toMatchAriaSnapshot(`
    - 'article "Run: a hat, by keys"':
      - heading "a hat, by keys"
      - list "Made from":
        - listitem:
          - img "cat.png"
      - button "Remove this run"
      - button "Use these settings"
      - button "Run again"
      - figure:
        - button /View large/
        - link /Download/
        - button "Copy"
        - button "Edit this"
        - button "Same mask"
        - button "Chat"
        - button "Delete this picture"
      - button "Compare"
  `);
});

test.describe('by a finger alone', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('the picture, the mask, the words, the result', async ({ page, studio }) => {
    await answerChoosers(page);
    await openEdit(page, studio.app.url);
    await page.getByRole('button', { name: 'Choose pictures' }).tap();
    const surface = page.getByTestId('mask-surface');
    await expect(surface).toBeInViewport();
    const devtools = await page.context().newCDPSession(page);
    await expect(async () => {
      await swipe(devtools, surface);
      await expect(page.getByText(/The mask covers .+ of the picture/)).toBeVisible({
        timeout: 500,
      });
    }).toPass();

    await studio.prompt.tap();
    await studio.prompt.fill('a hat, by touch');
    await studio.submit.tap();
    await studio.arrived('a hat, by touch');
    expect(maskBytes(studio.sent('a hat, by touch'))).toBeGreaterThan(0);
    await expect(studio.pictures).toBeInViewport();
    await page.getByRole('button', { name: 'Edit this' }).tap();
    await expect(page.getByText('Replaced: cat.png')).toBeInViewport();
    await expect(studio.prompt).toBeFocused();
  });
});

/** A finger from left to right over the middle of what is shown. */
async function swipe(devtools: CDPSession, surface: Locator): Promise<void> {
  const box = await placeOf(surface);
  const y = box.y + box.height / 2;
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', share?: number) =>
    devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: share === undefined ? [] : [{ x: box.x + share * box.width, y, id: 0 }],
    });
  await send('touchStart', 0.3);
  for (const share of [0.4, 0.5, 0.6]) await send('touchMove', share);
  await send('touchEnd');
}
