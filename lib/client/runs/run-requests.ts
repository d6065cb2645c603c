import { isTakenUp, type Run } from '../../core/runs/run';
import type { RunFailure } from '../../core/runs/run-failure';
import { deleteRun, type EncodedRequest, fetchRun, postRun } from '../api/api';
import { pause } from '../browser/timers';

// The requests with which a run is started and cancelled, and the limit of how many are open at once.

const firstWaitMs = 250;
const longestWaitMs = 8000;
/** A request that was aborted on its way can still arrive at the server, after the one that cancels it. */
const mostUnknown = 4;
const lookUpEveryMs = 15_000;
/** The last twelve digits of a UUID are a number of this range. */
const keyRange = 2 ** 48;

/**
 * The idempotency key of the try after the one with this key. It is derived and not random, so that
 * two tabs which see the same refusal send the same key, and the server carries out one of them.
 */
export function retryKey(key: string): string {
  return shiftedKey(key, 1);
}

/** The keys of up to `count` tries before the one with this key, the latest first. */
export function keysBefore(key: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => shiftedKey(key, -1 - index));
}

function shiftedKey(key: string, by: number): string {
  const number = (Number.parseInt(key.slice(-12), 16) + by + keyRange) % keyRange;
  return key.slice(0, -12) + number.toString(16).padStart(12, '0');
}

/**
 * Starts a run, or finds out that it was started although no answer comes: on a connection that died
 * unnoticed the browser would wait for minutes.
 * @throws where the connection failed
 */
export async function postOrFind(
  request: EncodedRequest & { key: string },
  signal: AbortSignal,
  post = postRun,
  find = fetchRun,
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void> = pause,
): Promise<{ run: Run } | { trouble: RunFailure }> {
  signal.throwIfAborted();
  const posting = new AbortController();
  const abort = () => posting.abort(signal.reason);
  signal.addEventListener('abort', abort);
  const lookUp = async () => {
    for (;;) {
      await wait(lookUpEveryMs, posting.signal);
      const run = await find(request.key).catch(() => undefined);
      if (run && isTakenUp(run)) return { run };
    }
  };
  try {
    return await Promise.race([post(request, posting.signal), lookUp()]);
  } finally {
    signal.removeEventListener('abort', abort);
    posting.abort();
  }
}

/**
 * Cancels a run at the server, and repeats that until the server is reached.
 * @param wasSent its request may be on its way, so a server that does not know the run is asked again
 */
export async function cancelRun(
  key: string,
  wasSent: boolean,
  remove = deleteRun,
  wait: (milliseconds: number) => Promise<void> = pause,
): Promise<void> {
  let unknown = 0;
  for (let attempt = 0; ; attempt++) {
    try {
      if ((await remove(key)) || !wasSent || ++unknown === mostUnknown) return;
    } catch {
      // The server cannot be reached, and the run still costs.
    }
    await wait(Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempt, 10)));
  }
}

/** A connection that is used while nobody else wants it. */
export interface LentConnection {
  signal: AbortSignal;
  giveBack(): void;
}

/**
 * A semaphore for the requests of runs, first come, first served. A browser opens six connections to
 * one server: four for starts and answers leave one for the poll and one for everything else.
 */
export function createConnectionLimit(limit = 4) {
  const waiting = new Set<() => void>();
  let open = 0;
  let lent: AbortController | undefined;
  /** Takes a connection that is free. @returns what gives it back, once */
  const take = () => {
    open++;
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      open--;
      const [next] = waiting;
      if (!next) return;
      waiting.delete(next);
      next();
    };
  };
  return {
    /**
     * Lends a connection for as long as nobody else wants it, if one is free; one at a time.
     * @returns a signal that aborts when it is wanted, and what gives it back; undefined: none is free
     */
    lend(): LentConnection | undefined {
      if (open >= limit || lent) return undefined;
      const own = new AbortController();
      lent = own;
      const leave = take();
      const giveBack = () => {
        if (lent === own) lent = undefined;
        leave();
      };
      return { signal: own.signal, giveBack };
    },
    /** Resolves when a connection is free, with the function that gives it back. @throws the signal's reason */
    async enter(signal: AbortSignal): Promise<() => void> {
      signal.throwIfAborted();
      if (open < limit) return take();
      lent?.abort();
      return new Promise((resolve, reject) => {
        const admit = () => {
          signal.removeEventListener('abort', giveUp);
          resolve(take());
        };
        const giveUp = () => {
          waiting.delete(admit);
          reject(signal.reason);
        };
        signal.addEventListener('abort', giveUp);
        waiting.add(admit);
      });
    },
  };
}
