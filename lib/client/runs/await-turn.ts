import { isTakenUp, type Run } from '../../core/runs/run';
import type { LocalRun } from '../../core/runs/run-state';
import { SignedOut } from '../api/api';
import type { createRunPoll, TurnReport } from './poll-runs';

/** So long at least from one refusal to the next try, in ms: whatever the server says, it is not flooded. */
const leastGapMs = 1000;

interface TurnDeps {
  watchTurn: ReturnType<typeof createRunPoll>['watchTurn'];
  untilSignedIn(signal: AbortSignal): Promise<void>;
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  now(): number;
}

/** Waits for the turns of starts that the server has refused for now. Their tickets stay alive meanwhile. */
export function createTurns({ watchTurn, untilSignedIn, pause, now }: TurnDeps) {
  /** When the start with a key was refused in this tab. */
  const refusedAt = new Map<string, number>();
  type Waiting = Pick<LocalRun, 'key' | 'nextTry'>;

  /** @throws the signal's reason, or SignedOut */
  function watch({ key, nextTry }: Waiting, signal: AbortSignal): Promise<TurnReport> {
    let hadPlace = false;
    return watchTurn({
      key,
      signal,
      isEnough({ run, ticket, mayStart }) {
        if (run?.state === 'uploading') return false;
        if (run && isTakenUp(run)) return true;
        if (ticket) {
          hadPlace = true;
          return mayStart;
        }
        // What was refused before this page was loaded, or has lost its place since, asks for another at once.
        if (hadPlace || !nextTry || !refusedAt.has(key)) return true;
        // Refused without a place, for so many wait already: it was told when to come again. A wait longer than
        // was planned means that the clock was put back.
        const left = nextTry.at - now();
        return left <= 0 || left > (nextTry.waitMs ?? 0);
      },
    });
  }

  return {
    noteRefusal(key: string): void {
      refusedAt.set(key, now());
    },
    /**
     * Waits until a start may be sent, also while nobody is signed in.
     * @returns `called`: its turn has come; `lost`: it has no place in line, and must ask for one; or the run, if
     *   another tab has started it meanwhile
     * @throws the signal's reason
     */
    async wait(
      waiting: Waiting,
      signal: AbortSignal,
    ): Promise<'called' | 'lost' | { run: Run; clockOffset: number }> {
      for (;;) {
        try {
          const { run, mayStart, clockOffset } = await watch(waiting, signal);
          if (run && isTakenUp(run)) return { run, clockOffset };
          const left = (refusedAt.get(waiting.key) ?? 0) + leastGapMs - now();
          if (left > 0) await pause(Math.min(left, leastGapMs), signal);
          return mayStart ? 'called' : 'lost';
        } catch (error) {
          if (!(error instanceof SignedOut)) throw error;
          await untilSignedIn(signal);
        }
      }
    },
  };
}
