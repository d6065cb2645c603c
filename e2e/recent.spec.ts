import type { Page } from '@playwright/test';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import { expect, test } from './studio';

// The strip that reaches everything kept, however much it is.

const kept = 1000;

/** The states of the runs that are kept, which are written a moment after the page shows them. */
function keptStates(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const opening = indexedDB.open('turing-playground');
    const database = await new Promise<IDBDatabase>((resolve) => {
      opening.onsuccess = () => resolve(opening.result);
    });
    const all = database.transaction('runs').objectStore('runs').getAll();
    await new Promise((resolve) => {
      all.onsuccess = resolve;
    });
    database.close();
    return (all.result as RunEntry[]).map(({ state }) => state);
  });
}

/** Puts copies of the one run that is kept there, each a minute older than the one before. */
async function fillHistory(page: Page): Promise<void> {
  await expect.poll(() => keptStates(page)).toEqual(['done']);
  await page.evaluate(async (count) => {
    const opening = indexedDB.open('turing-playground');
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const transaction = database.transaction('runs', 'readwrite');
    const runs = transaction.objectStore('runs');
    const all = runs.getAll();
    all.onsuccess = () => {
      const [model] = all.result as RunEntry[];
      if (!model) throw new Error('No run is kept.');
      for (let number = 1; number < count; number++) {
        runs.put({
          ...model,
          id: `kept-${number}`,
          key: `kept-${number}`,
          createdAt: model.createdAt - number * 60_000,
          request: { ...model.request, prompt: `kept number ${number}` },
        });
      }
    };
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    database.close();
  }, kept);
}

for (const [name, viewport] of [
  ['wide', { width: 1280, height: 720 }],
  ['narrow', { width: 390, height: 844 }],
] as const) {
  test(`a thousand runs are all in reach, with few in the page: ${name}`, async ({
    page,
    studio,
  }) => {
    await page.setViewportSize(viewport);
    await studio.run('the newest one');
    await expect(studio.pictures).toHaveCount(1);
    await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
    await fillHistory(page);
    await page.reload();
    const items = studio.recent;
    const place = (number: number) => page.locator(`li[aria-posinset="${number}"]`);
    await expect(place(1)).toHaveAttribute('aria-setsize', String(kept));
    expect(await items.count()).toBeLessThan(40);
    // By keyboard: one stop of Tab, then End.
    await items.first().focus();
    await page.keyboard.press('End');
    await expect(place(kept).getByTestId('recent-item')).toBeFocused();
    await expect(place(kept)).toBeInViewport();
    await expect(place(kept)).toContainText(`kept number ${kept - 1}`);
    expect(await items.count()).toBeLessThan(40);
    await page.keyboard.press('Home');
    await expect(place(1).getByTestId('recent-item')).toBeFocused();
    // By scrolling, as a mouse or a finger does.
    await page.getByRole('list', { name: 'Recent' }).evaluate((list) => {
      list.parentElement?.scrollTo({ top: 1e6, left: 1e6 });
    });
    await expect(place(kept)).toBeInViewport();
    await place(kept).getByTestId('recent-item').click();
    const card = page.getByRole('article', { name: `kept number ${kept - 1}` });
    await expect(card).toBeFocused();
    await expect(card).toBeInViewport();
    await expect(card.getByTestId('result-image')).toHaveJSProperty('naturalWidth', 1);
    await expect(place(kept).getByTestId('recent-item')).toHaveAttribute('aria-current', 'true');
    // Nothing was asked for anew.
    expect(studio.sent('kept number')).toHaveLength(0);
  });
}

test('older runs come as the list is scrolled, in order and without gaps', async ({
  page,
  studio,
}) => {
  await studio.run('the newest one');
  await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
  await fillHistory(page);
  await page.reload();
  const list = page.getByRole('region', { name: 'Runs' });
  const prompts = () => list.getByRole('heading', { level: 2 }).allTextContents();
  const inOrder = (count: number) =>
    ['the newest one', ...Array.from({ length: count }, (_, at) => `kept number ${at + 1}`)].slice(
      0,
      count,
    );
  await expect(studio.cards.first()).toBeVisible();
  const atFirst = await studio.cards.count();
  expect(atFirst).toBeLessThan(40);
  // Opened from far below, a run stands after a gap, which says how much it holds.
  await studio.recent.first().focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(list.getByRole('heading', { name: `kept number ${kept - 1}` })).toBeInViewport();
  const gap = list.getByRole('button', { name: /^Show \d+ older runs$/ });
  await gap.click();
  await expect.poll(prompts).toEqual([...inOrder(atFirst + 8), `kept number ${kept - 1}`]);
  await expect(gap).toHaveText(`Show ${kept - atFirst - 9} older runs`);
  // Without it, the list goes on by itself.
  await page.reload();
  await expect(studio.cards.first()).toBeVisible();
  await expect
    .poll(async () => {
      await list.evaluate((one) => one.scrollTo(0, one.scrollHeight));
      return studio.cards.count();
    })
    .toBeGreaterThan(40);
  const shown = await prompts();
  expect(shown).toEqual(inOrder(shown.length));
  // The strip marks what is in view.
  const marked = page.locator('[data-testid=recent-item][aria-current=true]');
  await expect(marked).toContainText(/kept number \d\d/);
  await list.evaluate((one) => one.scrollTo(0, 0));
  await expect(marked).toContainText('the newest one');
});

