import { longestDelayMs, restartDelay, retryDelay } from '../../core/runs/retry-delay';
import { durationOf, hasEnded, isTakenUp, type Run } from '../../core/runs/run';
import {
  failureOfLostRun,
  failureOfNetwork,
  failureOfRun,
  failureOfSignedOut,
  isResumable,
  type RunFailure,
} from '../../core/runs/run-failure';
import type { LocalRun, LocalRunEvent } from '../../core/runs/run-state';
import type { ReadEvent } from '../answers/read-answer';
import { SignedOut } from '../api/api';
import type { createConnectionLimit } from './connection-limit';
import type { createRunPoll } from './poll-runs';
import { retryKey } from './retry-key';

// With the server there to say that it knows of none: without one no try is counted.
const mostStarts = 4;
const mostLoads = 4;
const firstWaitMs = 500;

/** What happens to a run whatever it asks for; its end is told by whoever reads its answer. */
export type CarryEvent = Exclude<LocalRunEvent, { type: 'end' }>;

/** What carrying a run needs of the world; `Told` is what an answer of its kind tells as it is read. */
export interface CarryWorld<Life extends LocalRun, Told> {
  /**
   * @param signal gives the request up
   * @throws where the connection failed, which says nothing of what became of the request
   */
  startRun(run: Life, signal: AbortSignal): Promise<{ run: Run } | { trouble: RunFailure }>;
  transfers: ReturnType<typeof createConnectionLimit>;
  watch: ReturnType<typeof createRunPoll>['watch'];
  followAnswer(answer: {
    id: string;
    signal: AbortSignal;
    report: (event: ReadEvent<Told>) => void;
  }): Promise<void>;
  /** Told when an answer cannot be read on, and when it can again. */
  onConnection(isLost: boolean): void;
  /** Waits until somebody has signed in again. */
  signIn(signal: AbortSignal): Promise<void>;
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  now(): number;
  random(): number;
}

/**
 * Carries a run from wherever it stands to its end: starts it at the server, waits for its answer,
 * reads it, and tries again after a 429, or when a server that was being stopped is back. Whatever is repeated here repeats a key, so it is sent
 * upstream once.
 * @param current the run as it is now; undefined: it has ended, here or in another tab
 * @param apply writes an event into the run, to be seen at once
 * @param keep writes the run as it is now into the browser's storage
 * @throws the signal's reason, when it was stopped
 */
