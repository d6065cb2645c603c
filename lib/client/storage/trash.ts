import {
  picturesOf,
  type RunEntry,
  withoutPicture,
  withoutRemoved,
  withPictureBack,
} from '../../core/runs/run-entry';
import { isInFlight } from '../../core/runs/run-state';
import { tellCards, tellTabs } from '../browser/tabs';
import { type Connection, connection, openToWrite, type WriteTransaction } from './database';
import { entryOf, putRun, runStores } from './kept-runs';
import { dropUnneeded, openWithPictures } from './picture-uses';
import type { KeptCard, KeptRun } from './schema';

/** How long what was removed can be restored, in ms. */
export const trashMs = 30 * 24 * 60 * 60 * 1000;

/** A picture of a run, by the id of the run and its place there. */
export interface PicturePlace {
  run: string;
  index: number;
}

/** A run that is gone for good. */
export interface GoneRun {
  /** Its key at the server. */
  key: string;
  createdAt: number;
}

/** Removes pictures of runs, restores them, and lets go of them for good. Throws the browser's own errors. */
export function createTrash(database: Connection) {
  return {
    /** Removes pictures of runs, in one transaction; they can be restored for 30 days. */
    remove: (places: readonly PicturePlace[], now: number): Promise<void> =>
      changeRuns(places, (run, index) => withoutPicture(run, index, now)),
    /** Restores removed pictures; of a run that was removed as a whole, the others stay removed. */
    restore: (places: readonly PicturePlace[]): Promise<void> =>
      changeRuns(places, withPictureBack, { isBack: true }),
    /** What can be restored, by its cards, what was removed first at first. */
    async trashed(): Promise<KeptCard[]> {
      return (await database()).getAllFromIndex('cards', 'trashedAt');
    },
    /**
     * Deletes some of what was removed before a time (ms since 1970), the oldest first. A run whose last
     * picture goes is deleted as well.
     * @param most of how many runs at once
     */
    async purge(before: number, most = 50): Promise<{ gone: GoneRun[]; isDone: boolean }> {
      const transaction = await openWithPictures(database);
      const due = await transaction
        .objectStore('cards')
        .index('trashedAt')
        .getAll(IDBKeyRange.upperBound(before, true), most);
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
      tellCards(due.map(({ id }) => id));
      return { gone, isDone: due.length < most };
    },
  };

  async function changeRuns(
    places: readonly PicturePlace[],
    change: (run: RunEntry, index: number) => RunEntry,
    { isBack = false } = {},
  ): Promise<void> {
    const indexes = new Map<string, number[]>();
    for (const { run, index } of places) indexes.set(run, [...(indexes.get(run) ?? []), index]);
    const transaction = await openToWrite(database, runStores);
    const runs = transaction.objectStore('runs');
    const removedRuns = transaction.objectStore('removedRuns');
    await Promise.all(
      [...indexes].map(async ([id, its]) => {
        const removed = isBack ? await removedRuns.get(id) : undefined;
        const found = removed ?? (await runs.get(id));
        if (!found) return;
        if (removed) await removedRuns.delete(id);
        const run = removed ? asRemovedPictures(removed) : entryOf(found);
        await putRun(transaction, its.reduce(change, run), null);
      }),
    );
    await transaction.done;
    const ids = [...indexes.keys()];
    tellCards(ids);
    tellTabs({ type: 'changed', ids });
  }
}

/** The removed pictures and runs in this browser's database. */
export const trash = createTrash(connection);

/** A run that was removed as a whole, as one whose pictures were removed one by one. */
function asRemovedPictures(run: KeptRun & { removedAt: number }): RunEntry {
  const entry = entryOf(run);
  return picturesOf(entry).reduce(
    (next, { index }) => withoutPicture(next, index, run.removedAt),
    entry,
  );
}

/** Lets go of what is due of one run. @returns the run, if all of it goes */
async function purgeRun(
  transaction: WriteTransaction,
  id: string,
  before: number,
): Promise<KeptRun | undefined> {
  const removedRuns = transaction.objectStore('removedRuns');
  const removed = await removedRuns.get(id);
  const found = removed ?? (await transaction.objectStore('runs').get(id));
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
    transaction.objectStore('cards').delete(id),
  ]);
  return found;
}

/** Whether a run has nothing left to show, not even a picture that can be restored. */
function isEmptied(run: RunEntry): boolean {
  return !isInFlight(run) && run.slots.every(({ kind }) => kind === 'missing');
}