test('a run of long ago is removed and stays away', async ({ page, studio }) => {
  await studio.run('removed later');
  await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
  await fillHistory(page);
  await page.reload();
  await expect(page.locator('li[aria-posinset="1"]')).toHaveAttribute('aria-setsize', '1000');
  await studio.recent.first().focus();
  await page.keyboard.press('End');
  const last = page.locator('li[aria-posinset="1000"]').getByTestId('recent-item');
  await expect(last).toBeFocused();
  await page.keyboard.press('Enter');
  const card = page.getByRole('article', { name: `kept number ${kept - 1}` });
  await card.getByRole('button', { name: 'Remove this run' }).click();
  const items = page.getByRole('listitem').filter({ has: studio.recent });
  await expect(items.first()).toHaveAttribute('aria-setsize', String(kept - 1));
  await page.reload();
  await expect(items.first()).toHaveAttribute('aria-setsize', String(kept - 1));
});

test('a record that cannot be shown takes neither the page nor its neighbours away', async ({
  page,
  studio,
}) => {
  await studio.run('the sound one');
  await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
  await page.evaluate(async () => {
    const opening = indexedDB.open('turing-playground');
    const database = await new Promise<IDBDatabase>((resolve) => {
      opening.onsuccess = () => resolve(opening.result);
    });
    const transaction = database.transaction('runs', 'readwrite');
    const runs = transaction.objectStore('runs');
    const all = runs.getAll();
    all.onsuccess = () => {
      const [sound] = all.result as RunEntry[];
      if (!sound) return;
      const later = (id: string, minutes: number) => ({
        ...sound,
        id,
        key: id,
        createdAt: sound.createdAt + minutes * 60_000,
      });
      runs.put({ ...later('no-slots', 1), slots: null });
      runs.put({ ...later('no-request', 2), request: null });
      runs.put({ ...later('bad-link', 3), slots: [{ kind: 'link', url: 'http://[bad' }] });
    };
    await new Promise<void>((resolve) => {
      transaction.oncomplete = () => resolve();
    });
    database.close();
  });
  await page.reload();
  await expect(studio.submit).toBeEnabled();
  await expect(page.getByText('This part cannot be shown.')).toHaveCount(4);
  await expect(page.getByText('http://[bad')).toBeVisible();
  await expect(studio.pictures).toHaveCount(1);
  await studio.run('goes on');
  await expect(studio.pictures).toHaveCount(2);
  // The Edit page offers the pictures of all of them.
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await expect(
    page.getByRole('heading', { name: 'Which picture do you want to change?' }),
  ).toBeVisible();
});

test('two tabs see each other’s runs, and one sends none of the other’s', async ({
  page,
  context,
  studio,
}) => {
  const other = await context.newPage();
  await other.goto(studio.app.url);
  await expect(other.getByTestId('submit')).toBeEnabled();
  await studio.run('made next door');
  await expect(studio.pictures).toHaveCount(1);
  await expect(other.getByTestId('recent-item')).toHaveCount(1);
  await other.getByTestId('recent-item').click();
  await expect(other.getByTestId('result-image')).toHaveJSProperty('naturalWidth', 1);
  await page.getByRole('button', { name: 'Remove this run' }).click();
  await expect(other.getByTestId('recent-item')).toHaveCount(0);
  await expect(other.getByTestId('run-card')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(other.getByTestId('recent-item')).toHaveCount(1);
  await other.getByTestId('recent-item').click();
  await expect(other.getByTestId('result-image')).toHaveCount(1);
  expect(studio.sent('made next door')).toHaveLength(1);
});
