import type { StateStorage } from 'zustand/middleware';
import type { StoreApi } from 'zustand/vanilla';
import { nextTask } from '../browser/timers';
import { storageProblem } from './database';
import { reportStorageProblem } from './storage-status';
import { storedValues } from './stored-values';

const saveAfterMs = 500;
const toSave = new Map<string, ReturnType<typeof setTimeout>>();

/**
 * Stores drafts in the browser's database. Writing there takes a moment, in which a reload would lose
 * the last words, so copies are first written to the session and local storage, which takes none; the
 * database then has the words once nothing more is typed, since writing at each key holds up the next. The
 * copy in the session storage is this tab's own, so that two tabs do not overwrite each other; a new tab
 * starts with the latest draft of any tab. If nothing can be stored, the draft lives until the page is
 * left, and the page says so.
 */
export const draftStorage: StateStorage = {
  async getItem(name) {
    const own = attempt(() => sessionStorage.getItem(keyOf(name)));
    const last = own ?? attempt(() => localStorage.getItem(keyOf(name)));
    return last ?? (await storedValues.loadDraft(name).catch(() => undefined)) ?? null;
  },
  async setItem(name, text) {
    const copies = [() => sessionStorage, () => localStorage].map((storage) =>
      attempt(() => {
        storage().setItem(keyOf(name), text);
        return true;
      }),
    );
    const keep = () => storedValues.saveDraft(name, text);
    clearTimeout(toSave.get(name));
    if (copies.includes(true)) {
      toSave.set(
        name,
        setTimeout(() => void keep().catch(() => {}), saveAfterMs),
      );
      return;
    }
    await keep().catch((error) =>
      reportStorageProblem(storageProblem(error), { name: `draft ${name}`, keep }),
    );
  },
  removeItem: () => {},
};

const unread = new Set<string>();
const early = new Set<string>();

/**
 * The same for stores that are changed before their draft is read: nothing is written over a draft until
 * then. `keepEarlyInput` writes it afterwards.
 */
export const readFirstStorage: StateStorage = {
  async getItem(name) {
    unread.add(name);
    try {
      // The page's code runs for the first time in this one, and the first look into a storage takes as long.
      await nextTask();
      return await draftStorage.getItem(name);
    } finally {
      unread.delete(name);
    }
  },
  setItem: (name, text) => {
    if (unread.has(name)) early.add(name);
    else return draftStorage.setItem(name, text);
  },
  removeItem: () => {},
};

/** Keeps what was entered before the draft was read, once it is part of the store with what was kept. */
export function keepEarlyInput<State>(name: string, store: PersistedStore<State>): void {
  store.persist.onFinishHydration(() => {
    if (early.delete(name)) store.setState({});
  });
}

/** A store that zustand's `persist` keeps. */
export type PersistedStore<State> = StoreApi<State> & {
  persist: {
    hasHydrated: () => boolean;
    onFinishHydration: (listener: (state: State) => void) => unknown;
  };
};

/** Settles once the stored draft is in its store. */
export async function hydrated<State>({
  persist,
}: Pick<PersistedStore<State>, 'persist'>): Promise<void> {
  if (persist.hasHydrated()) return;
  await new Promise<void>((resolve) => {
    persist.onFinishHydration(() => resolve());
  });
}

const prefix = 'draft:';
const keyOf = (name: string) => prefix + name;

// In the JSON of any of them.
const wordsOrPictures = /"(prompt|text)":"[^"]|"(references|pictures)":\[[^\]]/;

/** Whether the latest draft of any form has words or pictures, and not choices alone. */
export function hasFilledDraft(): boolean {
  const drafts = attempt(() => Object.entries(localStorage)) ?? [];
  return drafts.some(([key, text]) => key.startsWith(prefix) && wordsOrPictures.test(text));
}

/** The result of an action; null if the browser forbids it, or on the server, which has no storage. */
function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}
