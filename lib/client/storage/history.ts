import type { ImageEndpoint } from '../../core/endpoints/image-request';
import type { AnyRun, RunEntry } from '../../core/runs/run-entry';
import { isInFlight, statesInFlight } from '../../core/runs/run-state';
import { tellCards } from '../browser/tabs';
import { cardStores, putColor, putCopy, putFile } from './cards';
import { type Connection, connection, openToWrite } from './database';
import { cardIdsOf, entryOf, findKept, moveRun, putRun, runStores } from './kept-runs';
import type { CopyKind, FileKind } from './schema';

const keptDurations = 10;

/**
 * Why something could not be stored. `full`: no room; `unavailable`: the browser stores nothing, as in some
 * private modes; `outdated`: another tab has a newer version of the app and of the database.
 */
export type StorageProblem = 'full' | 'unavailable' | 'outdated';

/** A prompt, and when it was last written, in ms since 1970. */
export interface EarlierPrompt {
  text: string;
  at: number;
}

/** Stores runs, pictures, text drafts and durations. Throws the browser's own errors. */
export function createHistory(database: Connection) {
  return {
    /**
     * Saves a run. Other tabs may be reading it too: a finished run is not replaced by an unfinished one, and
     * a removed run stays removed.
     */
    async saveRun(entry: AnyRun): Promise<void> {
      const transaction = await openToWrite(database, runStores);
      const removed = await transaction.objectStore('removedRuns').get(entry.id);
      const before = removed ?? (await findKept(transaction, entry.id));
      const isLess = before?.state === 'done' && isInFlight(entry);
      if (!isLess) await putRun(transaction, entry, removed?.removedAt ?? null);
      await transaction.done;
      tellCards(cardIdsOf(entry));
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
    /** The experiments that were run from a page's form. */
    async runSets(): Promise<{ id: string; createdAt: number; endpoint: ImageEndpoint }[]> {
      const all = await (await database()).getAll('experiments');
      return all.flatMap(({ id, createdAt, madeOn }) =>
        madeOn === null ? [] : [{ id, createdAt, endpoint: madeOn }],
      );
    },
    /** Whether any of these is the id of a run, a removed run or an answer, or the key of a cell's try. */
    async knows(ids: readonly string[]): Promise<boolean> {
      const stores = ['runs', 'cells', 'removedRuns', 'messages'] as const;
      const transaction = (await database()).transaction(stores);
      const keys = await Promise.all(
        ids.flatMap((id) => [
          transaction.objectStore('runs').getKey(id),
          transaction.objectStore('removedRuns').getKey(id),
          transaction.objectStore('messages').getKey(id),
          transaction.objectStore('cells').getKey(id),
          // A cell may be tried any number of times.
          transaction.objectStore('cells').index('key').getKey(id),
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
    /** Whether any experiment runs, or any cell of one was in flight when it was last saved. */
    async hasExperimentsUnderWay(): Promise<boolean> {
      const transaction = (await database()).transaction(['experiments', 'cells']);
      const byState = transaction.objectStore('cells').index('state');
      const [all, ...counts] = await Promise.all([
        transaction.objectStore('experiments').getAll(),
        ...statesInFlight.map((state) => byState.count(state)),
      ]);
      return all.some(({ state }) => state === 'running') || counts.some((count) => count > 0);
    },
    /** Distinct prompts with their latest times (ms since 1970), newest first. */
    async prompts(limit: number): Promise<EarlierPrompt[]> {
      const found = new Map<string, EarlierPrompt>();
      const { store } = (await database()).transaction('runs');
      let cursor = await store.index('createdAt').openCursor(null, 'prev');
      while (cursor && found.size < limit) {
        const { request, createdAt: at } = cursor.value;
        const { prompt: text } = request;
        if (text !== '' && !found.has(text)) found.set(text, { text, at });
        cursor = await cursor.continue();
      }
      return [...found.values()];
    },
    /** Removes a run; it can be restored. */
    async removeRun(id: string, now: number): Promise<void> {
      const transaction = await openToWrite(database, runStores);
      const run = await findKept(transaction, id);
      if (run) await moveRun(transaction, run, now);
      await transaction.done;
      tellCards([id]);
    },
    /** Restores a removed run. */
    async restoreRun(id: string): Promise<void> {
      const transaction = await openToWrite(database, runStores);
      const removed = await transaction.objectStore('removedRuns').get(id);
      if (removed) await moveRun(transaction, removed, null);
      await transaction.done;
      tellCards([id]);
    },
    /** Stores a file under its hash. */
    async savePicture(hash: string, file: Blob, kind: FileKind): Promise<void> {
      const transaction = await openToWrite(database, ['pictures', 'files']);
      await transaction.objectStore('pictures').put(file, hash);
      await putFile(transaction, { hash, kind, bytes: file.size });
      await transaction.done;
    },
    async loadPicture(hash: string): Promise<Blob | undefined> {
      return (await database()).get('pictures', hash);
    },
    /** Deletes a file, because it cannot be read. */
    async dropPicture(hash: string): Promise<void> {
      const transaction = await openToWrite(database, ['pictures', 'files']);
      await transaction.objectStore('pictures').delete(hash);
      await transaction.objectStore('files').delete(hash);
      await transaction.done;
    },
    /**
     * Stores a copy of a picture that is stored itself; else nothing would ever delete the copy. A small
     * one takes the place of an older thumbnail.
     * @param color the mean colour, which is found when a small copy is made
     */
    async saveCopy(
      hash: string,
      kind: Exclude<CopyKind, 'thumbnail'>,
      image: Blob,
      color?: string,
    ): Promise<void> {
      const stores = ['pictures', 'copies', ...cardStores] as const;
      const transaction = await openToWrite(database, stores);
      const isStored = (await transaction.objectStore('pictures').getKey(hash)) !== undefined;
      if (isStored) await putCopy(transaction, { hash, kind, image });
      const changed = color === undefined ? [] : await putColor(transaction, hash, color);
      await transaction.done;
      tellCards(changed);
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
  // A newer page may have taken a store away that this one needs.
  if (name === 'VersionError' || name === 'NotFoundError') return 'outdated';
  return name === 'QuotaExceededError' ? 'full' : 'unavailable';
}

/** The history in this browser's database. */
export const history = createHistory(connection);
