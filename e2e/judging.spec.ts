import type { Page } from '@playwright/test';
import { violations } from './axe';
import { seedExperiment } from './experiment-seed';
import { expect, test } from './studio';

// Pictures are judged in pairs, blind, and what that says is hidden until somebody asks.

const pair = (page: Page) => page.getByTestId('judge-pair').getByRole('img');
/** Goes to a part of the page, once the pictures are read that it needs. */
async function open(page: Page, name: 'Judge' | 'Results'): Promise<void> {
  const parts = page.getByRole('group', { name: 'What is shown' });
  await expect(parts.getByRole('radio', { name })).toBeEnabled();
  await parts.getByText(name, { exact: true }).click();
}
const judged = (page: Page, count: number) =>
  page.getByRole('dialog').getByText(new RegExp(`^${count} judged`));

test('pairs are judged by keys, undone, and kept; results come when asked for', async ({
  page,
  studio,
}) => {
  const row = (model: string) => ({ id: model, model, options: {}, size: null });
  await seedExperiment(page, {
    id: 'tea',
    name: 'Tea tins',
    definition: {
      template: 'a {colour: red|blue|green} tin',
      models: ['turing/gpt-image-2', 'turing/gpt-image-1'].map(row),
    },
  });
  await page.goto(`${studio.app.url}/experiments?open=tea`);
  await page.waitForLoadState('networkidle');
  await open(page, 'Judge');
  await page.getByLabel('What is compared').selectOption({ label: 'models' });
  await expect(page.getByText('2 values in 3 blocks')).toBeVisible();
  await page.getByRole('button', { name: 'Start judging' }).click();
  for (const [index, key] of ['ArrowLeft', 'ArrowRight', 'ArrowDown', 'ArrowUp'].entries()) {
    await expect(pair(page)).toHaveCount(2);
    await page.keyboard.press(key);
    await expect(judged(page, index + 1)).toBeVisible();
  }
  // Nothing tells where a picture is from.
  await expect(pair(page).first()).toHaveAttribute('alt', 'left picture');
  await expect(pair(page).first()).toHaveAttribute('src', /^blob:/);
  await expect(page.getByRole('dialog')).not.toContainText(/GPT|tin|64/);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Backspace');
  await expect(judged(page, 3)).toBeVisible();
  // The pair before is read again.
  await expect(pair(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Left' }).click();
  await expect(judged(page, 4)).toBeVisible();
  await page.reload();
  await open(page, 'Judge');
  await page.getByLabel('What is compared').selectOption({ label: 'models' });
  await expect(page.getByText(/^4 judged/)).toBeVisible();

  await open(page, 'Results');
  await expect(page.getByRole('table')).toHaveCount(0);
  await page.getByRole('button', { name: 'Show the results' }).click();
  await expect(page.getByText('4 judgements say little')).toBeVisible();
  const rows = page.getByRole('region', { name: /preferred to an average/ }).getByRole('row');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText(/\d+% \(\d+–\d+\)/);
  expect(await violations(page)).toEqual([]);

  // What is judged from now on is marked, and can be left out.
  await open(page, 'Judge');
  await page.getByRole('button', { name: 'Go on judging' }).click();
  await expect(pair(page)).toHaveCount(2);
  await page.keyboard.press('ArrowRight');
  await expect(judged(page, 5)).toBeVisible();
  await page.keyboard.press('Escape');
  await open(page, 'Results');
  await page.getByLabel(/Leave out 1 judgement/).check();
  await expect(page.getByText('From 4 judgements in 3 blocks')).toBeVisible();
});

test('an experiment that was removed comes back with its pictures and judgements', async ({
  page,
  studio,
}) => {
  const models = ['turing/gpt-image-2', 'turing/gpt-image-1'];
  const definition = {
    template: 'a {colour: red|blue|green} tin',
    models: models.map((model) => ({ id: model, model, options: {}, size: null })),
  };
  await seedExperiment(page, { id: 'back', name: 'Tins to come back', definition });
  await page.goto(`${studio.app.url}/experiments?open=back`);
  await page.waitForLoadState('networkidle');
  await open(page, 'Judge');
  await page.getByRole('button', { name: 'Start judging' }).click();
  await expect(pair(page)).toHaveCount(2);
  await page.keyboard.press('ArrowLeft');
  await expect(judged(page, 1)).toBeVisible();
  await page.keyboard.press('Escape');
  const list = page.getByRole('navigation', { name: 'Experiments' });
  await list.getByRole('button', { name: 'Remove the experiment' }).click();
  await expect(list.getByText('Tins to come back')).toHaveCount(0);
  // Its pictures are the gallery's, too.
  await list.getByRole('button', { name: 'Undo' }).click();
  const isBack = async () => {
    await expect(list.getByText('Tins to come back')).toBeVisible();
    await expect(page.locator('[role=gridcell] [data-painted]')).toHaveCount(6);
    await open(page, 'Judge');
    await expect(page.getByText(/^1 judged/)).toBeVisible();
  };
  await isBack();
  await page.reload();
  await isBack();
});
