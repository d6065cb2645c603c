import { deleteDB, type StoreNames } from 'idb';
import { postForget } from '../api/api';
import { tellTabs } from '../browser/tabs';
import { type Connection, connection } from './database';
import { hasFilledDraft } from './draft-storage';
import type { HistorySchema } from './schema';

const name = 'turing-playground';

/**
 * How many runs, conversations and experiments this browser keeps, removed ones included; null: not even words
 * or pictures that were only prepared. Throws the browser's own errors.
 */
export async function countKeptWork(database: Connection = connection): Promise<number | null> {
  const none = hasFilledDraft() ? 0 : null;
  // A browser that has none need not get an empty database.
  const all = await indexedDB.databases?.();
  if (all && !all.some((one) => one.name === name)) return none;
  const opened = await database();
  const countAll = async (stores: readonly StoreNames<HistorySchema>[]) =>
    (await Promise.all(stores.map((store) => opened.count(store)))).reduce((sum, one) => sum + one);
  const count = await countAll(['runs', 'cells', 'removedRuns', 'conversations', 'experiments']);
  if (count > 0) return count;
  const prepared = await countAll(['pictures', 'snippets']);
  return prepared > 0 ? 0 : none;
}

/**
 * Deletes all that this browser keeps of anybody's work: runs, pictures, conversations, drafts, masks. What
 * the server has of it goes on there, and nobody finds it from here any more. The other tabs load anew.
 * @throws the browser's own errors, if something is left; also where the server does not answer
 */
export async function forgetAll(): Promise<void> {
  // Each tab and worker closes its connection when it hears of this.
  await deleteDB(name);
  clear(() => localStorage);
  clear(() => sessionStorage);
  tellTabs({ type: 'forgotten' });
  await postForget();
}

/** Lets go of what only this tab has, once another one has deleted all the rest: its drafts, and its memory. */
export function forgetTab(): void {
  clear(() => sessionStorage);
  location.reload();
}

function clear(storage: () => Storage): void {
  try {
    storage().clear();
  } catch {
    // Where it is forbidden, nothing is in it.
  }
}
