import type { Page } from '@playwright/test';

/**
 * By how much the page is larger than its window, in CSS pixels: across and down. What scrolls inside may
 * only scroll down.
 */
export const overhang = (page: Page): Promise<[across: number, down: number]> =>
  page.evaluate(() => {
    const { scrollHeight, scrollWidth } = document.documentElement;
    const main = document.querySelector('main');
    const inside = main ? main.scrollWidth - main.clientWidth : 0;
    return [Math.max(scrollWidth - innerWidth, inside), scrollHeight - innerHeight];
  });

/** The controls that a finger would miss: in what is open, or on the page. */
export const smallControls = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const root = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body;
    return [...root.querySelectorAll('a, button, summary, select, textarea, input')]
      .filter((control) => control.checkVisibility({ visibilityProperty: true }))
      .filter((control) => !control.matches('[type=file], a.sr-only'))
      .flatMap((control) => {
        const isTicked = control.matches('[type=radio], [type=checkbox]');
        const seen = (isTicked && control.closest('label')) || control;
        const { width, height } = seen.getBoundingClientRect();
        // What fades in begins a little smaller.
        if (Math.min(width, height) > 39.5) return [];
        return [`${width} × ${height} ${control.outerHTML.slice(0, 200)}`];
      });
  });

/** The words on a page, and in what is open, that are too small to be read. */
export const smallWords = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement: element, textContent: words } = texts.currentNode;
      if (!element || !words?.trim() || !element.checkVisibility()) continue;
      const { fontSize } = getComputedStyle(element);
      if (Number.parseFloat(fontSize) < 12) found.push(`${fontSize} ${words}`);
    }
    return found;
  });
