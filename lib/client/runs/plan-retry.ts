import { isResumable, isServerAway } from '../../core/runs/failure-kind';
import { restartDelay, retryDelay } from '../../core/runs/retry-delay';
import type { RunFailure } from '../../core/runs/run-failure';
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
  const before = run.trouble && isServerAway(run.trouble) ? run.trouble : undefined;
  const isStillAway = before && isResumable(failure) && !isServerAway(failure);
  const trouble = isStillAway ? before : failure;
  const { retryAfterSeconds } = trouble;
  const isAway = isServerAway(trouble);
  if (!isAway && !isRateLimit(trouble)) return undefined;
  const waitedMs = now() - (run.turnAt ?? run.createdAt);
  const delay = isAway
    ? restartDelay({ waitedMs, retryAfterSeconds, random })
    : retryDelay({ tries: run.tries, retryAfterSeconds, random });
  if ('giveUp' in delay) return undefined;
  // Such a server has not taken the key up, so the key stays.
  const key = isAway ? run.key : retryKey(run.key);
  return { type: 'pause', trouble, nextTry: { key, at: now() + delay.waitMs } };
}
