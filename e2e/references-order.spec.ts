import { expect, type Page, test } from '@playwright/test';
import {
  blue,
  drag,
  expectOrder,
  green,
  middle,
  open,
  type Point,
  pick,
  red,
  thumbs,
  turned,
  undo,
} from './references-page';

// The order of the references, by mouse, finger, keys and buttons.

test('is put in order with the mouse and by buttons; what was removed comes back', async ({
  page,
}) => {
  await open(page);
  await pick(page, red, green, blue);
  await expectOrder(page, red, green, blue);
  await drag(page, 0, 2);
  await expectOrder(page, green, blue, red);
  await drag(page, 1, 0);
  await expectOrder(page, blue, green, red);
  // What ends a drag chooses nothing; a click does.
  await expect(page.getByRole('region', { name: /^Reference \d/ })).toHaveCount(0);
  await thumbs(page).nth(1).click();
  await expect(page.getByRole('region', { name: 'Reference 2' })).toContainText('green.png');

  // Escape ends a drag, and leaves all as it was.
  await drag(page, 0, 1, () => page.keyboard.press('Escape'));
  await expectOrder(page, blue, green, red);

  // By buttons.
  const details = page.getByRole('region', { name: /^Reference \d/ });
  await details.getByRole('button', { name: 'Move one place forward' }).click();
  await expectOrder(page, green, blue, red);
  await page.getByTestId('ref-replace').setInputFiles(turned);
  await expectOrder(page, turned, blue, red);
  await undo(page).click();
  await expectOrder(page, green, blue, red);
  await expect(thumbs(page).first()).toBeFocused();
  await thumbs(page).nth(2).hover();
  await page.getByRole('button', { name: 'Remove red.png' }).click();
  await expectOrder(page, green, blue);
  await thumbs(page).first().press('Delete');
  await expect(page.getByText('Removed: green.png')).toBeVisible();
  await undo(page).click();
  await undo(page).click();
  await expectOrder(page, green, blue, red);
});

test('is put in order with the keyboard alone, which says where a picture went', async ({
  page,
}) => {
  await open(page);
  await pick(page, red, green, blue);
  await expectOrder(page, red, green, blue);
  await thumbs(page).first().focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expectOrder(page, green, red, blue);
  await expect(page.getByText('red.png is now number 2 of 3.')).toBeAttached();
  await expect(thumbs(page).nth(1)).toBeFocused();
  await page.keyboard.press('Alt+End');
  await expectOrder(page, green, blue, red);
  await expect(thumbs(page).nth(2)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(thumbs(page).nth(1)).toBeFocused();
  await page.keyboard.press('Delete');
  await expectOrder(page, green, red);
  await expect(thumbs(page).nth(1)).toBeFocused();
  await page.keyboard.press('Delete');
  await page.keyboard.press('Delete');
  await expect(thumbs(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Add pictures' })).toBeFocused();
});

test.describe('on a touch screen', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('is put in order by a finger that rests first; one that swipes scrolls', async ({
    page,
  }) => {
    await open(page);
    await pick(page, red, green, blue);
    await expectOrder(page, red, green, blue);
    const first = await middle(thumbs(page).first());
    await touchDrag(page, first, await middle(thumbs(page).nth(2)), () =>
      expect(page.locator('li.cursor-grabbing')).toHaveCount(1),
    );
    await expectOrder(page, green, blue, red);
    const scrolled = () => page.getByRole('main').evaluate((main) => main.scrollTop);
    const before = await scrolled();
    const { x, y } = await middle(thumbs(page).first());
    await touchDrag(page, { x, y }, { x, y: y - 150 });
    // A tap on what still scrolls only stops it.
    let last = before;
    const isStill = async () => {
      const [earlier, now] = [last, await scrolled()];
      last = now;
      return now > before && now === earlier;
    };
    await expect.poll(isStill).toBe(true);
    await expectOrder(page, green, blue, red);
    await thumbs(page).first().tap();
    await expect(page.getByRole('region', { name: 'Reference 1' })).toContainText('green.png');
  });
});

/** A finger that goes from one thumbnail to another; at once, or after it has rested. */
async function touchDrag(page: Page, start: Point, end: Point, rest = async () => {}) {
  const browser = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', point?: Point) =>
    browser.send('Input.dispatchTouchEvent', { type, touchPoints: point ? [point] : [] });
  await touch('touchStart', start);
  await rest();
  for (let step = 1; step <= 5; step++) {
    const part = step / 5;
    const x = start.x + (end.x - start.x) * part;
    await touch('touchMove', { x, y: start.y + (end.y - start.y) * part });
  }
  await touch('touchEnd');
}
