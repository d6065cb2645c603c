import type { Locator, Page } from '@playwright/test';
import { releaseStep } from './fault-upstream';
import { expect, test } from './studio';

// No mouse: every control is reached by the Tab key, and the focus is never lost.

async function tabTo(page: Page, target: Locator, key = 'Tab') {
  const isReached = () =>
    target.evaluateAll((all) => all.some((one) => one === document.activeElement));
  for (let steps = 0; steps < 80 && !(await isReached()); steps++) await page.keyboard.press(key);
  await expect(target).toBeFocused();
}

test('the whole path: run, stop, look, delete, undo, recent', async ({ page, studio }) => {
  const body = page.locator('body');
  await page.keyboard.press('/');
  await expect(studio.prompt).toBeFocused();
  await page.keyboard.type('what is typed? 1 + 0 /');
  // No key does anything while somebody types.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(studio.prompt).toHaveValue('what is typed? 1 + 0 /');
  await tabTo(page, page.getByTestId('count'));
  await page.keyboard.press('ArrowUp');
  await expect(page.getByTestId('count')).toHaveValue('2');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await tabTo(page, studio.prompt, 'Shift+Tab');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('by keys fault:held');
  await tabTo(page, studio.submit);
  await page.keyboard.press('Enter');
  await expect(studio.submit).toBeFocused();
  await studio.arrived('by keys fault:held');

  await tabTo(page, studio.stop);
  await page.keyboard.press('Enter');
  await expect(studio.stop).toHaveCount(0);
  await expect(studio.cards).toBeFocused();
  await expect(page.getByText('Stopped.', { exact: true })).toHaveRole('status');

  await tabTo(page, studio.cards.getByRole('button', { name: /may be charged again/ }));
  await page.keyboard.press('Enter');
  await studio.arrived('by keys fault:held', 2);
  await expect(body).not.toBeFocused();
  releaseStep();
  await expect(studio.pictures).toHaveCount(1);
  releaseStep();
  await expect(studio.pictures).toHaveCount(2);
  const opener = page.getByRole('button', { name: /^View large/ }).first();
  await tabTo(page, opener);
  await page.keyboard.press('Enter');
  const viewer = page.getByRole('dialog', { name: 'Picture viewer' });
  await expect(viewer).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(viewer).toContainText('2 of 2');
  // The focus stays inside for a whole round.
  for (let steps = 0; steps < 12; steps++) {
    await page.keyboard.press('Tab');
    expect(
      await viewer.evaluate(
        (dialog) =>
          document.activeElement === document.body || dialog.contains(document.activeElement),
      ),
    ).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();

  await page.keyboard.press('/');
  await expect(studio.prompt).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(studio.cards.first()).toBeFocused();
  await tabTo(page, page.getByRole('button', { name: 'Delete this picture' }).first());
  await page.keyboard.press('Enter');
  await expect(studio.pictures).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(studio.pictures).toHaveCount(2);
  await expect(studio.cards.first()).toBeFocused();

  await tabTo(page, page.getByRole('button', { name: 'Remove this run' }).first());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(studio.cards.first()).toBeFocused();
  await expect(studio.recent).toHaveCount(2);

  await tabTo(page, studio.recent.first());
  await page.keyboard.press('End');
  await expect(studio.recent.last()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(studio.cards.last()).toBeFocused();
});

test('`?` shows the keys, Escape puts them away, the focus is where it was', async ({
  page,
  studio,
}) => {
  await studio.submit.focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toBeVisible();
  for (const name of [
    'Generate',
    'Go to the prompt',
    'From the prompt to the results',
    'Earlier prompt, later prompt',
    'Zoom in, out',
  ]) {
    await expect(sheet.getByText(name, { exact: true })).toBeVisible();
  }
  // Nothing behind it hears a key.
  await page.keyboard.press('/');
  await page.keyboard.press('Control+Enter');
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(studio.submit).toBeFocused();
  await expect(studio.cards).toHaveCount(0);
  await expect(studio.problem).toHaveCount(0);
});

test('the focus is not lost with what had it', async ({ page, studio }) => {
  const body = page.locator('body');
  // A countdown that is stopped, one that is cut short, and a run that ends by itself.
  await studio.run('limited fault:rate-limit');
  const stopTrying = page.getByRole('button', { name: 'Stop trying' });
  await stopTrying.press('Enter');
  await expect(stopTrying).toHaveCount(0);
  await expect(body).not.toBeFocused();
  await studio.run('dated fault:rate-limit-date');
  const tryNow = page.getByRole('button', { name: 'Try now' });
  await tryNow.press('Enter');
  await expect(tryNow).toHaveCount(0);
  await expect(studio.pictures).toHaveCount(1);
  await expect(body).not.toBeFocused();
  await studio.run('ends fault:held');
  await studio.arrived('ends fault:held');
  await studio.stop.focus();
  releaseStep();
  await expect(studio.pictures).toHaveCount(2);
  releaseStep();
  await expect(studio.stop).toHaveCount(0);
  await expect(body).not.toBeFocused();
  // A run that cannot be started, started again.
  await page.route('**/api/v1/**', (route) =>
    route.fulfill({ status: 504, contentType: 'text/html', body: '<h1>nginx</h1>' }),
  );
  await studio.run('proxied twice');
  const again = studio.cards.first().getByRole('button', { name: 'Try again', exact: true });
  await expect(again).toBeVisible();
  await page.unroute('**/api/v1/**');
  await again.press('Enter');
  await expect(again).toHaveCount(0);
  await expect(body).not.toBeFocused();
});
