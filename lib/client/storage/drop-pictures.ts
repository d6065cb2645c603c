import type { IDBPTransaction, StoreNames } from 'idb';
import type { Connection } from './connection';
import type { HistorySchema } from './database';

type Store = StoreNames<HistorySchema>;

/** A transaction in which pictures can be let go of. */
export type PictureTransaction = IDBPTransaction<HistorySchema, Store[], 'readwrite'>;

const needed = ['pictureUses', 'runs', 'removedRuns', 'messages', 'pictures', 'copies'] as const;

/** Opens a transaction over whatever may need a picture, and further stores. */
export async function openWithPictures(
  database: Connection,
  further: readonly Store[] = [],
): Promise<PictureTransaction> {
  const names: Store[] = [...new Set([...needed, ...further])];
  return (await database()).transaction(names, 'readwrite');
}

/** Lets go of the pictures of these that no run, draft or conversation needs, and of their copies. */
export async function dropUnneeded(
  transaction: PictureTransaction,
  hashes: Iterable<string>,
): Promise<void> {
  for (const hash of new Set(hashes)) {
    if (await isNeeded(transaction, hash)) continue;
    await transaction.objectStore('pictures').delete(hash);
    for (const kind of ['thumbnail', 'preview'] as const) {
      await transaction.objectStore('copies').delete([hash, kind]);
    }
  }
}

async function isNeeded(transaction: PictureTransaction, hash: string): Promise<boolean> {
  const counts = await Promise.all([
    transaction.objectStore('pictureUses').index('pictures').count(hash),
    transaction.objectStore('runs').index('pictures').count(hash),
    transaction.objectStore('messages').index('pictures').count(hash),
  ]);
  if (counts.some((count) => count > 0)) return true;
  // What was removed can come back for a while.
  const removed = await transaction.objectStore('removedRuns').getAll();
  return removed.some(({ pictures }) => pictures.includes(hash));
}
