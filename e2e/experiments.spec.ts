import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { createExperiment, emptyDefinition } from '@/lib/core/experiments/experiment';
import { newLane } from '@/lib/core/experiments/lane';
import { planExperiment } from '@/lib/core/experiments/plan';
import { catalogue } from '@/lib/core/models/catalogue';
import type { Model } from '@/lib/core/models/model';
import { looks, violations, wear } from './axe';
import { keepRecord, seedExperiment } from './experiment-seed';
import { expect, test } from './studio';
import { shiftClock } from './wrong-clock';

// One prompt's variations on several models: planned, run, looked at in a grid.

const template = (page: Page) => page.getByRole('textbox', { name: 'Prompt with choices' });
const run = (page: Page) => page.getByTestId('experiment-run');
const cells = (page: Page) => page.getByRole('gridcell');
const cell = (page: Page, name: string) => page.getByRole('gridcell', { name });
const progress = (page: Page) => page.getByTestId('progress');

test('the last words typed into an experiment outlive a reload at once', async ({
  page,
  studio,
}) => {
  await page.goto(`${studio.app.url}/experiments`);
  // No script has seen what is typed and gone before the page has come to life.
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  // Of a new experiment, and of one that is stored.
  await template(page).fill('a {palette: jade|rust} tin');
  await page.reload();
  await expect(template(page)).toHaveValue('a {palette: jade|rust} tin');
  await page.getByRole('button', { name: 'Add a model' }).click();
  await template(page).fill('a {palette: jade|plum} tin');
  await page.reload();
  await expect(template(page)).toHaveValue('a {palette: jade|plum} tin');
  await expect(run(page)).toHaveText('Run 2 requests');
});

