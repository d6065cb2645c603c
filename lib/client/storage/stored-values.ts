import { type Connection, connection } from './database';

const keptDurations = 10;

/** Stores text drafts, and how long runs took. Throws the browser's own errors. */
export function createStoredValues(database: Connection) {
  return {
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

/** The values in this browser's database. They are apart from the history, whose code pages load later. */
export const storedValues = createStoredValues(connection);
