import type { ImageEndpoint } from '../../core/endpoints/image-request';
import type { AnyRun, RunEntry } from '../../core/runs/run-entry';
import { statesInFlight } from '../../core/runs/run-state';
import { tellCards } from '../browser/tabs';
import { type Connection, connection, openToWrite } from './database';
import { cardIdsOf, entryOf, findKept, moveRun, putRun, runStores } from './kept-runs';

/** A prompt, and when it was last written, in ms since 1970. */
export interface EarlierPrompt {
  text: string;
  at: number;
}

/** Stores runs. Throws the browser's own errors. */
export function createHistory(database: Connection) {
  return {
    /**
     * Saves a run. Other tabs may be reading it too: a run that is whole is not replaced by what another tab
     * has stopped, lost or not read yet, and a removed run stays removed.
     */
    async saveRun(entry: AnyRun): Promise<void> {
      const transaction = await openToWrite(database, runStores);
      const removed = await transaction.objectStore('removedRuns').get(entry.id);
      const before = removed ?? (await findKept(transaction, entry.id));
      const isLess = before?.state === 'done' && entry.state !== 'done';
      if (!isLess) await putRun(transaction, entry, removed?.removedAt ?? null);
      await transaction.done;
      tellCards(cardIdsOf(entry));
    },
    async loadRun(id: string): Promise<RunEntry | undefined> {
      const run = await (await database()).get('runs', id);
      return run && entryOf(run);
    },
    /** The ids of the newest runs of an endpoint, newest first. */
    async newestRunIds(endpoint: ImageEndpoint, limit: number): Promise<string[]> {
      const ids: string[] = [];
      const { store } = (await database()).transaction('runs');
      let cursor = await store.index('endpointAge').openKeyCursor(runsOf(endpoint), 'prev');
      for (; cursor && ids.length < limit; cursor = await cursor.continue()) {
        ids.push(cursor.primaryKey);
      }
      return ids;
    },
    /**
     * The ids of all runs of an endpoint, newest first. They are read in parts: ten thousand at once would
     * hold up for 0.1 s what else is read and written.
     */
    async runIds(endpoint: ImageEndpoint, most = 1000): Promise<string[]> {
      const ids = new Set<string>();
      for (let [from, count] = [0, most]; ; ) {
        const { store } = (await database()).transaction('runs');
        const found = await store.index('endpointAge').getAllKeys(runsOf(endpoint, from), count);
        for (const id of found) ids.add(id);
        const last = found.length < count ? undefined : await store.get(found.at(-1) ?? '');
        if (!last) return [...ids].reverse();
        // All of one time: only a larger part has the next one.
        if (last.createdAt === from) count *= 2;
        else [from, count] = [last.createdAt, most];
      }
    },
    /** The experiments that were run from a page's form; with an id, that one if it was. */
    async runSets(
      only?: string,
    ): Promise<{ id: string; createdAt: number; endpoint: ImageEndpoint }[]> {
      const found = await (await database()).getAll('experiments', only);
      return found.flatMap(({ id, createdAt, madeOn }) =>
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
    /**
     * Whether a run, an answer or a cell that was sent under this key was stopped before it had ended.
     * @param before the keys of the tries before: all but cells are kept under the first
     */
    async isStopped(key: string, before: readonly string[]): Promise<boolean> {
      const stores = ['runs', 'cells', 'removedRuns', 'messages'] as const;
      const transaction = (await database()).transaction(stores);
      const message = async (id: string) =>
        (await transaction.objectStore('messages').get(id))?.message;
      const found = await Promise.all([
        transaction.objectStore('cells').index('key').get(key),
        ...[key, ...before].flatMap((id) => [
          transaction.objectStore('runs').get(id),
          transaction.objectStore('removedRuns').get(id),
          message(id),
        ]),
      ]);
      return found.some(
        (one) => one && 'key' in one && one.key === key && one.state === 'cancelled',
      );
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
      const counts = await Promise.all([
        transaction.objectStore('experiments').index('state').count('running'),
        ...statesInFlight.map((state) => byState.count(state)),
      ]);
      return counts.some((count) => count > 0);
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
  };
}

/** The runs of an endpoint since a time, in `endpointAge`. */
function runsOf(endpoint: ImageEndpoint, since = 0): IDBKeyRange {
  return IDBKeyRange.bound([endpoint, since], [endpoint, Number.POSITIVE_INFINITY]);
}

/** The history in this browser's database. */
export const history = createHistory(connection);
