import type { Page } from '@playwright/test';
import { violations, violationsInBothThemes } from './axe';
import { addReferences, drawOn, openEdit, pictureFile } from './edit-page';
import { expect, test } from './studio';
import { overhang } from './window-measures';

// The Edit page by axe in both themes, and on every width of a screen.

/** Opens everything of the form that is folded away. */
const unfold = (page: Page) =>
  page.locator('form details').evaluateAll((all) => {
    for (const one of all) (one as HTMLDetailsElement).open = true;
  });
const stroke = [
  [0.3, 0.5],
  [0.6, 0.5],
] as const;

test('axe finds nothing on the Edit page, light or dark', async ({ page, studio }) => {
  test.slow();
  await openEdit(page, studio.app.url);
  expect(await violationsInBothThemes(page)).toEqual([]);

  await addReferences(page, [
    await pictureFile({ name: 'cat.png' }),
    await pictureFile({ name: 'dog.jpg' }),
  ]);
  await drawOn(page.getByTestId('mask-surface'), stroke);
  // Everything of the form unfolded, and a file that is refused.
  await unfold(page);
  await page
    .getByTestId('ref-input')
    .setInputFiles([{ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('no') }]);
  await expect(studio.problem).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);

  await studio.run('axe fault:different');
  await expect(studio.pictures).toHaveCount(4);
  expect(await violationsInBothThemes(page)).toEqual([]);
  await studio.run('axe fault:server-error');
  await expect(studio.cards.getByTestId('problem')).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
});

for (const viewport of [
  { width: 320, height: 640 },
  { width: 390, height: 844 },
  { width: 1024, height: 768 },
  { width: 2560, height: 1440 },
]) {
  test(`the Edit page fits a screen of ${viewport.width} × ${viewport.height}`, async ({
    page,
    studio,
  }) => {
    await page.setViewportSize(viewport);
    await openEdit(page, studio.app.url);
    expect(await overhang(page)).toEqual([0, 0]);
    await addReferences(page, [await pictureFile({ name: `${'n'.repeat(80)}.png` })]);
    await drawOn(page.getByTestId('mask-surface'), stroke);
    await unfold(page);
    expect(await overhang(page)).toEqual([0, 0]);
    await studio.run(`${'n'.repeat(120)} fault:different`);
    await expect(studio.pictures).toHaveCount(4);
    await studio.run('fault:rate-limit');
    await expect(studio.stop).toBeVisible();
    expect(await overhang(page)).toEqual([0, 0]);
  });
}

test('axe finds nothing in a comparison, over or beside the original, with its outside kept', async ({
  page,
  studio,
}) => {
  await openEdit(page, studio.app.url);
  await addReferences(page, [await pictureFile({ name: 'cat.png' })]);
  await drawOn(page.getByTestId('mask-surface'), stroke);
  await studio.run('axe fault:edit-left-eighth');
  await page.getByLabel('Keep everything outside the mask').check();
  await expect(page.locator('[data-testid=composite-actions]:not([inert])')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByTestId('compare-slider')).toBeAttached();
  expect(await violations(page)).toEqual([]);
  await page.getByText('Side by side').click();
  await expect(page.getByTestId('compare-pane')).toHaveCount(2);
  expect(await violations(page)).toEqual([]);
});
