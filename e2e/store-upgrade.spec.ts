import type { Page } from '@playwright/test';
import { expect, test } from './studio';
import { expectUpgrade } from './version-two';

test('what an earlier version has stored gets into the index, though the page is closed in between', async ({
  context,
  page,
  studio,
}) => {
  const { url } = studio.app;
  await page.close();
  await expectUpgrade(context, url, 2000);
  // It takes what the earlier version did not have.
  const after = context.pages().at(-1) as Page;
  await after.goto(`${url}/experiments`);
  await after.getByRole('button', { name: /A tea tin in two palettes/ }).click();
  await after.waitForLoadState('networkidle');
  await after.getByTestId('experiment-run').click();
  await expect(after.getByTestId('progress')).toHaveText('4 of 4');
  await after.reload();
  await expect(after.locator('[role=gridcell] [data-painted]')).toHaveCount(4);
});

test('each picture of a run has a small copy and its colour, from its arrival on', async ({
  page,
  studio,
}) => {
  await studio.run('four pictures fault:different');
  await expect(studio.pictures).toHaveCount(4);
  await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
  const kept = () =>
    page.evaluate(async () => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await done(indexedDB.open('turing-playground'));
      const transaction = database.transaction(['cards', 'copies']);
      const [cards, copies] = await Promise.all([
        done(transaction.objectStore('cards').getAll()),
        done(transaction.objectStore('copies').getAllKeys()),
      ]);
      database.close();
      const pictures: { hash: string; color?: string }[] = cards.flatMap((card) => card.pictures);
      const small = copies as [string, string][];
      return pictures.filter(
        ({ hash, color = '' }) =>
          /^#[0-9a-f]{6}$/.test(color) &&
          small.some(([of, kind]) => of === hash && kind === 'small'),
      ).length;
    });
  await expect.poll(kept).toBe(4);
});
