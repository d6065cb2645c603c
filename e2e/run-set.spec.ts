import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { addReferences, drawOn, openEdit, pictureFile } from './edit-page';
import type { SeenRequest } from './fault-upstream';
import { partsOf } from './multipart-parts';
import { expect, test } from './studio';
import { shiftClock } from './wrong-clock';

// One form that is sent to several models at once.

const sets = (page: Page) => page.getByTestId('run-set');
const pictures = (page: Page) => sets(page).getByTestId('result-image');

/** Ticks models below the picker, by the beginnings of their names. */
async function tick(page: Page, ...names: string[]) {
  await page.getByText('Run on several models').click();
  for (const name of names) {
    await page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check();
  }
}

test('one click sends the form to several models, whose pictures stand side by side', async ({
  page,
  studio,
}) => {
  await studio.prompt.fill('side by side');
  await tick(page, 'Seedream', 'Gemini 3 Pro');
  await expect(studio.submit).toHaveText(/^Run 3 requests/);
  await studio.submit.click();
  await expect(pictures(page)).toHaveCount(3);
  await expect(sets(page)).toContainText('3 of 3 done');
  const paths = studio.sent('side by side').map(({ path }) => path.split('/').at(-1));
  expect(paths.sort()).toEqual(['completions', 'generations', 'generations']);
  await page.reload();
  await expect(pictures(page)).toHaveCount(3);
  await expect(studio.submit).toHaveText(/^Run 3 requests/);

  // The viewer goes through the set.
  await page
    .getByRole('button', { name: /^View large/ })
    .first()
    .click();
  const viewer = page.getByRole('dialog', { name: 'Picture viewer' });
  await expect(viewer).toContainText('1 of 3');
  await page.keyboard.press('Escape');
  await page
    .getByRole('button', { name: /^View large/ })
    .last()
    .click();
  await expect(viewer).toContainText('3 of 3');
  await page.keyboard.press('Escape');
  await expect(viewer).toHaveCount(0);
  await sets(page).getByRole('button', { name: 'Remove this set' }).click();
  await expect(sets(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(pictures(page)).toHaveCount(3);
  expect(studio.sent('side by side')).toHaveLength(3);

  // The Gallery has its pictures, as one stack if that is wanted, and leads back to it.
  await page.goto(`${studio.app.url}/gallery`);
  const tiles = page.getByRole('listbox', { name: 'Pictures' }).getByRole('option');
  await expect(tiles).toHaveCount(3);
  await expect(page.getByRole('combobox', { name: 'Experiment' })).toContainText(
    'side by side (3)',
  );
  await page.getByLabel('By run').check();
  await expect(tiles).toHaveCount(1);
});

test('a ticked model that has left the catalogue is sent nothing; the button says what is sent at once', async ({
  page,
  studio,
}) => {
  const tickedIds = (...ids: string[]) =>
    page.evaluate(
      (kept) => localStorage.setItem('further-models-generations', kept),
      JSON.stringify({ ids, leavesMaskOut: false }),
    );
  await tick(page, 'Seedream');
  const kept = await page.evaluate(() => localStorage.getItem('further-models-generations'));
  const [seedream] = JSON.parse(kept ?? '').ids;
  await tickedIds('gone');
  await page.reload();
  await studio.run('to one model');
  await expect(studio.pictures).toHaveCount(1);
  await expect(studio.cards).toHaveCount(1);
  await expect(sets(page)).toHaveCount(0);

  // Before the code is there that counts the requests.
  await tickedIds('gone', seedream);
  const first = await (await fetch(studio.app.url)).text();
  let letGo = () => {};
  const untilLetGo = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/*.js', async (route) => {
    if (!first.includes(new URL(route.request().url()).pathname)) await untilLetGo;
    await route.continue();
  });
  await page.reload();
  await expect(studio.submit).toHaveText(/^Run on several models/);
  letGo();
  await expect(studio.submit).toHaveText(/^Run 2 requests/);
});

test('a set is shown in another tab as it stands, until it is removed', async ({
  page,
  context,
  studio,
}) => {
  const other = await context.newPage();
  await other.goto(studio.app.url);
  await expect(other.getByTestId('submit')).toBeEnabled();
  await studio.prompt.fill('in two tabs');
  await tick(page, 'Gemini 3 Pro');
  await studio.submit.click();
  await expect(sets(other)).toContainText('2 of 2 done');
  await expect(pictures(other)).toHaveCount(2);
  expect(studio.sent('in two tabs')).toHaveLength(2);
  await sets(page).getByRole('button', { name: 'Remove this set' }).click();
  await expect(sets(other)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(pictures(other)).toHaveCount(2);
});

test('each model of a set fails, or answers in words, for itself, and is tried again for itself', async ({
  page,
  studio,
}) => {
  await studio.prompt.fill('not this fault:chat-refusal');
  await tick(page, 'Gemini 3 Pro');
  await studio.submit.click();
  await expect(sets(page)).toContainText('It answered in words, without a picture:');
  const again = sets(page).getByRole('button', { name: /^Try again/ });
  await again.click();
  await expect(sets(page)).toContainText('1 of 2 done');
  await studio.arrived('not this', 3);
  const chats = studio.sent('not this').filter(({ path }) => path.endsWith('completions'));
  expect(chats).toHaveLength(1);
});

test('an edit goes to several models; a mask is left out only where that is ticked', async ({
  page,
  studio,
}) => {
  await openEdit(page, studio.app.url);
  await addReferences(page, [await pictureFile({ name: 'cat.png' })]);
  await drawOn(page.getByTestId('mask-surface'), [
    [0.3, 0.5],
    [0.6, 0.5],
  ]);
  await studio.prompt.fill('a hat for all');
  await page.getByText('Run on several models').click();
  const gemini = page.getByRole('checkbox', { name: /^Gemini 3 Pro/ });
  await expect(gemini).toBeDisabled();
  await expect(page.getByRole('checkbox', { name: /^Seedream/ })).toBeDisabled();
  await page.getByLabel('Leave the mask out where a model takes none').check();
  await gemini.check();
  await expect(studio.submit).toHaveText(/^Run 2 requests/);
  await studio.submit.click();
  await expect(pictures(page)).toHaveCount(2);
  await expect(pictures(page).first()).toBeVisible();
  const sent = studio.sent('a hat for all');
  const edit = sent.find(({ path }) => path.endsWith('edits')) as SeenRequest;
  const mask = partsOf(edit).find(({ name }) => name === 'mask');
  expect((await sharp(mask?.bytes).stats()).isOpaque).toBe(false);
  const chat = sent.find(({ path }) => path.endsWith('completions'));
  const { messages } = JSON.parse(String(chat?.body));
  expect(messages).toHaveLength(1);
  expect(messages[0].content.map(({ type }: { type: string }) => type)).toEqual([
    'text',
    'image_url',
  ]);
});

test('a pause of twelve minutes outlives a reload and the tab; each request is carried out once', async ({
  page,
  context,
  studio,
}) => {
  const text = 'a long wait fault:rate-limit-long';
  await studio.prompt.fill(text);
  await page.getByTestId('count').fill('2');
  await tick(page, 'Seedream', 'Gemini 3 Pro');
  await expect(studio.submit).toHaveText(/^Run 5 requests/);
  await studio.submit.click();
  // The first request to each model is refused; one that is the same is not.
  await expect(sets(page).getByText(/^Waits for its rate until/)).toHaveCount(3);
  await page.reload();
  await expect(sets(page).getByText(/^Waits for its rate until/)).toHaveCount(3);
  const other = await context.newPage();
  await shiftClock(other, 701_000);
  await other.goto(studio.app.url);
  await page.close();
  await expect(sets(other)).toContainText('5 of 5 done');
  await expect(pictures(other)).toHaveCount(5);
  expect(studio.sent('a long wait')).toHaveLength(8);
});