export async function carryRun<Life extends LocalRun, Told extends { type: string }>({
  current,
  apply,
  keep,
  signal,
  world,
}: {
  current: () => Promise<Life | undefined>;
  apply: (event: CarryEvent | Told) => void;
  keep: () => Promise<void>;
  signal: AbortSignal;
  world: CarryWorld<Life, Told>;
}): Promise<void> {
  for (;;) {
    const entry = await current();
    if (!entry) return;
    if (entry.state === 'pausing') {
      // By the clock and not by one long timer, which a sleeping laptop would stretch.
      const left = (entry.nextTry?.at ?? 0) - world.now();
      // Nobody waits for longer than that: the clock was put back meanwhile.
      if (left > 0 && left <= longestDelayMs) {
        await world.pause(Math.min(1000, left), signal);
        continue;
      }
      apply({ type: 'try-again' });
      await keep();
      continue;
    }
    const ending = await goOn(entry);
    if (isTrouble(ending) && ending.trouble.kind === 'signed_out') {
      await world.signIn(signal);
      continue;
    }
    const pause = isTrouble(ending) ? planPause(entry, ending.trouble) : undefined;
    if (!pause) {
      apply(ending);
      return keep();
    }
    apply(pause);
    await keep();
  }

  async function goOn(entry: Life): Promise<Ending<Told>> {
    const isStarted = entry.state === 'waiting' || entry.state === 'answering';
    try {
      return (isStarted ? undefined : await start(entry)) ?? (await follow(entry.key));
    } catch (error) {
      if (error instanceof SignedOut) return failed(failureOfSignedOut());
      throw error;
    }
  }

  /** Starts the run, or finds it started; gives its end if it cannot be. */
  async function start(entry: Life): Promise<Ending<Told> | undefined> {
    const leave = await world.transfers.enter(signal);
    try {
      apply({ type: 'uploading' });
      for (let attempt = 1; ; attempt++) {
        const outcome = await send(entry);
        if ('run' in outcome || (outcome.isUnknown && (await isAtServer(entry.key)))) {
          await keep();
          return undefined;
        }
        if (!outcome.isUnknown || attempt === mostStarts) return failed(outcome.trouble);
        await world.pause(firstWaitMs * 2 ** (attempt - 1), signal);
      }
    } finally {
      leave();
    }
  }

  /** Sends the request. Where its answer got lost, `isUnknown`: it may have been taken up. */
  async function send(entry: Life): Promise<{ run: Run } | Unsent> {
    const sentAt = world.now();
    try {
      const started = await world.startRun(entry, signal);
      if ('trouble' in started) {
        const { trouble } = started;
        // A proxy's own page says nothing of it; a server that is stopping has refused it.
        return { trouble, isUnknown: isResumable(trouble) && trouble.kind !== 'server_stopping' };
      }
      const { run } = started;
      // The server took it up when it began to arrive, which is long before this of a large one.
      apply({ type: 'reported', run, clockOffset: run.createdAt - sentAt });
      return started;
    } catch (error) {
      signal.throwIfAborted();
      return { trouble: networkTrouble(error), isUnknown: true };
    }
  }

  /**
   * Whether the server has taken the request up, asked for as long as it takes to reach the server.
   * What it has not got whole, or has lost, is sent again: the same key finds out which it is.
   */
  async function isAtServer(key: string): Promise<boolean> {
    const run = await world.watch({
      id: key,
      signal,
      isEnough: () => true,
      onReport(seen, clockOffset) {
        if (isTakenUp(seen)) apply({ type: 'reported', run: seen, clockOffset });
      },
    });
    return run !== undefined && isTakenUp(run);
  }

  /** Follows a started run to its end. */
  async function follow(key: string): Promise<Ending<Told>> {
    const run = await world.watch({
      id: key,
      signal,
      isEnough: (seen) => seen.status !== null || hasEnded(seen),
      onReport: (seen, clockOffset) => apply({ type: 'reported', run: seen, clockOffset }),
    });
    if (!run) return failed(failureOfLostRun());
    if (run.state === 'cancelled') return { type: 'cancel', now: world.now() };
    if (run.status === null) return failed(failureOfRun(run), run);
    const leave = await world.transfers.enter(signal);
    let ending: Ending<Told> | undefined;
    const report = (event: ReadEvent<Told>) => {
      if (isConnection(event)) return world.onConnection(event.isLost);
      if (isEnding(event)) {
        ending = event;
        // The connection is free; what still goes on is the keeping of pictures.
        leave();
      }
      // A 429 is decided upon where the tries are counted.
      if (!isTrouble(event) || !isDecidedAbove(event.trouble)) apply(event);
    };
    try {
      await read(key, report);
    } catch (error) {
      if (error instanceof SignedOut) throw error;
      ending ??= failed(networkTrouble(error));
    } finally {
      leave();
    }
    signal.throwIfAborted();
    return ending ?? failed(failureOfLostRun());
  }

  /** @throws if what reads it cannot be loaded, though the server is there */
  async function read(id: string, report: (event: ReadEvent<Told>) => void): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await world.followAnswer({ id, signal, report });
      } catch (error) {
        signal.throwIfAborted();
        // Perhaps the network is away just now; the answer is where it was.
        await world.watch({ id, signal, isEnough: () => true, onReport: () => {} });
        if (attempt === mostLoads) throw error;
        await world.pause(firstWaitMs * 2 ** (attempt - 1), signal);
      }
    }
  }

  function planPause(entry: Life, met: RunFailure): Pause | undefined {
    // Between its last word and its first a server that is restarted cannot be reached, or a proxy
    // says so.
    const before = entry.trouble?.kind === 'server_stopping' ? entry.trouble : undefined;
    const trouble = isResumable(met) && before ? before : met;
    const { retryAfterSeconds } = trouble;
    const { random } = world;
    const now = world.now();
    const isStopping = trouble.kind === 'server_stopping';
    if (!isStopping && !isRateLimit(trouble)) return undefined;
    const delay = isStopping
      ? restartDelay({ waitedMs: now - entry.createdAt, retryAfterSeconds, random })
      : retryDelay({ tries: entry.tries, retryAfterSeconds, random });
    if ('giveUp' in delay) return undefined;
    // The server has not taken the key up: it stays, so that nothing is ever sent twice.
    const key = isStopping ? entry.key : retryKey(entry.key);
    return { type: 'pause', trouble, nextTry: { key, at: now + delay.waitMs } };
  }
}

/** A request that was not taken up, or (`isUnknown`) of which nothing is known, and why. */
interface Unsent {
  trouble: RunFailure;
  isUnknown: boolean;
}

type Pause = Extract<LocalRunEvent, { type: 'pause' }>;
type Failure = Extract<LocalRunEvent, { type: 'trouble' }>;
type Ending<Told> = Failure | Extract<LocalRunEvent, { type: 'cancel' }> | (Told & { type: 'end' });

function isTrouble(event: { type: string }): event is Failure {
  return event.type === 'trouble';
}

function isEnding<Told extends { type: string }>(
  event: Told | Failure,
): event is Failure | (Told & { type: 'end' }) {
  return event.type === 'end' || event.type === 'trouble';
}

function isConnection(event: { type: string }): event is { type: 'connection'; isLost: boolean } {
  return event.type === 'connection';
}

function failed(trouble: RunFailure, run?: Run): Failure {
  return { type: 'trouble', trouble, durationMs: run ? durationOf(run) : null };
}

// It is no end: there is another try, or it goes on once somebody has signed in.
function isDecidedAbove(trouble: RunFailure): boolean {
  return isRateLimit(trouble) || trouble.kind === 'signed_out';
}

function isRateLimit({ kind, status }: RunFailure): boolean {
  return kind === 'rate_limit' && status === 429;
}

function networkTrouble(error: unknown): RunFailure {
  return failureOfNetwork(error instanceof Error ? error.message : '');
}
