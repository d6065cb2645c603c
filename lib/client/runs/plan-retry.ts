import { restartDelay, retryDelay } from '../../core/runs/retry-delay';
import { isResumable, type RunFailure } from '../../core/runs/run-failure';
import type { LocalRun, LocalRunEvent } from '../../core/runs/run-state';
import { isRateLimit } from './run-attempt';
import { retryKey } from './run-requests';

export type Pause = Extract<LocalRunEvent, { type: 'pause' }>;

/** So long until the next try where the server does not say when. */
const usualWaitSeconds = 60;

/** The pause of a start that came too early. Nothing was claimed: the key stays, and it was no try. */
export function planTurn({ key }: LocalRun, failure: RunFailure, now: number): Pause {
  const waitMs = Math.max(1, failure.retryAfterSeconds ?? usualWaitSeconds) * 1000;
  return { type: 'pause', trouble: failure, nextTry: { key, at: now + waitMs, waitMs } };
}

/** The pause before the next of a few tries of a run; undefined if there is none. */
export function planRetry(
  run: LocalRun,
  failure: RunFailure,
  { now, random }: { now(): number; random(): number },
): Pause | undefined {
  // While a server restarts it cannot be reached, or a proxy says so.
  const isRestarting = run.trouble?.kind === 'server_stopping' && isResumable(failure);
  const trouble = isRestarting && run.trouble ? run.trouble : failure;
  const { retryAfterSeconds } = trouble;
  const isStopping = trouble.kind === 'server_stopping';
  if (!isStopping && !isRateLimit(trouble)) return undefined;
  const waitedMs = now() - (run.turnAt ?? run.createdAt);
  const delay = isStopping
    ? restartDelay({ waitedMs, retryAfterSeconds, random })
    : retryDelay({ tries: run.tries, retryAfterSeconds, random });
  if ('giveUp' in delay) return undefined;
  // A server that was stopping has not taken the key up, so the key stays.
  const key = isStopping ? run.key : retryKey(run.key);
  return { type: 'pause', trouble, nextTry: { key, at: now() + delay.waitMs } };
}
