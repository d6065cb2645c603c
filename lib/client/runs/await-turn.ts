import { isTakenUp, type Run } from '../../core/runs/run';
import type { LocalRun } from '../../core/runs/run-state';
import { type dropTicket, SignedOut } from '../api/api';
import type { createRunPoll, TurnReport } from './poll-runs';
import { cancelRun } from './run-requests';

/** So long at least from one refusal to the next try, in ms: whatever the server says, it is not flooded. */
const leastGapMs = 1000;
/** Lists tell the time of a turn each time a little differently, as clocks do. */
const leastMoveMs = 5000;

interface TurnDeps {
  watchTurn: ReturnType<typeof createRunPoll>['watchTurn'];
  untilSignedIn(signal: AbortSignal): Promise<void>;
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  now(): number;
  dropTicket: typeof dropTicket;
}

interface Waiting extends Pick<LocalRun, 'key' | 'nextTry'> {
  /** Whether it is not to be sent for now. */
  isHeldBack(): boolean;
  /** Called with the time at which its turn is expected, on this browser's clock. */
  onPlace(at: number): void;
  signal: AbortSignal;
}

/** Waits for the turns of starts that the server has refused for now. Their tickets stay alive meanwhile. */
export function createTurns({ watchTurn, untilSignedIn, pause, now, dropTicket }: TurnDeps) {
  /** When the start with a key was refused in this tab. */
  const refusedAt = new Map<string, number>();
  /** The keys whose starts have left the line since. */
  const hasLeft = new Set<string>();
  // As long as any page is open its place would be kept, and its slot then be lost to others.
  const giveBack = (key: string) => cancelRun(key, false, dropTicket);
  /** @throws the signal's reason, or SignedOut */
  function watch({ key, nextTry, isHeldBack, onPlace, signal }: Waiting): Promise<TurnReport> {
    let hadPlace = false;
    return watchTurn({
      key,
      signal,
      isEnough({ run, ticket, mayStart, clockOffset }) {
        if (isHeldBack()) return true;
        if (run?.state === 'uploading') return false;
        if (run && isTakenUp(run)) return true;
        if (ticket) {
          hadPlace = true;
          onPlace(ticket.at - clockOffset);
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
      hasLeft.delete(key);
    },
    /** Gives the place back that a start may have, once until it is refused again: it is not to be sent for now. */
    leave(key: string): void {
      refusedAt.delete(key);
      if (hasLeft.has(key)) return;
      hasLeft.add(key);
      void giveBack(key);
    },
    /**
     * Waits until a start may be sent, also while nobody is signed in.
     * @returns `called`: its turn has come; `lost`: it has no place in line, and must ask for one; `held`: it is not
     *   to be sent for now; or the run, if another tab has started it meanwhile
     * @throws the signal's reason
     */
    async wait(
      waiting: Waiting,
    ): Promise<'called' | 'lost' | 'held' | { run: Run; clockOffset: number }> {
      const { key, isHeldBack, signal } = waiting;
      for (;;) {
        try {
          const { run, mayStart, clockOffset } = await watch(waiting);
          if (run && isTakenUp(run)) return { run, clockOffset };
          if (isHeldBack()) return 'held';
          const left = (refusedAt.get(key) ?? 0) + leastGapMs - now();
          if (left > 0) await pause(Math.min(left, leastGapMs), signal);
          return mayStart ? 'called' : 'lost';
        } catch (error) {
          if (!(error instanceof SignedOut)) throw error;
          await untilSignedIn(signal);
        }
      }
    },
    giveBack,
  };
}

/** The run after a list has told when its turn is expected; what has hardly moved stays. */
export function withTurnAt<R extends LocalRun>(run: R, at: number): R {
  const { nextTry } = run;
  if (!nextTry || Math.abs(nextTry.at - at) < leastMoveMs) return run;
  return { ...run, nextTry: { ...nextTry, at } };
}
