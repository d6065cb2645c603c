import type { Page } from '@playwright/test';
import { type SeededRun, seedRuns } from './gallery-seed';
import { expect, test } from './studio';

// One wall over everything that was made: to be found again, looked at, and left where it was.

const shapes = [
  [300, 200],
  [200, 300],
  [256, 256],
] as const;
const prompts = ['A blue vase', '青花瓷花瓶', 'A fox 🦊 in the snow'];
const many = (count: number): SeededRun[] =>
  Array.from({ length: count }, (_, number) => ({
    prompt: `${prompts[number % 3]} ${number}`,
    sizes: [shapes[number % 3] ?? [1, 1]],
    age: number * 200,
    model: number % 2 ? 'gpt-image-1' : 'gpt-image-2',
  }));
const tiles = (page: Page) => page.locator('[data-tile]');
const tile = (page: Page, name: string) => page.getByRole('option', { name });
const wall = (page: Page) => page.getByTestId('wall');
const viewer = (page: Page) => page.getByRole('dialog');

test('what is looked at, left by Back, or loaded again is the same place', async ({
  page,
  studio,
}) => {
  await seedRuns(page, many(500));
  await page.getByRole('link', { name: 'Gallery' }).click();
  await expect(page.getByRole('status').filter({ hasText: '500 pictures' })).toBeVisible();
  expect(await tiles(page).count()).toBeLessThan(100);
  // Pictures are drawn, the nearest first.
  await expect(tile(page, 'A blue vase 0').locator('[data-painted]')).toBeVisible();
  await wall(page).evaluate((element) => element.scrollTo({ top: 9000 }));
  const far = tiles(page).filter({ visible: true }).nth(30);
  const name = (await far.getAttribute('aria-label')) ?? '';
  const named = page.getByRole('option', { name, exact: true });
  await expect(named.locator('[data-painted]')).toBeVisible();
  // Into the viewer and two further: the wall stands where that is.
  await named.click();
  await expect(viewer(page).getByRole('img')).toHaveJSProperty('complete', true);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(viewer(page)).toContainText(/\d+ of 500/);
  const position = await viewer(page)
    .getByText(/^\d+ of 500$/)
    .first()
    .textContent();
  const number = Number(position?.split(' ')[0]);
  await page.goBack();
  await expect(viewer(page)).toHaveCount(0);
  const seen = page.locator(`[aria-posinset="${number}"]`);
  await expect(seen).toBeFocused();
  await expect(seen).toBeInViewport();
  // Away and back, and loaded again.
  const top = () => seen.evaluate((element) => Math.round(element.getBoundingClientRect().top));
  const before = await top();
  await expect(page).toHaveURL(/\/gallery#at=/);
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await expect(page).toHaveURL(/\/edit$/);
  await page.goBack();
  await expect(seen).toBeInViewport();
  expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
  await page.reload();
  await expect(seen).toBeInViewport();
  expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
  // No log can hold what is behind the #.
  expect(new URL(page.url()).search).toBe('');
  expect(studio.sent('vase')).toHaveLength(0);
});
