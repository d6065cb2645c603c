import 'server-only';
import { randomBytes } from 'node:crypto';

/**
 * Numbers the changes of all runs of this process, so that a client can ask for what changed after
 * the last one it knows.
 */
export interface ChangeFeed {
  /** Counts a change of a visitor's run, and resolves its `changed`. @returns the change's number */
  stamp(visitor: string): number;
  /** The present position, which a client sends back later. */
  cursor(): string;
  /** The number that a cursor stands for, 1 or more; 0: it is of another process. */
  read(cursor: string): number;
  /** Resolves at a visitor's next change, or when the signal aborts. */
  changed(visitor: string, signal: AbortSignal): Promise<void>;
}

/** Whether a text has the form of a cursor; it may be of another process. */
export function isCursor(text: string): boolean {
  return /^[0-9a-f]{12}-\d{1,15}$/.test(text);
}

/** Makes an empty feed. */
export function createChangeFeed(): ChangeFeed {
  const epoch = randomBytes(6).toString('hex');
  const waiting = new Map<string, WaitList>();
  let latest = 1;
  return {
    stamp(visitor) {
      latest++;
      waiting.get(visitor)?.wake();
      return latest;
    },
    cursor: () => `${epoch}-${latest}`,
    read(cursor) {
      const [of, number] = cursor.split('-');
      return of === epoch && Number(number) <= latest ? Number(number) : 0;
    },
    async changed(visitor, signal) {
      if (signal.aborted) return;
      const list = waiting.get(visitor) ?? createWaitList(() => waiting.delete(visitor));
      waiting.set(visitor, list);
      await list.wait(signal);
    },
  };
}

/** Promises that wait for the next event of one kind. */
export interface WaitList {
  /** Resolves all of them. */
  wake(): void;
  /** Resolves at the next `wake`, or when the signal aborts. */
  wait(signal?: AbortSignal): Promise<void>;
}

/** @param onEmpty is called when no promise waits any more */
export function createWaitList(onEmpty: () => void = () => {}): WaitList {
  const waiting = new Set<() => void>();
  return {
    wake() {
      for (const resolve of [...waiting]) resolve();
    },
    wait(signal) {
      if (signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          waiting.delete(done);
          signal?.removeEventListener('abort', done);
          if (waiting.size === 0) onEmpty();
          resolve();
        };
        waiting.add(done);
        signal?.addEventListener('abort', done);
      });
    },
  };
}
