import { violations } from './axe';
import { seedExperiment } from './experiment-seed';
import { expect, test } from './studio';

// The grid of an experiment on a phone.

test('on a phone the page is scrolled from row to row, a swipe brings the next column, and little of it is there', async ({
  page,
  studio,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const model = 'turing/gpt-image-1';
  const values = Array.from({ length: 40 }, (_, index) => `value ${index + 1}`).join('|');
  const definition = {
    template: `{v: ${values}} {mood: calm|wild}`,
    models: [{ id: model, model, options: {}, size: null }],
  };
  await seedExperiment(page, { id: 'tall', name: '', definition });
  await page.goto(`${studio.app.url}/experiments?open=tall`);
  await page.getByRole('combobox', { name: 'v' }).selectOption({ index: 0 });
  const cells = page.getByRole('gridcell');
  const first = cells.filter({ has: page.getByText('value 1', { exact: true }) });
  await expect(first.locator('[data-painted]').first()).toBeVisible();
  expect(await cells.count()).toBeLessThan(16);
  await first.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('2/2', { exact: true })).toBeVisible();
  await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
  const last = cells.filter({ has: page.getByText('value 40', { exact: true }) }).last();
  await expect(last.locator('[data-painted]')).toBeInViewport();
  // What its column is stays in view.
  await expect(page.getByText('wild', { exact: true })).toBeInViewport();
  expect(await cells.count()).toBeLessThan(16);
  await last.focus();
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowUp');
  await expect(
    cells.filter({ has: page.getByText('value 37', { exact: true }) }).last(),
  ).toBeInViewport({
    ratio: 0.9,
  });
  expect(await violations(page)).toEqual([]);
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('two fingers zoom and move all pictures, as buttons do', async ({
    page,
    context,
    studio,
  }) => {
    const definition = {
      template: 'pinched {v: one|two}',
      models: [{ id: 'm', model: 'turing/gpt-image-1', options: {}, size: null }],
    };
    await seedExperiment(page, { id: 'pinched', name: '', definition });
    await page.goto(`${studio.app.url}/experiments?open=pinched`);
    const picture = page.locator('[role=gridcell] [data-painted]').first();
    await picture.scrollIntoViewIfNeeded();
    const box = async () => {
      const { x = 0, y = 0, width = 0 } = (await picture.boundingBox()) ?? {};
      return [x, y, width].map(Math.round);
    };
    await expect.poll(async () => (await box())[2]).toBeGreaterThan(300);
    const whole = await box();
    const [left = 0, top = 0, width = 0] = whole;
    const devtools = await context.newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number, down = 0) => {
      const [x, y] = [left + width / 2, top + width / 2 + down];
      const touchPoints =
        type === 'touchEnd' ? [] : [-1, 1].map((way, id) => ({ x: x + (way * apart) / 2, y, id }));
      return devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
    };
    const scrolled = () => page.locator('main').evaluate(({ scrollTop }) => scrollTop);
    const before = await scrolled();
    await touch('touchStart', 100);
    for (const apart of [125, 150, 175, 200]) await touch('touchMove', apart);
    for (const down of [15, 30]) await touch('touchMove', 200, down);
    await touch('touchEnd', 0);
    const pinched = [left - width / 2, top - width / 2 + 30, width * 2].map(Math.round);
    await expect.poll(box).toEqual(pinched);
    expect(await scrolled()).toBe(before);
    expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.getByRole('button', { name: 'Make all pictures smaller' }).click();
    await page.getByRole('button', { name: 'Make all pictures smaller' }).click();
    await expect.poll(async () => (await box())[2]).toBe(width);
    await page.getByRole('button', { name: 'Make all pictures larger' }).click();
    await expect.poll(async () => (await box())[2]).toBe(Math.round(width * 1.5));
  });
});
