import { randomId } from './random-id';

interface TabWindow {
  /** `wasDiscarded` (Chromium): the browser unloaded the tab to save memory, and loads it again. */
  document?: { wasDiscarded?: boolean };
  sessionStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  addEventListener(type: 'pagehide' | 'pageshow', listener: () => void): void;
}

/**
 * Identifies a tab of this browser, across reloads. A duplicated tab starts with a copy of the
 * session storage. The storage has a mark while a page is open, so a page that finds the mark at its
 * start is a duplicate (or comes after a crash) and takes a new name. A discarded tab had no chance to
 * remove its mark and keeps its name.
 */
export function createTabName(browser: TabWindow, makeId = randomId): () => string {
  let name: string | undefined;
  const mark = () => browser.sessionStorage.setItem('tab-open', 'yes');
  const unmark = () => browser.sessionStorage.removeItem('tab-open');
  const find = () => {
    try {
      const { sessionStorage } = browser;
      const own = sessionStorage.getItem('tab');
      const isMarked = sessionStorage.getItem('tab-open') !== null;
      const isCopy = isMarked && browser.document?.wasDiscarded !== true;
      const found = own === null || isCopy ? makeId() : own;
      sessionStorage.setItem('tab', found);
      mark();
      browser.addEventListener('pagehide', unmark);
      // The back/forward cache restores a page without running this again.
      browser.addEventListener('pageshow', mark);
      return found;
    } catch {
      // Without session storage no draft of another tab can be found either.
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
