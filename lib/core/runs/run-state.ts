import { isServerAway, isTurnWait } from './failure-kind';
import type { Run } from './run';
import type { RunFailure } from './run-failure';

/**
 * The state of a run as the page shows it. `queued`: it waits for a free transfer here; `pausing`: it waits for
 * its turn, or after a 429 to be tried again; the others are the server's (interface, "Runs").
 */
export type LocalRunState =
  | 'queued'
  | 'uploading'
  | 'waiting'
  | 'answering'
  | 'pausing'
  | 'done'
  | 'failed'
  | 'cancelled';

/** What is kept of an answer beside what it holds. */
export interface AnswerFacts {
  /** The HTTP status, and the id that the gateway gave the request. */
  status: number;
  requestId: string | null;
  /** From the start to the first byte and to the end, by the server's clock, in ms. */
  firstByteMs: number | null;
  durationMs: number | null;
  /** Until the first picture was whole here, in ms; null if it was read later than it came. */
  firstPictureMs: number | null;
  /** Its text as it came, without base64; see `createElidedText`. */
  text: string;
}

/** What every kind of run has: its state, its tries, its times. Plain data. */
export interface LocalRun {
  /** The key of its first try; stays when it is tried again. */
  id: string;
  /** By this browser's clock, in ms since 1970. */
  createdAt: number;
  state: LocalRunState;
  /** The `Idempotency-Key` of the current try. */
  key: string;
  /** How many tries there were, the current one included. */
  tries: number;
  /**
   * The try that follows a 429, or a start that a stopping server refused or whose turn it was not. Its key is made beforehand
   * and kept, so that two tabs, or a reload, can only send the same one. The key stays as it was where
   * the server has not taken it up. `waitMs` is how long the pause was planned to be, where it may be
   * longer than `longestDelayMs`.
   */
  nextTry: { key: string; at: number; waitMs?: number } | null;
  /** When it had its turn, on this browser's clock, if it had to wait for one. */
  turnAt?: number;
  /** When the server took the current try up, on this browser's clock. */
  startedAt: number | null;
  /** The same by the server's clock, which is what people are told. Older ones have none. */
  startedAtServer?: number | null;
  /** How long such a run took before, in ms. */
  expectedMs: number | null;
  /** How long it took, by the server's clock, in ms. */
  durationMs: number | null;
  /** Why it failed; while it is tried again, why the try before did. */
  trouble: RunFailure | null;
  /** Of the answer that was read last. Older runs have none. */
  answerFacts?: AnswerFacts;
}

/** The events of a run of any kind, in the order in which they occur. */
export type LocalRunEvent =
  | { type: 'uploading' }
  | { type: 'reported'; run: Run; clockOffset: number }
  /** An answer was read to its end. `firstPictureAt`: on this browser's clock, in ms since 1970. */
  | {
      type: 'answered';
      facts: Omit<AnswerFacts, 'firstPictureMs'>;
      firstPictureAt: number | null;
    }
  | { type: 'end'; durationMs: number | null }
  | { type: 'trouble'; trouble: RunFailure; durationMs: number | null }
  | { type: 'pause'; trouble: RunFailure; nextTry: NonNullable<LocalRun['nextTry']> }
  /** `turnAt`: when it had its turn, if it waited for one. */
  | { type: 'try-again'; turnAt?: number }
  | { type: 'cancel'; now: number };

/** A new run, before its request is sent. */
export function newLocalRun({
  id,
  now,
  expectedMs = null,
}: {
  id: string;
  now: number;
  expectedMs?: number | null;
}): LocalRun {
  return {
    id,
    createdAt: now,
    state: 'queued',
    key: id,
    tries: 1,
    nextTry: null,
    startedAt: null,
    expectedMs,
    durationMs: null,
    trouble: null,
  };
}

/**
 * When a run was started, by the server's clock, in ms since 1970; by this browser's as long as the
 * server has not said. A browser's clock can be hours wrong.
 */
export function momentOf({
  startedAtServer,
  createdAt,
}: Pick<LocalRun, 'createdAt' | 'startedAtServer'>): number {
  return startedAtServer ?? createdAt;
}

/** The states of a run that has not ended. */
export const statesInFlight = [
  'queued',
  'uploading',
  'waiting',
  'answering',
  'pausing',
] as const satisfies LocalRunState[];

