import 'server-only';
import { randomBytes } from 'node:crypto';

/** Whether a text has the form of a cursor; it may be of another process. */
export function isCursor(text: string): boolean {
  return /^[0-9a-f]{12}-\d{1,15}$/.test(text);
}

/**
 * Makes a feed that numbers the changes of all runs of this process, so that a client can ask for
 * what has changed after the last one it knows.
 */
export function createChangeFeed() {
  const epoch = randomBytes(6).toString('hex');
  const waiting = new Map<string, WaitList>();
  let latest = 1;
  return {
    /** Counts a change of a visitor's run, and resolves its `changed`. @returns the change's number */
    stamp(visitor: string): number {
      latest++;
      waiting.get(visitor)?.wake();
      return latest;
    },
    /** The present position, which a client sends back later. */
    cursor: () => `${epoch}-${latest}`,
    /** The number that a cursor stands for, 1 or more; 0: it is of another process. */
    read(cursor: string): number {
      const [of, number] = cursor.split('-');
      return of === epoch && Number(number) <= latest ? Number(number) : 0;
    },
    /** Resolves at a visitor's next change, or when the signal aborts. */
    async changed(visitor: string, signal: AbortSignal): Promise<void> {
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
