import 'server-only';
import { randomBytes } from 'node:crypto';

/**
 * Numbers the changes of all runs of this process, so that a client can ask for what changed after
 * the last one it knows.
 */
export interface ChangeFeed {
  /** Counts a change of a visitor's run, and wakes who waits for one. @returns its number */
  stamp(visitor: string): number;
  /** Where the feed is now, for a client to ask with later. */
  cursor(): string;
  /** The number a cursor stands for; undefined: it is of another process, so it says nothing here. */
  read(cursor: string): number | undefined;
  /** Resolves at a visitor's next change, or when the signal aborts. */
  changed(visitor: string, signal: AbortSignal): Promise<void>;
}

/** Whether a text can be a cursor, of whichever process. */
export function isCursor(text: string): boolean {
  return /^[0-9a-f]{12}-\d{1,15}$/.test(text);
}

/** Makes an empty feed. */
export function createChangeFeed(): ChangeFeed {
  const epoch = randomBytes(6).toString('hex');
  const waiting = new Map<string, Set<() => void>>();
  let latest = 0;
  return {
    stamp(visitor) {
      latest++;
      for (const wake of [...(waiting.get(visitor) ?? [])]) wake();
      return latest;
    },
    cursor: () => `${epoch}-${latest}`,
    read(cursor) {
      const [of, number] = cursor.split('-');
      return of === epoch && Number(number) <= latest ? Number(number) : undefined;
    },
    changed(visitor, signal) {
      if (signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const own = waiting.get(visitor) ?? new Set();
        waiting.set(visitor, own);
        const wake = () => {
          own.delete(wake);
          if (own.size === 0 && waiting.get(visitor) === own) waiting.delete(visitor);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        own.add(wake);
        signal.addEventListener('abort', wake);
      });
    },
  };
}
