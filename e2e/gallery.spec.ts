import type { Page } from '@playwright/test';
import { looks, violations, wear } from './axe';
import { releaseStep } from './fault-upstream';
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
const wall = (page: Page) => page.getByTestId('gallery-grid');
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
  const far = tiles(page).nth(10);
  // What was there before the scrolling is not what is looked for.
  await expect.poll(async () => Number(await far.getAttribute('data-tile'))).toBeGreaterThan(40);
  const name = (await far.getAttribute('aria-label')) ?? '';
  const named = page.getByRole('option', { name, exact: true });
  await expect(named.locator('[data-painted]')).toBeVisible();
  // Into the viewer and two further: the wall stands where that is.
  await named.click();
  await expect(viewer(page).getByRole('img')).toHaveJSProperty('complete', true);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(viewer(page)).toContainText(/\d+ of 500/);
  // What made it, wherever that was.
  await page.keyboard.press('i');
  await expect(viewer(page).getByRole('heading', { name: 'File' })).toBeVisible();
  await expect(viewer(page).getByRole('button', { name: 'Use these settings' })).toBeVisible();
  await page.keyboard.press('i');
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
  // In the wall's box: a notice above it, as while older runs are listed, moves both.
  const top = () =>
    seen.evaluate((element) => {
      const box = element.closest('[data-testid=gallery-grid]')?.getBoundingClientRect();
      return Math.round(element.getBoundingClientRect().top - (box?.top ?? 0));
    });
  const before = await top();
  await expect(page).toHaveURL(/\/gallery#at=/);
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await expect(page).toHaveURL(/\/edit$/);
  await page.goBack();
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
  await page.reload();
  await expect(page.getByRole('status').filter({ hasText: '500 pictures' })).toBeVisible();
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
  // No log can hold what is behind the #.
  expect(new URL(page.url()).search).toBe('');
  expect(studio.sent('vase')).toHaveLength(0);
});

