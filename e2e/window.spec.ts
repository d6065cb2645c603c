import { expect, test } from '@playwright/test';
import { openChat } from './chat-page';
import { addReferences, drawOn, pictureFile } from './edit-page';
import { open, pick, red } from './references-page';
import { overhang, smallControls, smallWords } from './window-measures';

// The page in its window: it never scrolls as a whole, and Back leaves one thing at a time.

for (const [width, height] of [
  [1440, 900],
  [1280, 720],
  [900, 600],
  [768, 1024],
] as const) {
  test(`no page is larger than a window of ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    expect(await overhang(page)).toEqual([0, 0]);
    await pick(page, red);
    await expect(page.getByTestId('ref-thumb')).toHaveCount(1);
    await expect(page.getByTestId('mask-surface')).toBeVisible();
    expect(await overhang(page)).toEqual([0, 0]);
    for (const summary of await page.locator('main summary').all()) await summary.click();
    expect(await overhang(page)).toEqual([0, 0]);
    expect(await smallWords(page)).toEqual([]);
    // The wheel past the end of the form leaves the bar where it is.
    await page.mouse.move(150, height / 2);
    await page.mouse.wheel(0, 10_000);
    await page.mouse.wheel(0, 10_000);
    await expect(page.getByRole('banner')).toBeInViewport({ ratio: 1 });

    for (const address of ['/', '/chat']) {
      await page.goto(address);
      await expect(page.locator('[aria-busy=false]').first()).toBeVisible();
      for (const summary of await page.locator('main summary').all()) await summary.click();
      expect(await overhang(page)).toEqual([0, 0]);
      expect(await smallWords(page)).toEqual([]);
    }
  });
}

test.describe('on a phone', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('nothing is larger than the window, and every control can be hit', async ({ page }) => {
    const expectFit = async () => {
      await expect.poll(() => smallControls(page)).toEqual([]);
      expect(await smallWords(page)).toEqual([]);
      expect(await overhang(page)).toEqual([0, 0]);
    };
    const expectFitUnfolded = async () => {
      for (const summary of await page.locator('main summary').all()) await summary.click();
      await expectFit();
    };
    await page.goto('/');
    await expect(page.getByTestId('submit')).toBeEnabled();
    await page.getByTestId('submit').click();
    await expectFitUnfolded();
    await page.getByTestId('count').fill('2');
    await page.getByTestId('prompt').fill('two foxes');
    await page.getByTestId('submit').tap();
    await expect(page.getByTestId('result-image')).toHaveCount(2);
    await expect(page.getByTestId('stop')).toHaveCount(0);
    await expectFit();
    await page.getByTestId('result-image').first().tap();
    await expect(page.getByRole('dialog', { name: 'Picture viewer' })).toBeVisible();
    await expectFit();
    await page.goBack();
    await page.getByTestId('prompt').fill('[server-error]');
    await page.getByTestId('submit').tap();
    await expect(page.getByTestId('problem')).toBeVisible();
    await expectFitUnfolded();
    await page.getByRole('button', { name: /history$/ }).tap();
    await expect(page.getByRole('dialog').getByRole('button')).toHaveCount(2);
    await expectFit();

    await open(page);
    await expectFit();
    await addReferences(page, [await pictureFile({ name: 'cat.png' })]);
    await drawOn(page.getByTestId('mask-surface'), [
      [0.3, 0.5],
      [0.6, 0.5],
    ]);
    await expect(page.getByText(/The mask covers .+ of the picture/)).toBeVisible();
    await page.getByTestId('ref-thumb').tap();
    await expectFitUnfolded();
    // What to change comes before by whom and how, on the screen and for the Tab key.
    const fields = page
      .getByRole('form')
      .locator('textarea, select, [data-param=size] [type=number]');
    const [prompt, model, width] = await fields.evaluateAll((all) =>
      all.map((field) => field.getBoundingClientRect().y),
    );
    await expect(fields.first()).toHaveAttribute('data-testid', 'prompt');
    await expect(fields.nth(1)).toHaveAttribute('data-testid', 'model');
    expect(prompt).toBeLessThan(model ?? 0);
    expect(model).toBeLessThan(width ?? 0);
    await page.getByTestId('prompt').fill('a hat');
    await page.getByTestId('submit').tap();
    await expect(page.getByTestId('edit-tools')).toBeVisible();
    await expectFit();
    await page.getByRole('button', { name: 'Compare' }).tap();
    await expect(page.getByRole('dialog').getByRole('slider').first()).toBeVisible();
    await expectFit();

    const chat = await openChat(page);
    await expectFit();
    await chat.ask('a lighthouse');
    await expect(chat.pictures).toHaveCount(1);
    await expectFitUnfolded();
    await page.getByRole('button', { name: /^Change settings/ }).tap();
    await expectFit();
    await page.goBack();
    await page.getByRole('button', { name: 'Show conversations' }).tap();
    await expectFit();
  });
});

test('Back closes what is open over a page, and leaves the page once it is closed', async ({
  page,
}) => {
  await page.goto('/chat');
  await expect(page.getByTestId('composer')).toHaveAttribute('aria-busy', 'false');
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await expect(page.getByTestId('submit')).toBeEnabled();
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  const open = async () => {
    await page.getByRole('main').press('?');
    await expect(sheet).toBeVisible();
  };
  await open();
  await page.goBack();
  await expect(sheet).toBeHidden();
  await expect(page).toHaveURL('/edit');
  // Closed by a key, it takes no step of its own.
  await open();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.goBack();
  await expect(page).toHaveURL('/chat');
  // What was left with an open dialog comes back without one, and Back goes on from there.
  await page.goForward();
  await expect(page).toHaveURL('/edit');
  await expect(page.getByTestId('submit')).toBeEnabled();
  await open();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Generate', exact: true }).click();
  await expect(page).toHaveURL('/');
  await expect(page.getByTestId('submit')).toBeEnabled();
  await page.goBack();
  await expect(page).toHaveURL('/edit');
  await page.goBack();
  await expect(page).toHaveURL('/chat');
});

for (const [width, height] of [
  [1024, 768],
  [390, 844],
] as const) {
  test(`the first edit comes into view in a window of ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await pick(page, red);
    await expect(page.getByTestId('mask-surface')).toBeVisible();
    await page.getByTestId('prompt').fill('a hat');
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('run-card')).toBeInViewport();
    await expect(page.getByTestId('result-image').first()).toBeInViewport();
  });
}

test('the column of results keeps the width that it was given', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await open(page);
  await pick(page, red);
  await expect(page.getByTestId('mask-surface')).toBeVisible();
  await page.getByTestId('prompt').fill('wider');
  await page.getByTestId('submit').click();
  const results = page.getByRole('region', { name: 'Results' });
  await expect(results.getByTestId('result-image')).toBeVisible();
  const widthOf = async () => (await results.boundingBox())?.width ?? 0;
  const usual = await widthOf();
  const edge = page.getByRole('separator', { name: /^Width of the results/ });
  await edge.hover();
  await page.mouse.down();
  await page.mouse.move(1180 - usual, 400, { steps: 3 });
  await page.mouse.up();
  await expect.poll(widthOf).toBeCloseTo(usual + 100, -1);
  const dragged = await widthOf();
  await edge.press('ArrowRight');
  await expect.poll(widthOf).toBe(dragged - 32);
  await page.reload();
  await expect.poll(widthOf).toBe(dragged - 32);
  await edge.dblclick();
  await expect.poll(widthOf).toBe(usual);
});
