import { randomId } from './random-id';

interface TabWindow {
  sessionStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  addEventListener(type: 'pagehide' | 'pageshow', listener: () => void): void;
}

/**
 * Tells one tab of a browser from the others, across reloads. A tab that is duplicated takes a copy
 * of everything with it; but the mark of a page that is open is only there while one is, so a page
 * that finds it at its start is the copy (or comes after a crash) and takes a new name.
 */
export function createTabName(browser: TabWindow, makeId = randomId): () => string {
  let name: string | undefined;
  const mark = () => browser.sessionStorage.setItem('tab-open', 'yes');
  const unmark = () => browser.sessionStorage.removeItem('tab-open');
  const find = () => {
    try {
      const { sessionStorage } = browser;
      const own = sessionStorage.getItem('tab');
      const isCopy = sessionStorage.getItem('tab-open') !== null;
      const found = own === null || isCopy ? makeId() : own;
      sessionStorage.setItem('tab', found);
      mark();
      browser.addEventListener('pagehide', unmark);
      // Back from the browser's cache of pages, without a new start.
      browser.addEventListener('pageshow', mark);
      return found;
    } catch {
      // Storage is forbidden: then no draft of another tab is found either.
      return makeId();
    }
  };
  return () => {
    name ??= find();
    return name;
  };
}

/** The name of this tab. */
export const thisTab = createTabName(globalThis as unknown as TabWindow);