test('pictures are chosen, starred, removed and brought back by keys alone', async ({
  page,
  context,
  studio,
}) => {
  // Rows are days: seven of them are of yesterday, whatever the time is.
  const sinceMidnight = Math.ceil((Date.now() - new Date().setHours(0, 0, 0, 0)) / 60_000);
  await seedRuns(
    page,
    many(60).map((run, number) => ({ ...run, age: sinceMidnight + number * 200 })),
  );
  await page.goto(`${studio.app.url}/gallery`);
  const at = (number: number) => page.locator(`[aria-posinset="${number}"]`);
  const chosen = page.locator('[role="option"][aria-selected="true"]');
  await at(1).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+End');
  const inRow = await chosen.count();
  expect(inRow).toBeGreaterThan(1);
  await page.keyboard.press('s');
  await expect(page.getByRole('option', { name: 'starred' })).toHaveCount(inRow);
  await page.keyboard.press('Escape');
  await expect(chosen).toHaveCount(0);
  await page.keyboard.press('Control+Home');
  await expect(at(1)).toBeFocused();
  await page.keyboard.press('Control+End');
  await expect(at(60)).toBeFocused();
  await expect(at(60)).toBeInViewport();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('60 selected')).toBeVisible();
  await page.keyboard.press('Escape');

  // Another tab sees what goes and what comes back.
  const other = await context.newPage();
  await other.goto(`${studio.app.url}/gallery`);
  const count = (of: Page, number: number) =>
    expect(of.getByRole('status').filter({ hasText: `${number} pictures` })).toBeVisible();
  await count(other, 60);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  const third = await at(4).getAttribute('aria-label');
  await page.keyboard.press('Delete');
  await count(page, 57);
  // The next one has the focus, and keys go on from there.
  await expect(page.getByRole('option', { name: third ?? '', exact: true })).toBeFocused();
  await count(other, 57);
  await page.getByRole('button', { name: 'Undo' }).click();
  await count(page, 60);
  await count(other, 60);
  // What is back is selected as it was.
  await at(1).focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  await count(page, 59);
  await page.getByRole('button', { name: 'Trash' }).click();
  await expect(tiles(page)).toHaveCount(1);
  await at(1).focus();
  await page.keyboard.press('x');
  await page.getByRole('button', { name: 'Restore' }).last().click();
  await expect(page.getByRole('heading', { name: 'Trash is empty' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the Gallery' }).click();
  await count(page, 60);
  // What is stored, and what can go: nothing goes unasked.
  await page.getByRole('button', { name: 'Space' }).click();
  await expect(page.getByRole('dialog')).toContainText('Pictures made');
  await expect(page.getByRole('dialog')).toContainText('The browser says that');
  await page.keyboard.press('Escape');
  await other.close();
});

test('everything is found again: any script, any filter, and what finds nothing says so', async ({
  page,
  studio,
}) => {
  await seedRuns(page, [
    ...many(9),
    { prompt: 'no answer came', state: 'failed', age: 1 },
    { prompt: 'lost', files: 'gone', age: 2 },
    { prompt: 'damaged', files: 'broken', age: 3 },
    { prompt: 'only words', state: 'failed', isAnswer: true, age: 4 },
  ]);
  await page.goto(`${studio.app.url}/gallery`);
  await expect(tiles(page)).toHaveCount(13);
  // What belongs to a conversation is hidden, with or without a picture.
  await tile(page, 'only words, failed').focus();
  await page.keyboard.press('Delete');
  await expect(page.getByText('1 is only hidden')).toBeVisible();
  await expect(tiles(page)).toHaveCount(12);
  await expect(tile(page, 'no answer came, failed')).toBeVisible();
  // It has nothing that could be tagged.
  await tile(page, 'no answer came, failed').focus();
  await page.keyboard.press('t');
  await expect(viewer(page)).toHaveCount(0);
  await page.keyboard.press('x');
  await expect(page.getByTitle('Only pictures have tags and collections.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTitle('This picture is no longer in this browser.')).toBeVisible();
  await expect(page.getByTitle('this browser cannot show it')).toBeVisible();

  // The one key for it, and every word as a part of the text.
  await page.keyboard.press('/');
  for (const [words, found] of [
    ['青花瓷', 3],
    ['🦊', 3],
    ['VASE blu', 3],
    ['花 fox', 0],
  ] as const) {
    await page.getByRole('searchbox').fill(words);
    await expect(tiles(page)).toHaveCount(found);
  }
  await expect(page).toHaveURL(/\/gallery#q=/);
  await page.getByRole('button', { name: 'Without “花 fox”' }).click();
  await expect(tiles(page)).toHaveCount(12);
  const date = page.getByRole('combobox', { name: 'Date' });
  await date.selectOption({ label: 'Last 30 days (12)' });
  await date.selectOption({ label: 'From – to …' });
  await page.getByLabel('From', { exact: true }).fill('2020-01-01');
  await page.getByLabel('To', { exact: true }).fill('2020-01-31');
  await expect(tiles(page)).toHaveCount(0);
  await page.reload();
  await expect(page.getByLabel('To', { exact: true })).toHaveValue('2020-01-31');
  await page.getByRole('button', { name: 'Without Jan 1 – 31, 2020' }).click();
  await page.getByRole('combobox', { name: 'Model' }).selectOption({ label: 'gpt-image-1 (4)' });
  await expect(tiles(page)).toHaveCount(4);
  await page.getByRole('combobox', { name: 'Shape' }).selectOption('tall');
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Shape' })).toHaveValue('tall');
  await expect(tiles(page)).toHaveCount(2);
  await page.getByRole('combobox', { name: 'Model' }).selectOption('');
  await page.getByRole('combobox', { name: 'Shape' }).selectOption('');

  // Tags and collections are found like words.
  await tile(page, 'A fox 🦊 in the snow 2').focus();
  await page.keyboard.press('t');
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('textbox', { name: 'New collection' }).fill('Winter');
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('checkbox', { name: 'Winter' })).toBeChecked();
  await sheet
    .getByRole('combobox', { name: 'New tag' })
    .or(sheet.getByLabel('New tag'))
    .fill('snowy');
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('button', { name: 'Remove the tag snowy' })).toBeVisible();
  // Named anew, deleted, and brought back with its picture.
  await sheet.getByRole('button', { name: 'Rename Winter' }).click();
  await sheet.getByRole('textbox', { name: 'New name of Winter' }).fill('Cold');
  await page.keyboard.press('Enter');
  await sheet.getByRole('button', { name: 'Delete the collection Cold' }).click();
  await expect(sheet.getByText('Cold is deleted.')).toBeVisible();
  await expect(sheet.getByRole('checkbox')).toHaveCount(0);
  await sheet.getByRole('button', { name: 'Undo' }).click();
  await expect(sheet.getByRole('checkbox', { name: 'Cold' })).toBeChecked();
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox').fill('snowy');
  await expect(tiles(page)).toHaveCount(1);
  await page.getByRole('searchbox').fill('');
  await page.getByRole('combobox', { name: 'Collection' }).selectOption({ label: 'Cold (1)' });
  await expect(tiles(page)).toHaveCount(1);
});

test('several are saved as a ZIP with what made them, and compared', async ({ page, studio }) => {
  await seedRuns(page, many(6));
  await page.goto(`${studio.app.url}/gallery`);
  await tile(page, 'A blue vase 0').click({ modifiers: ['ControlOrMeta'] });
  await tile(page, '青花瓷花瓶 1').click({ modifiers: ['Shift'] });
  await expect(page.getByText('2 selected')).toBeVisible();
  // Dragged to another window, it is the picture, and not a file of its small copy.
  const dragged = () =>
    tile(page, 'A blue vase 0').evaluate((element) => {
      const dataTransfer = new DataTransfer();
      element.dispatchEvent(new DragEvent('dragstart', { dataTransfer, bubbles: true }));
      return dataTransfer.getData('application/x-turing-picture');
    });
  await tile(page, 'A blue vase 0').hover();
  await expect.poll(dragged).toContain('blue-vase-0');
  const download = page.waitForEvent('download');
  await page.keyboard.press('d');
  expect((await download).suggestedFilename()).toBe('pictures.zip');
  await page.keyboard.press('c');
  await expect(viewer(page).getByTestId('compare-pane').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('2 selected')).toBeVisible();

  // What is selected is dragged with one of it.
  const dropOn = async (name: string) => {
    const { x = 0, y = 0 } = (await tile(page, 'A blue vase 0').boundingBox()) ?? {};
    await page.mouse.move(x + 60, y + 60);
    await page.mouse.down();
    await page.mouse.move(x + 90, y + 90, { steps: 4 });
    const target = page.getByRole('region', { name: 'Drop 2 pictures on' }).getByText(name);
    await target.hover();
    await target.hover();
    await page.mouse.up();
  };
  await dropOn('New collection…');
  await viewer(page).getByRole('textbox', { name: 'New collection' }).fill('Shop');
  await page.keyboard.press('Enter');
  await expect(viewer(page).getByRole('checkbox', { name: 'Shop' })).toBeChecked();
  await viewer(page).getByRole('checkbox', { name: 'Shop' }).click();
  await expect(viewer(page).getByRole('checkbox', { name: 'Shop' })).not.toBeChecked();
  await page.keyboard.press('Escape');
  await dropOn('Shop');
  await expect(page.getByText('2 pictures are in Shop now.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Collection' }).selectOption({ label: 'Shop (2)' });
  await dropOn('Edit: reference pictures');
  await expect(page).toHaveURL(/\/edit$/);
  await expect(page.getByTestId('ref-thumb')).toHaveCount(2);
});

test('what is under way stands first, and takes its place on the wall', async ({
  page,
  studio,
}) => {
  await page.getByRole('link', { name: 'Gallery' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible();
  await page.getByRole('link', { name: 'Make a picture' }).click();
  await studio.run('a slow one fault:held');
  await studio.arrived('a slow one');
  await page.getByRole('link', { name: 'Gallery' }).click();
  const underWay = page.getByRole('region', { name: 'Under way' });
  await expect(underWay).toContainText('a slow one');
  await expect
    .poll(async () => {
      releaseStep();
      return underWay.count();
    })
    .toBe(0);
  await expect(tile(page, 'a slow one').locator('[data-painted]').first()).toBeVisible();
});

test('on a phone a finger that rests selects, and taps go on', async ({ browser, servers }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  await page.goto(servers.app.url);
  await expect(page.getByTestId('submit')).toBeEnabled();
  await seedRuns(page, many(12));
  await page.goto(`${servers.app.url}/gallery`);
  const first = page.locator('[aria-posinset="1"]');
  await expect(first.locator('[data-painted]')).toBeVisible();
  const { width = 0 } = (await first.boundingBox()) ?? {};
  expect(Math.round(390 / width)).toBe(3);
  // A finger that rests: Playwright's taps are too short.
  await first.dispatchEvent('pointerdown', {
    pointerType: 'touch',
    isPrimary: true,
    bubbles: true,
  });
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await first.dispatchEvent('pointerup', { pointerType: 'touch', isPrimary: true, bubbles: true });
  await first.dispatchEvent('click');
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await page.locator('[aria-posinset="2"]').tap();
  await expect(page.getByText('2 selected')).toBeVisible();
  const bar = page.getByRole('region', { name: 'Selected pictures' });
  for (const name of ['Star', 'Tag and collect', 'Compare', 'Download', 'Remove']) {
    await expect(bar.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
  }
  await bar.getByRole('button', { name: 'Star', exact: true }).tap();
  await expect(page.getByRole('option', { name: 'starred' })).toHaveCount(2);
  await page.getByRole('button', { name: 'Clear the selection' }).tap();
  await page.locator('[aria-posinset="2"]').tap();
  await expect(viewer(page).getByRole('img')).toBeVisible();
  await context.close();
});

for (const look of looks) {
  test(`axe finds nothing: ${look.theme}, ${look.locale}`, async ({ page, context, studio }) => {
    await seedRuns(page, [...many(30), { prompt: 'broken', files: 'broken', age: 1 }]);
    await wear(context, studio.app.url, look);
    await page.goto(`${studio.app.url}/gallery`);
    await expect(page.locator('[aria-posinset="3"] [data-painted]')).toBeVisible();
    await page.locator('[aria-posinset="3"]').click({ modifiers: ['ControlOrMeta'] });
    expect(await violations(page, look)).toEqual([]);
    await page.keyboard.press('t');
    await expect(viewer(page)).toBeVisible();
    expect(await violations(page, look)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await expect(viewer(page).getByRole('img')).toBeVisible();
    expect(await violations(page, look)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('nothing');
    await expect(tiles(page)).toHaveCount(0);
    expect(await violations(page, look)).toEqual([]);
  });
}
