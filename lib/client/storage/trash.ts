import {
  type AnyRun,
  picturesOf,
  withoutPicture,
  withoutRemoved,
  withPictureBack,
} from '../../core/runs/run-entry';
import { isInFlight } from '../../core/runs/run-state';
import { tellCards, tellTabs } from '../browser/tabs';
import { type Connection, connection, openToWrite, type WriteTransaction } from './database';
import { entryOf, findKept, moveRun, putRun, rewriteRun, runStores } from './kept-runs';
import { dropUnneeded, openWithPictures } from './picture-uses';
import type { KeptCard, KeptRun } from './schema';

/** How long what was removed can be restored, in ms. */
export const trashMs = 30 * 24 * 60 * 60 * 1000;

/** A picture of a run, by the id of the run and its place there; null: the run as a whole. */
export interface RemovablePlace {
  run: string;
  index: number | null;
}

/** A run that is gone for good. */
export interface GoneRun {
  /** Its key at the server. */
  key: string;
  createdAt: number;
}

type Indexes = ReadonlySet<number | null>;

/** What happens to runs: to those of which only pictures are changed, and to the others, one by one. */
interface RunsChange {
  pictures(run: AnyRun, indexes: Indexes): AnyRun;
  others(transaction: WriteTransaction, id: string, indexes: Indexes): Promise<void>;
}

/** Removes pictures of runs, restores them, and lets go of them for good. Throws the browser's own errors. */
export function createTrash(database: Connection) {
  return {
    /** Removes pictures and runs, in one transaction; they can be restored for 30 days. */
    remove: (places: readonly RemovablePlace[], now: number): Promise<void> =>
      changeRuns(places, {
        pictures: (run, indexes) => withoutPictures(run, indexes, now),
        async others(transaction, id, indexes) {
          const run = await findKept(transaction, id);
          if (!run) return;
          if (indexes.has(null)) return moveRun(transaction, run, now);
          await putRun(transaction, withoutPictures(entryOf(run), indexes, now), null);
        },
      }),
    /** Restores them; of a run that was removed as a whole, the other pictures stay removed. */
    restore: (places: readonly RemovablePlace[]): Promise<void> =>
      changeRuns(places, {
        pictures: withPicturesBack,
        async others(transaction, id, indexes) {
          const removed = await transaction.objectStore('removedRuns').get(id);
          if (removed && indexes.has(null)) return moveRun(transaction, removed, null);
          const found = removed ?? (await findKept(transaction, id));
          if (!found) return;
          if (removed) await transaction.objectStore('removedRuns').delete(id);
          const run = removed ? asRemovedPictures(removed) : entryOf(found);
          await putRun(transaction, withPicturesBack(run, indexes), null);
        },
      }),
    /** What can be restored, by its cards, what was removed first at first. */
    async trashed(): Promise<KeptCard[]> {
      return (await database()).getAllFromIndex('cards', 'trashedAt');
    },
    /**
     * Deletes some of what was removed before a time (ms since 1970), the oldest first. A run whose last
     * picture goes is deleted as well.
     * @param most of how many runs at once
     * @returns the runs that are gone, and the ids of those that have lost something, these among them
     */
    async purge(
      before: number,
      most = 20,
    ): Promise<{ gone: GoneRun[]; changed: string[]; isDone: boolean }> {
      // Most of the time nothing is due, and then nobody has to wait for this.
      const range = IDBKeyRange.upperBound(before, true);
      const isDue = await (await database()).countFromIndex('cards', 'trashedAt', range);
      if (isDue === 0) return { gone: [], changed: [], isDone: true };
      const transaction = await openWithPictures(database);
      const due = await transaction.objectStore('cards').index('trashedAt').getAll(range, most);
      const gone: GoneRun[] = [];
      const pictures: string[] = [];
      await Promise.all(
        due.map(async ({ id, hashes }) => {
          const run = await purgeRun(transaction, id, before);
          if (run) gone.push({ key: run.key, createdAt: run.createdAt });
          pictures.push(...hashes, ...(run?.pictures ?? []));
        }),
      );
      await dropUnneeded(transaction, pictures);
      await transaction.done;
      const changed = due.map(({ id }) => id);
      tellCards(changed);
      return { gone, changed, isDone: due.length < most };
    },
  };

  /** A thousand are changed in half a second: everything is read at once, then everything is written. */
  async function changeRuns(places: readonly RemovablePlace[], change: RunsChange): Promise<void> {
    const byRun = new Map<string, Set<number | null>>();
    for (const { run, index } of places) byRun.set(run, (byRun.get(run) ?? new Set()).add(index));
    const transaction = await openToWrite(database, runStores);
    const cards = transaction.objectStore('cards');
    const found = await Promise.all(
      [...byRun].map(async ([id, indexes]) => {
        const [card, run] = await Promise.all([cards.get(id), findKept(transaction, id)]);
        return { id, indexes, card, run };
      }),
    );
    await Promise.all(
      found.map(({ id, indexes, card, run }) =>
        card && run && !indexes.has(null)
          ? rewriteRun(transaction, change.pictures(entryOf(run), indexes), card)
          : change.others(transaction, id, indexes),
      ),
    );
    await transaction.done;
    const ids = [...byRun.keys()];
    tellCards(ids);
    tellTabs({ type: 'changed', ids });
  }
}

/** The removed pictures and runs in this browser's database. */
export const trash = createTrash(connection);

/** A run without some of its pictures, which can be restored. */
function withoutPictures(run: AnyRun, indexes: Indexes, now: number): AnyRun {
  return [...indexes].reduce<AnyRun>(
    (next, index) => (index === null ? next : withoutPicture(next, index, now)),
    run,
  );
}

function withPicturesBack(run: AnyRun, indexes: Indexes): AnyRun {
  return [...indexes].reduce<AnyRun>(
    (next, index) => (index === null ? next : withPictureBack(next, index)),
    run,
  );
}

/** A run that was removed as a whole, as one whose pictures were removed one by one. */
function asRemovedPictures(run: KeptRun & { removedAt: number }): AnyRun {
  const entry = entryOf(run);
  const indexes = new Set(picturesOf(entry).map(({ index }) => index));
  return withoutPictures(entry, indexes, run.removedAt);
}

/** Lets go of what is due of one run. @returns the run, if all of it goes */
async function purgeRun(
  transaction: WriteTransaction,
  id: string,
  before: number,
): Promise<KeptRun | undefined> {
  const removedRuns = transaction.objectStore('removedRuns');
  const removed = await removedRuns.get(id);
  const found = removed ?? (await findKept(transaction, id));
  if (found && !(removed && removed.removedAt < before)) {
    const entry = withoutRemoved(entryOf(found), before);
    if (!isEmptied(entry)) {
      await putRun(transaction, entry, removed?.removedAt ?? null);
      return undefined;
    }
  }
  await Promise.all([
    removedRuns.delete(id),
    transaction.objectStore('runs').delete(id),
    transaction.objectStore('cells').delete(id),
    transaction.objectStore('cards').delete(id),
  ]);
  return found;
}

/** Whether a run has nothing left to show, not even a picture that can be restored. */
function isEmptied(run: AnyRun): boolean {
  return !isInFlight(run) && run.slots.every(({ kind }) => kind === 'missing');
}