test('an experiment is planned, run once for each cell, and looked at by keys', async ({
  page,
  context,
  studio,
}) => {
  const { url } = studio.app;
  await page.getByRole('link', { name: 'Experiments' }).click();
  await expect(page.getByRole('button', { name: /A tea tin in two palettes/ })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: /A tea tin in two palettes/ }).click();
  await expect(run(page)).toHaveText('Run 4 requests');
  // What is wrong stands in its place, and becomes text by one click.
  await template(page).fill('grid-of-tins {palette: jade|rust} {tin');
  await expect(page.getByText('The brace at character 35 is never closed.')).toBeVisible();
  await expect(run(page)).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Take it as text' }).click();
  await expect(template(page)).toHaveValue('grid-of-tins {palette: jade|rust} \\{tin');
  await page.getByRole('button', { name: 'Add a model' }).click();
  await expect(run(page)).toHaveText('Run 6 requests');
  await expect(page.getByRole('cell', { name: /2048 × 2048/ })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  expect(studio.sent('grid-of-tins')).toEqual([]);

  await run(page).click();
  await expect(progress(page)).toHaveText('6 of 6');
  await expect(cells(page)).toHaveCount(6);
  await expect(cell(page, 'Seedream 4.5, rust, picture').locator('[data-painted]')).toBeVisible();
  expect(studio.sent('grid-of-tins jade {tin')).toHaveLength(3);
  expect(studio.sent('grid-of-tins')).toHaveLength(6);
  expect(await violations(page)).toEqual([]);

  // Two are picked and compared, one is viewed, one is left out and taken back.
  await cell(page, 'GPT-image-2, jade').focus();
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowRight');
  await expect(cell(page, 'GPT-image-2, rust')).toBeFocused();
  await page.keyboard.press(' ');
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('rust · GPT-image-2');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await cell(page, 'GPT-image-1, rust').focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('rust · GPT-image-1');
  // On to the next cell, with all that is known of it; the focus is on that one afterwards.
  await page.keyboard.press('ArrowLeft');
  await expect(dialog).toContainText('jade · GPT-image-1');
  await page.keyboard.press('i');
  await expect(dialog.getByRole('heading', { name: 'This combination' })).toBeVisible();
  const star = dialog.getByRole('button', { name: 'Star' });
  await star.click();
  await expect(star).toHaveAttribute('aria-pressed', 'true');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(cell(page, 'GPT-image-1, jade')).toBeFocused();
  await page.keyboard.press('i');
  await expect(star).toHaveAttribute('aria-pressed', 'true');
  await expect(dialog).toContainText('Use these settings in Generate');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  // Another tab of the same browser has it too; a further value runs alone.
  await wear(context, url, looks[1]);
  await page.reload();
  await expect(progress(page)).toHaveText('6/6');
  await expect(cells(page)).toHaveCount(6);
  expect(await violations(page, looks[1])).toEqual([]);
  await wear(context, url, looks[0]);
  await page.reload();
  await template(page).fill('grid-of-tins {palette: jade|rust|plum} \\{tin');
  await expect(run(page)).toHaveText('Run the rest (3)');
  // What has its picture cannot be left out.
  await cell(page, 'GPT-image-2, jade').focus();
  await page.keyboard.press('x');
  await run(page).click();
  await expect(progress(page)).toHaveText('9 of 9');
  expect(studio.sent('grid-of-tins')).toHaveLength(9);

  // Taken away: a table with a line for each picture, and a print that waits for all of them.
  await page.getByText('Take away').click();
  const [table] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Tables as CSV' }).click(),
  ]);
  expect(table.suggestedFilename()).toMatch(/cells\.csv$/);
  const lines = (await readFile(await table.path(), 'utf8')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(10);
  expect(lines[0]).toContain('{palette},prompt,model');
  await page.evaluate(() => {
    window.print = () => {
      const shown = [...document.querySelectorAll<HTMLImageElement>('[data-print] img')];
      window.name = `printed ${shown.filter(({ naturalWidth }) => naturalWidth > 0).length}`;
    };
  });
  await page.getByText('Take away').click();
  await page.getByRole('button', { name: 'Print, or save as PDF' }).click();
  await expect.poll(() => page.evaluate(() => window.name)).toBe('printed 9');
  await page.getByText('Take away').click();
  const [json] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Everything but the pictures as JSON' }).click(),
  ]);

  // A copy has a name of its own. Back leads from it; once removed, it can be brought back at once.
  const list = page.getByRole('navigation', { name: 'Experiments' });
  const open = list.locator('button[aria-current=true]');
  await list.getByRole('button', { name: 'Duplicate' }).click();
  await expect(open).toContainText('{tin 2');
  await expect(open).toBeFocused();
  await page.goBack();
  await expect(open).not.toContainText('{tin 2');
  await expect(progress(page)).toHaveText('9 of 9');
  await page.goForward();
  await expect(open).toContainText('{tin 2');
  await list.getByRole('button', { name: 'Remove the experiment' }).click();
  await expect(list.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(open).toContainText('{tin 2');
  await expect(open).toBeFocused();

  // An experiment that is not here says so; the file of one can be opened.
  await page.goto(`${url}/experiments?open=unknown`);
  await expect(page.getByRole('heading', { name: 'There is no such experiment' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('main').getByRole('button', { name: 'New experiment' }).last().click();
  await page.getByLabel('Open a file').setInputFiles(await json.path());
  await expect(template(page)).toHaveValue('grid-of-tins {palette: jade|rust|plum} \\{tin');
});

test('what a model made that is not offered any more stays, the rest of it says why, and the others run', async ({
  page,
  studio,
}) => {
  const [usual] = catalogue;
  const rows = ['turing/gone-image', 'turing/gpt-image-1'].map((model) => ({
    ...{ id: model, model },
    ...{ options: {}, size: null },
  }));
  const definition = { template: 'gone-model {number: 1|2}', models: rows };
  const models = [{ ...usual, id: 'turing/gone-image' } as Model, ...catalogue];
  await seedExperiment(page, { id: 'gone', name: '', definition, models }, 1);
  await page.goto(`${studio.app.url}/experiments?open=gone`);
  await expect(run(page)).toHaveText('Run the rest (2)');
  await page.waitForLoadState('networkidle');
  await run(page).click();
  await expect(progress(page)).toHaveText('3 of 3');
  await expect(page.locator('[role=gridcell] [data-painted]')).toHaveCount(3);
  await expect(cell(page, 'turing/gone-image, 1, picture')).toBeVisible();
  await expect(page.locator('[data-state=impossible]')).toHaveText(/turing\/gone-image/);
  expect(studio.sent('gone-model')).toHaveLength(2);
  await cell(page, 'turing/gone-image, 1').focus();
  await page.keyboard.press('i');
  await expect(page.getByRole('dialog')).toContainText('turing/gone-image');
  expect(await violations(page)).toEqual([]);
});

test('how long the rest will take is worked out anew while nothing is under way', async ({
  page,
  studio,
}) => {
  const [model] = catalogue;
  await page.clock.install();
  await page.getByRole('link', { name: 'Experiments' }).click();
  await expect(page.getByRole('button', { name: /A tea tin in two palettes/ })).toBeVisible();
  const models = [{ id: 'row', model: model?.id ?? '', options: {}, size: null }];
  const definition = { template: 'later {red|blue}', models };
  await seedExperiment(page, { id: 'later', name: '', definition }, 1);
  const now = await page.evaluate(() => Date.now());
  await keepRecord(page, 'lanes', {
    ...newLane(model?.id ?? ''),
    blockedUntil: now + 40 * 60_000,
    blockedAt: now,
  });
  await keepRecord(page, 'experiments', {
    ...createExperiment('later', 1, { definition: { ...emptyDefinition, ...definition } }),
    state: 'paused',
    pausedBecause: 'asked',
  });
  await page.goto(`${studio.app.url}/experiments?open=later`);
  await expect(run(page)).toHaveText('Run the rest (1)');
  await expect(page.getByText(/1 request · 1 picture · about 40:\d\d/).first()).toBeVisible();
  await page.clock.fastForward(30 * 60_000);
  await expect(page.getByText(/1 request · 1 picture · about 10:\d\d/).first()).toBeVisible();
});

test('all pictures are zoomed and moved together, and a drag opens nothing', async ({
  page,
  studio,
}) => {
  const definition = {
    template: 'zoomed {v: one|two}',
    models: [{ id: 'm', model: 'turing/gpt-image-1', options: {}, size: null }],
  };
  await seedExperiment(page, { id: 'zoomed', name: '', definition });
  await page.goto(`${studio.app.url}/experiments?open=zoomed`);
  const pictures = page.locator('[role=gridcell] [data-painted]');
  await expect(pictures).toHaveCount(2);
  const boxes = () =>
    pictures.evaluateAll((all) =>
      all.map((one) => {
        const { x, y, width } = one.getBoundingClientRect();
        return [x, y, width].map(Math.round);
      }),
    );
  const [first = [], second = []] = await boxes();
  const [x = 0, y = 0, width = 0] = first;
  const apart = (second[0] ?? 0) - x;
  await cells(page).first().focus();
  await page.keyboard.press('+');
  const grownAt = (across: number, down: number) =>
    [x - width / 4 + across, y - width / 4 + down, width * 1.5].map(Math.round);
  await expect.poll(boxes).toEqual([grownAt(0, 0), grownAt(apart, 0)]);
  await page.mouse.move(x + width / 2, y + width / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + 30, y + width / 2 - 20, { steps: 3 });
  await page.mouse.up();
  await expect.poll(boxes).toEqual([grownAt(30, -20), grownAt(apart + 30, -20)]);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // The small copies have too few pixels for more.
  for (let step = 0; step < 2; step++) await page.keyboard.press('+');
  await expect(page.locator('[role=gridcell] canvas[data-painted]')).toHaveCount(2);
  await expect(page.locator('[role=gridcell] img').first()).toBeHidden();
  await page.keyboard.press('0');
  await expect(page.locator('[role=gridcell] canvas')).toHaveCount(0);
  await expect.poll(boxes).toEqual([first, second]);
  await page.mouse.click(x + width / 2, y + width / 2);
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('each cell is sent once, whatever is refused, said in words, reloaded or closed', async ({
  page,
  context,
  studio,
}) => {
  const { url } = studio.app;
  const models = ['turing/gpt-image-1', 'doubao-seedream-4-5-251128', 'turing/gemini-3-pro-image'];
  const definition = {
    ...emptyDefinition,
    template:
      'each-once {palette: jade|rust} fault:{asked: rate-limit-long|content-filter|words-or-picture}',
    models: models.map((model) => ({ id: model, model, options: {}, size: null })),
  };
  // A second one that is refused for so long would be waited for once more.
  const leftOut = planExperiment(definition, catalogue)
    .cells.filter(({ prompt }) => prompt.includes('rust fault:rate'))
    .map(({ key }) => key);
  const id = 'each-once';
  await seedExperiment(page, { id, name: '', definition: { ...definition, leftOut } }, 0);
  await page.goto(`${url}/experiments?open=${id}`);
  await expect(run(page)).toHaveText('Run 15 requests');
  await page.waitForLoadState('networkidle');
  await run(page).click();
  // Each model stops at what it was told; what it still has to send says from when.
  const waits = page.locator('[data-state=rate]');
  await expect(waits).toHaveCount(3);
  await expect(page.getByText(/^in line, from about \d/).first()).toBeVisible();
  await page.reload();
  await expect(waits).toHaveCount(3);
  const other = await context.newPage();
  await shiftClock(other, 701_000);
  await other.goto(`${url}/experiments?open=${id}`);
  await page.close();
  await expect(progress(other)).toHaveText('15 of 15 · 6 failed · 2 only words');
  const bodies = studio.sent('each-once').map(({ body }) => body.toString());
  const refused = bodies.filter((body) => body.includes('rate-limit-long'));
  // Of 15 requests, three were answered with 429 once.
  expect([bodies.length, new Set(bodies).size, refused.length]).toEqual([18, 15, 6]);
});
