import type { ImageEndpoint } from '../../core/endpoints/image-request';
import { type RunEntry, withoutRemoved } from '../../core/runs/run-entry';
import { isInFlight, statesInFlight } from '../../core/runs/run-state';
import { type Connection, type CopyKind, connection, type KeptRun } from './database';
import { dropUnneeded, openWithPictures } from './picture-uses';

const keptDurations = 10;

/**
 * Why something could not be stored. `full`: no room; `unavailable`: the browser stores nothing, as in some
 * private modes; `outdated`: another tab has a newer version of the app and of the database.
 */
export type StorageProblem = 'full' | 'unavailable' | 'outdated';

/** Stores runs, pictures, text drafts and durations. Throws the browser's own errors. */
export function createHistory(database: Connection) {
  return {
    /**
     * Saves a run. Other tabs may be reading it too: a finished run is not replaced by an unfinished one, and
     * a removed run stays removed.
     */
    async saveRun(entry: RunEntry): Promise<void> {
      const transaction = (await database()).transaction(['runs', 'removedRuns'], 'readwrite');
      const runs = transaction.objectStore('runs');
      const removedRuns = transaction.objectStore('removedRuns');
      const removed = await removedRuns.get(entry.id);
      const before = removed ?? (await runs.get(entry.id));
      const isLess = before?.state === 'done' && isInFlight(entry);
      const save = () =>
        removed
          ? removedRuns.put({ ...kept(entry), removedAt: removed.removedAt })
          : runs.put(kept(entry));
      await Promise.all([isLess ? undefined : save(), transaction.done]);
    },
    async loadRun(id: string): Promise<RunEntry | undefined> {
      const run = await (await database()).get('runs', id);
      return run && entryOf(run);
    },
    /** The ids of all runs of an endpoint, newest first. */
    async runIds(endpoint: ImageEndpoint): Promise<string[]> {
      const all = IDBKeyRange.bound([endpoint, 0], [endpoint, Number.POSITIVE_INFINITY]);
      return (await (await database()).getAllKeysFromIndex('runs', 'endpointAge', all)).reverse();
    },
    /** Whether any of these is the id of a run, a removed run or an answer. */
    async knows(ids: readonly string[]): Promise<boolean> {
      const transaction = (await database()).transaction(['runs', 'removedRuns', 'messages']);
      const keys = await Promise.all(
        ids.flatMap((id) => [
          transaction.objectStore('runs').getKey(id),
          transaction.objectStore('removedRuns').getKey(id),
          transaction.objectStore('messages').getKey(id),
        ]),
      );
      return keys.some((key) => key !== undefined);
    },
    /** The runs that were in flight when they were last saved. */
    async runsInFlight(): Promise<RunEntry[]> {
      const { store } = (await database()).transaction('runs');
      const found = statesInFlight.map((state) => store.index('state').getAll(state));
      return (await Promise.all(found)).flat().map(entryOf);
    },
    /** Whether any answer of a conversation was in flight when it was last saved. */
    async hasAnswersInFlight(): Promise<boolean> {
      const { store } = (await database()).transaction('messages');
      const counts = statesInFlight.map((state) => store.index('state').count(state));
      return (await Promise.all(counts)).some((count) => count > 0);
    },
    /** Distinct prompts, newest first. */
    async prompts(limit: number): Promise<string[]> {
      const found = new Set<string>();
      const { store } = (await database()).transaction('runs');
      let cursor = await store.index('createdAt').openCursor(null, 'prev');
      while (cursor && found.size < limit) {
        if (cursor.value.request.prompt !== '') found.add(cursor.value.request.prompt);
        cursor = await cursor.continue();
      }
      return [...found];
    },
    /** Removes a run; it can be restored. */
    async removeRun(id: string, now: number): Promise<void> {
      const transaction = (await database()).transaction(['runs', 'removedRuns'], 'readwrite');
      const run = await transaction.objectStore('runs').get(id);
      if (run) await transaction.objectStore('removedRuns').put({ ...run, removedAt: now });
      await transaction.objectStore('runs').delete(id);
      await transaction.done;
    },
    /** Restores a removed run. */
    async restoreRun(id: string): Promise<void> {
      const transaction = (await database()).transaction(['runs', 'removedRuns'], 'readwrite');
      const removed = await transaction.objectStore('removedRuns').get(id);
      if (removed) {
        const { removedAt: _removedAt, ...run } = removed;
        await transaction.objectStore('runs').put(run);
      }
      await transaction.objectStore('removedRuns').delete(id);
      await transaction.done;
    },
    /**
     * Deletes the runs and pictures that were removed before a time (ms since 1970).
     * @returns the keys of the deleted runs
     */
    async purge(before: number): Promise<string[]> {
      const transaction = await openWithPictures(database);
      const runs = transaction.objectStore('runs');
      const removedRuns = transaction.objectStore('removedRuns');
      const gone = (await removedRuns.getAll()).filter(({ removedAt }) => removedAt < before);
      for (const { id } of gone) await removedRuns.delete(id);
      const thinned = await runs.index('removedPictures').getAll();
      for (const run of thinned) await runs.put(kept(withoutRemoved(entryOf(run), before)));
      await dropUnneeded(
        transaction,
        [...gone, ...thinned].flatMap((run) => run.pictures),
      );
      await transaction.done;
      return gone.map(({ key }) => key);
    },
    async savePicture(hash: string, file: Blob): Promise<void> {
      await (await database()).put('pictures', file, hash);
    },
    async loadPicture(hash: string): Promise<Blob | undefined> {
      return (await database()).get('pictures', hash);
    },
    /** Deletes a file, because it cannot be read. */
    async dropPicture(hash: string): Promise<void> {
      await (await database()).delete('pictures', hash);
    },
    /**
     * Stores a copy of a picture that is stored itself; else nothing would ever delete the copy. A small
     * one takes the place of an older thumbnail.
     */
    async saveCopy(hash: string, kind: Exclude<CopyKind, 'thumbnail'>, image: Blob): Promise<void> {
      const transaction = (await database()).transaction(['pictures', 'copies'], 'readwrite');
      const copies = transaction.objectStore('copies');
      if ((await transaction.objectStore('pictures').getKey(hash)) !== undefined) {
        await copies.put(image, [hash, kind]);
        if (kind === 'small') await copies.delete([hash, 'thumbnail']);
      }
      await transaction.done;
    },
    async loadCopy(hash: string, kind: CopyKind): Promise<Blob | undefined> {
      return (await database()).get('copies', [hash, kind]);
    },
    /** The copy for small lists: the older thumbnail, else the small copy. */
    async loadThumbnail(hash: string): Promise<Blob | undefined> {
      const { store } = (await database()).transaction('copies');
      return (await store.get([hash, 'thumbnail'])) ?? store.get([hash, 'small']);
    },
    async saveDraft(name: string, text: string): Promise<void> {
      await (await database()).put('drafts', text, name);
    },
    async loadDraft(name: string): Promise<string | undefined> {
      return (await database()).get('drafts', name);
    },
    /** Stores how long a run of a kind took; the last ten are kept. */
    async addDuration(kind: string, milliseconds: number): Promise<void> {
      const { store, done } = (await database()).transaction('durations', 'readwrite');
      const before = (await store.get(kind)) ?? [];
      await store.put([milliseconds, ...before].slice(0, keptDurations), kind);
      await done;
    },
    async durations(kind: string): Promise<number[]> {
      return (await (await database()).get('durations', kind)) ?? [];
    },
  };
}

/** The problem behind an error of the browser's storage. */
export function storageProblem(error: unknown): StorageProblem {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'VersionError') return 'outdated';
  return name === 'QuotaExceededError' ? 'full' : 'unavailable';
}

/** The history in this browser's database. */
export const history = createHistory(connection);

function kept(entry: RunEntry): KeptRun {
  const pictures = new Set<string>();
  const removedPictures = new Set<string>();
  for (const { hash } of entry.edit?.references ?? []) pictures.add(hash);
  if (entry.edit?.mask) pictures.add(entry.edit.mask.hash);
  for (const slot of entry.slots) {
    if (slot.kind === 'picture') pictures.add(slot.hash);
    // Stored for as long as it can be restored.
    if (slot.kind === 'removed') pictures.add(slot.picture.hash);
    if (slot.kind === 'removed') removedPictures.add(slot.picture.hash);
  }
  return { ...entry, pictures: [...pictures], removedPictures: [...removedPictures] };
}

function entryOf({ pictures: _pictures, removedPictures: _removed, ...entry }: KeptRun): RunEntry {
  return entry;
}
