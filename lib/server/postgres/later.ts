import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from '../../core/api-error';
import { outsideRequests } from '../singleton';

const againMs = 500;

/** Does something as soon as the database answers. It must be something that may be done twice. */
export type Later = (work: () => Promise<unknown>) => Promise<void>;

/** @param isOver nothing is tried any more */
export function createLater(isOver: () => boolean): Later {
  return (work) =>
    outsideRequests(async () => {
      while (!isOver()) {
        try {
          await work();
          return;
        } catch {
          await pause(againMs, undefined, { ref: false });
        }
      }
    });
}

/** Asks until the database answers. */
export async function untilKnown<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      await pause(againMs);
    }
  }
}

/** Does something again and again, never twice at a time. @returns ends that */
export function repeat(
  everyMs: number,
  work: () => Promise<unknown>,
  onError: () => void = () => {},
): () => void {
  let isBusy = false;
  const timer = outsideRequests(() =>
    setInterval(() => {
      if (isBusy) return;
      isBusy = true;
      work()
        .catch(onError)
        .finally(() => {
          isBusy = false;
        });
    }, everyMs).unref(),
  );
  return () => clearInterval(timer);
}
