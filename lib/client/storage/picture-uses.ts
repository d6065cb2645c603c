import type { IDBPTransaction, StoreNames } from 'idb';
import { type Connection, connection, copyKinds, type HistorySchema } from './database';
import { operationsOf } from './masks';

/** What must be stored for a draft. */
export interface DraftNeeds {
  /** By the hashes of their bytes. */
  pictures: readonly string[];
  /** By their ids. */
  masks: readonly string[];
}

const drafts = 'draft:';

/** Stores which pictures drafts need. Throws the browser's own errors. */
export function createPictureUses(database: Connection) {
  return {
    /** Stores what a draft needs from now on. `owner` begins with `draft:`. */
    async hold(owner: string, { pictures, masks }: DraftNeeds, now: number): Promise<void> {
      await (await database()).put('pictureUses', {
        owner,
        pictures: [...new Set(pictures)],
        masks: [...new Set(masks)],
        usedAt: now,
      });
    },
    /**
     * The same when a page is loaded, and removed pictures of the draft cannot be restored any more. Deletes
     * what nothing needs now, including the drafts that nobody has opened since a time.
     */
    async settle(
      owner: string,
      needs: DraftNeeds,
      { now, before }: { now: number; before: number },
    ): Promise<void> {
      const transaction = await openWithPictures(database, ['masks', 'maskOperations']);
      const uses = transaction.objectStore('pictureUses');
      const known = (await uses.getAll()).filter((use) => use.owner.startsWith(drafts));
      const ending = known.filter((use) => use.owner === owner || (use.usedAt ?? now) < before);
      for (const use of ending) await uses.delete(use.owner);
      const { pictures, masks } = needs;
      if (pictures.length > 0) {
        await uses.put({ owner, pictures: [...pictures], masks: [...masks], usedAt: now });
      }
      await dropUnneeded(
        transaction,
        ending.flatMap((use) => use.pictures),
      );
      const kept = new Set((await uses.getAll()).flatMap((use) => use.masks ?? []));
      for (const mask of new Set(ending.flatMap((use) => use.masks ?? []))) {
        if (!kept.has(mask)) await dropMask(transaction, mask);
      }
      await transaction.done;
    },
  };

  async function dropMask(transaction: PictureTransaction, mask: string): Promise<void> {
    await transaction.objectStore('masks').delete(mask);
    await transaction.objectStore('maskOperations').delete(operationsOf(mask));
  }
}

/** The picture uses in this browser's database. */
export const pictureUses = createPictureUses(connection);

type Store = StoreNames<HistorySchema>;

/** A transaction in which pictures can be deleted. */
export type PictureTransaction = IDBPTransaction<HistorySchema, Store[], 'readwrite'>;

const needed = ['pictureUses', 'runs', 'removedRuns', 'messages', 'pictures', 'copies'] as const;

/** Opens a transaction over all stores that refer to pictures, and over further stores. */
export async function openWithPictures(
  database: Connection,
  further: readonly Store[] = [],
): Promise<PictureTransaction> {
  const names: Store[] = [...new Set([...needed, ...further])];
  return (await database()).transaction(names, 'readwrite');
}

/** Deletes those of the pictures, with their copies, that no run, draft or message uses. */
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
    for (const kind of copyKinds) {
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
