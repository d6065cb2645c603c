import type { StoreNames } from 'idb';
import { addedCardId } from '../../core/gallery/card';
import { type Connection, connection, openToWrite, type WriteTransaction } from './database';
import { operationsOf } from './masks';
import { copyKinds, type HistorySchema } from './schema';

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

  async function dropMask(transaction: WriteTransaction, mask: string): Promise<void> {
    await transaction.objectStore('masks').delete(mask);
    await transaction.objectStore('maskOperations').delete(operationsOf(mask));
  }
}

/** The picture uses in this browser's database. */
export const pictureUses = createPictureUses(connection);

const needed = [
  'pictureUses',
  'runs',
  'cells',
  'removedRuns',
  'messages',
  'pictures',
  'copies',
  'files',
  'cards',
  'marks',
] as const;

/** Opens a transaction over all stores that refer to pictures, and over further stores. */
export function openWithPictures(
  database: Connection,
  further: readonly StoreNames<HistorySchema>[] = [],
): Promise<WriteTransaction> {
  return openToWrite(database, [...new Set([...needed, ...further])]);
}

/**
 * Deletes those of the pictures that no run, draft or message uses, with all that is kept of them: copies,
 * marks, and the card of an added one.
 */
export async function dropUnneeded(
  transaction: WriteTransaction,
  hashes: Iterable<string>,
): Promise<void> {
  await Promise.all(
    [...new Set(hashes)].map(async (hash) => {
      if (await isInUse(transaction, hash)) return;
      await Promise.all([
        transaction.objectStore('pictures').delete(hash),
        ...copyKinds.map((kind) => transaction.objectStore('copies').delete([hash, kind])),
        transaction.objectStore('files').delete(hash),
        transaction.objectStore('marks').delete(hash),
        transaction.objectStore('cards').delete(addedCardId(hash)),
      ]);
    }),
  );
}

async function isInUse(transaction: WriteTransaction, hash: string): Promise<boolean> {
  const stores = ['pictureUses', 'runs', 'cells', 'removedRuns', 'messages'] as const;
  const counts = await Promise.all(
    stores.map((name) => transaction.objectStore(name).index('pictures').count(hash)),
  );
  return counts.some((count) => count > 0);
}