/** Whether a run has not ended. */
export function isInFlight({ state }: Pick<LocalRun, 'state'>): boolean {
  return (statesInFlight as readonly LocalRunState[]).includes(state);
}

/** Whether the server has a run, and this browser has not ended it. */
export function isStarted({ state }: Pick<LocalRun, 'state'>): boolean {
  return state === 'waiting' || state === 'answering';
}

/** Whether a run in flight has been sent, so that another tab need not send it again. */
export function isPosted(run: Pick<LocalRun, 'state'>): boolean {
  return isStarted(run) || run.state === 'pausing';
}

/** Whether a run is still to be sent: it waits here, or the server has not said that it has it. */
export function isUnsent(run: Pick<LocalRun, 'state' | 'startedAt'>): boolean {
  return isInFlight(run) && run.startedAt === null;
}

/** Whether a run in flight was refused because it is not its turn, or a budget has no room, and waits for that. */
export function waitsForTurn(run: Pick<LocalRun, 'state' | 'trouble'>): boolean {
  return run.trouble !== null && isTurnWait(run.trouble) && isInFlight(run);
}

/** The run after an event; a run that has ended does not change. */
export function reduceLocalRun<Life extends LocalRun>(life: Life, event: LocalRunEvent): Life {
  if (!isInFlight(life)) return life;
  switch (event.type) {
    case 'uploading':
      return { ...life, state: 'uploading' };
    case 'reported': {
      const { state, createdAt } = event.run;
      // A run that has ended there is answering here until its answer has been read.
      const here = state === 'uploading' || state === 'waiting' ? state : 'answering';
      const { trouble: before } = life;
      // What held the start up is over; a 429 stays until it is known that there is none this time.
      const isOver = before !== null && (isServerAway(before) || isTurnWait(before));
      const trouble = isOver ? null : before;
      return {
        ...life,
        state: here,
        startedAt: createdAt - event.clockOffset,
        startedAtServer: createdAt,
        trouble,
      };
    }
    case 'answered': {
      const firstPictureMs = firstPictureOf(event, life.startedAt);
      return { ...life, answerFacts: { ...event.facts, firstPictureMs } };
    }
    case 'end':
      return { ...life, state: 'done', durationMs: event.durationMs, trouble: null };
    case 'trouble': {
      const { trouble, durationMs } = event;
      return { ...life, state: 'failed', trouble, durationMs, nextTry: null };
    }
    case 'pause': {
      const { trouble, nextTry } = event;
      return { ...life, state: 'pausing', trouble, nextTry, startedAt: null };
    }
    case 'try-again': {
      const { nextTry } = life;
      if (!nextTry) return life;
      const tries = life.tries + (nextTry.key === life.key ? 0 : 1);
      const { turnAt = life.turnAt } = event;
      const turn = turnAt === undefined ? {} : { turnAt };
      return { ...life, ...turn, key: nextTry.key, tries, nextTry: null, state: 'queued' };
    }
    case 'cancel': {
      // Between two tries nothing is under way that could cost anything.
      const isWaiting = life.state === 'pausing';
      const since = life.startedAt ?? life.createdAt;
      const durationMs = isWaiting ? null : Math.max(0, event.now - since);
      return { ...life, state: 'cancelled', nextTry: null, trouble: null, durationMs };
    }
  }
}

/** Browser and server agree on the time to a second or so. */
const clockToleranceMs = 2000;

/** How long the first picture took; null where it was read from an answer that had been there before. */
function firstPictureOf(
  { facts: { durationMs }, firstPictureAt }: Extract<LocalRunEvent, { type: 'answered' }>,
  startedAt: number | null,
): number | null {
  if (firstPictureAt === null || startedAt === null || durationMs === null) return null;
  const took = Math.max(0, firstPictureAt - startedAt);
  return took > durationMs + clockToleranceMs ? null : Math.min(took, durationMs);
}

/**
 * A run that could not be started, to be started once more under the same key: should it have been
 * started after all, it is found. One whose answer was not read is only read again: a server that has
 * forgotten the key would take it for a new run.
 */
export function reopenedLocalRun<Life extends LocalRun>(life: Life): Life {
  const state = life.trouble?.kind === 'unread' ? 'answering' : 'queued';
  return { ...life, state, trouble: null, durationMs: null };
}
