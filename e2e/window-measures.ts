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

/** The controls that a finger would miss, and text too small to read: in what is open, or on the page. */
export const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const root = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body;
    const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const found = [...root.querySelectorAll('a, button, summary, select, textarea, input')]
      .filter((control) => isShown(control) && !control.matches('[type=file], a.sr-only'))
      .flatMap((control) => {
        const isTicked = control.matches('[type=radio], [type=checkbox]');
        const { width, height } = (
          (isTicked && control.closest('label')) ||
          control
        ).getBoundingClientRect();
        // What fades in begins a little smaller.
        return Math.min(width, height) > 39.5 ? [] : [`${width}×${height} ${control.outerHTML}`];
      });
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement: element, textContent } = texts.currentNode;
      if (!element || !textContent?.trim() || !isShown(element)) continue;
      const { fontSize } = getComputedStyle(element);
      if (Number.parseFloat(fontSize) < 12) found.push(`${fontSize} ${textContent}`);
    }
    return found.map((text) => text.slice(0, 200));
  });
