import type { Page } from '@playwright/test';
import { open, pick, red, thumbs } from './references-page';
import { expect, test } from './studio';

/** Does to the page what a browser's translation does: puts every text into elements of its own. */
const translate = (page: Page) =>
  page.evaluate(() => {
    const wrap = (text: Text) => {
      if (text.data.trim() === '' || text.parentElement?.closest('font, script, style')) return;
      const outer = document.createElement('font');
      const inner = outer.appendChild(document.createElement('font'));
      inner.append(`«${text.data}»`);
      text.replaceWith(outer);
    };
    const wrapAll = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      texts.forEach(wrap);
    };
    wrapAll(document.body);
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) {
          if (node instanceof Text) wrap(node);
          else wrapAll(node);
        }
      }
    }).observe(document.body, { childList: true, subtree: true });
  });

test('a page that the browser translates goes on working', async ({ page, studio }) => {
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(String(error)));
  await translate(page);
  for (const shape of ['3:2', '1:1', 'auto', '16:9']) {
    await page.locator('main label', { hasText: shape }).first().click();
  }
  await studio.run('translated fault:different');
  await expect(studio.pictures).toHaveCount(4);
  await studio.run('translated fault:server-error');
  await expect(studio.problem).toHaveCount(1);
  await open(page);
  await translate(page);
  await pick(page, red);
  await expect(thumbs(page)).toHaveCount(1);
  await page
    .getByRole('button', { name: /^Remove/ })
    .first()
    .click();
  await expect(thumbs(page)).toHaveCount(0);
  await pick(page, red);
  await expect(page.getByTestId('mask-surface')).toBeVisible();
  expect(thrown).toEqual([]);
});
