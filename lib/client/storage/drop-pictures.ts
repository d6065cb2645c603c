import type { IDBPTransaction, StoreNames } from 'idb';
import type { Connection } from './connection';
import type { HistorySchema } from './database';

type Store = StoreNames<HistorySchema>;

/** A transaction in which pictures can be deleted. */
export type PictureTransaction = IDBPTransaction<HistorySchema, Store[], 'readwrite'>;

const needed = ['pictureUses', 'runs', 'removedRuns', 'messages', 'pictures', 'copies'] as const;

/** Opens a transaction over all stores that refer to pictures, and further ones. */
export async function openWithPictures(
  database: Connection,
  further: readonly Store[] = [],
): Promise<PictureTransaction> {
  const names: Store[] = [...new Set([...needed, ...further])];
  return (await database()).transaction(names, 'readwrite');
}

/** Deletes those of the pictures that no run, draft or conversation uses, with their copies. */
export async function dropUnneeded(
  transaction: PictureTransaction,
  hashes: Iterable<string>,
): Promise<void> {
  const candidates = new Set(hashes);
  if (candidates.size === 0) return;
  // Removed runs can be restored for a while. They are read once, however many pictures may go.
  const removed = await transaction.objectStore('removedRuns').getAll();
  const restorable = new Set(removed.flatMap(({ pictures }) => pictures));
  for (const hash of candidates) {
    if (restorable.has(hash) || (await isInUse(transaction, hash))) continue;
    await transaction.objectStore('pictures').delete(hash);
    for (const kind of ['thumbnail', 'preview'] as const) {
      await transaction.objectStore('copies').delete([hash, kind]);
    }
  }
}

async function isInUse(transaction: PictureTransaction, hash: string): Promise<boolean> {
  const counts = await Promise.all([
    transaction.objectStore('pictureUses').index('pictures').count(hash),
    transaction.objectStore('runs').index('pictures').count(hash),
    transaction.objectStore('messages').index('pictures').count(hash),
  ]);
  return counts.some((count) => count > 0);
}
