import { violationsInBothThemes } from './axe';
import { releaseStep } from './fault-upstream';
import { expect, test } from './studio';
import { overhang } from './window-measures';

// Every state of the page by axe, light and dark; and every width of a screen.

test('axe finds nothing in any state, light or dark', async ({ page, studio }) => {
  // Ten states, each looked at for seconds.
  test.slow();
  expect(await violationsInBothThemes(page)).toEqual([]);

  // Everything of the form unfolded, with a mistake and a note.
  for (const folded of await page.locator('form details summary').all()) await folded.click();
  await page.getByTestId('count').fill('11');
  await expect(studio.problem).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);

  await page.getByTestId('count').fill('4');
  await studio.run('axe fault:held');
  await studio.arrived('axe fault:held');
  await expect(studio.stop).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
  releaseStep();
  await expect(studio.pictures).toHaveCount(1);
  releaseStep();
  await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
  await studio.run('axe fault:different');
  await expect(studio.pictures).toHaveCount(6);
  expect(await violationsInBothThemes(page)).toEqual([]);

  await studio.pictures.first().click();
  await expect(page.locator('dialog[open] img')).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open]')).toHaveCount(0);

  await page.locator('main button[aria-haspopup="dialog"]').click();
  await expect(page.locator('dialog[open] ul button').first()).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await page.getByTestId('count').fill('1');
  await studio.run('axe fault:server-error');
  await expect(studio.problem).toHaveCount(1);
  await studio.run('axe fault:rate-limit');
  await expect(studio.problem).toHaveCount(2);
  await expect(studio.stop).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await studio.stop.click();
  await page.keyboard.press('?');
  await expect(page.locator('dialog[open]')).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await studio.cards.last().locator('header button').last().click();
  await expect(studio.cards).toHaveCount(3);
  expect(await violationsInBothThemes(page)).toEqual([]);

  const mode = page.getByText(/^Gateway/);
  await expect(mode.filter({ visible: true })).toHaveCount(1);
  await page.goto(`${studio.app.url}/nowhere`);
  await expect(page.getByRole('link').first()).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
});

for (const viewport of [
  { width: 320, height: 640 },
  { width: 390, height: 844 },
  { width: 2560, height: 1440 },
]) {
  test(`fits a screen of ${viewport.width} × ${viewport.height}`, async ({ page, studio }) => {
    await page.setViewportSize(viewport);
    expect(await overhang(page)).toEqual([0, 0]);
    await page.getByTestId('count').fill('4');
    await studio.run(`${'n'.repeat(120)} fault:different`);
    await expect(studio.pictures).toHaveCount(4);
    await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
    expect(await overhang(page)).toEqual([0, 0]);
    await studio.run('fault:rate-limit');
    await expect(studio.stop).toBeVisible();
    expect(await overhang(page)).toEqual([0, 0]);
    await studio.stop.click();
    expect(await overhang(page)).toEqual([0, 0]);
    await page.getByText(/^More:/).click();
    expect(await overhang(page)).toEqual([0, 0]);
    // Whatever the Tab key reaches can be seen: no part of it is under the bars that stand still.
    await page.getByRole('link', { name: 'Skip to content' }).focus();
    const covered = new Set<string>();
    for (let steps = 0; steps < 70; steps++) {
      await page.keyboard.press('Tab');
      const found = await page.evaluate(async () => {
        // Two frames, in which the browser scrolls to what has the focus.
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const focused = document.activeElement;
        if (!focused || focused === document.body) return '';
        const seen = focused.matches('.sr-only') ? (focused.closest('label') ?? focused) : focused;
        const box = seen.getBoundingClientRect();
        if (box.height > innerHeight / 2) return '';
        const x = box.left + box.width / 2;
        const y = box.top + box.height / 2;
        const top = document.elementFromPoint(x, y);
        // A flat picture lies under its own buttons.
        const isOwn = top !== null && focused.closest('figure')?.contains(top);
        const isSeen = top !== null && (seen.contains(top) || top.contains(seen));
        return isSeen || isOwn ? '' : focused.outerHTML.slice(0, 200);
      });
      if (found !== '') covered.add(found);
    }
    expect([...covered]).toEqual([]);
  });
}
