import type { StateStorage } from 'zustand/middleware';
import { history, storageProblem } from './history';
import { reportStorageProblem } from './storage-status';

/**
 * Keeps drafts in the browser's database. That takes a moment, in which a reload would lose the last
 * words: so copies go first to where writing takes none. One of them is this tab's own, so that two
 * tabs do not write over each other; a new tab begins with what was written last. Where everything
 * is forbidden or full, a draft lives until the page is left, and the designer is told.
 */
export const draftStorage: StateStorage = {
  async getItem(name) {
    const own = attempt(() => sessionStorage.getItem(keyOf(name)));
    const last = own ?? attempt(() => localStorage.getItem(keyOf(name)));
    return last ?? (await history.loadDraft(name).catch(() => undefined)) ?? null;
  },
  async setItem(name, text) {
    const copies = [() => sessionStorage, () => localStorage].map((storage) =>
      attempt(() => {
        storage().setItem(keyOf(name), text);
        return true;
      }),
    );
    await history.saveDraft(name, text).catch((error) => {
      if (!copies.includes(true)) reportStorageProblem(storageProblem(error));
    });
  },
  removeItem: () => {},
};

const keyOf = (name: string) => `draft:${name}`;

/** What an action gives; null where the browser forbids it, or there is none (on the server). */
function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}
