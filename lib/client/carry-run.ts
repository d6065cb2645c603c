import { restartDelay, retryDelay } from '../core/retry-delay';
import { durationOf, hasEnded, type Run } from '../core/run';
import type { LifeEvent, RunLife } from '../core/run-life';
import {
  isResumable,
  type Trouble,
  troubleOfLostRun,
  troubleOfNetwork,
  troubleOfRun,
  troubleOfSignedOut,
} from '../core/trouble';
import { SignedOut } from './runs';
import type { createTransfers } from './transfers';
import type { createRunWatch } from './watch-runs';

const mostStarts = 4;
const firstStartWaitMs = 500;

/** What happens to a run whatever it asks for; its end is told by whoever reads its answer. */
export type CarryEvent = Exclude<LifeEvent, { type: 'end' }>;

/** What the reading of an answer reports: what it tells, `end` included, and how the connection is. */
export type ReadEvent<Told> =
  | Told
  | Extract<LifeEvent, { type: 'trouble' }>
  | { type: 'connection'; isLost: boolean };

/** What carrying a run needs of the world; `Told` is what an answer of its kind tells as it is read. */
export interface CarryWorld<Life extends RunLife, Told> {
  /** @throws where the connection failed, which says nothing of what became of the request */
  startRun(run: Life): Promise<{ run: Run } | { trouble: Trouble }>;
  transfers: ReturnType<typeof createTransfers>;
  watch: ReturnType<typeof createRunWatch>['watch'];
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
  newKey(): string;
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
export async function carryRun<Life extends RunLife, Told extends { type: string }>({
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
      if (left > 0) {
        await world.pause(Math.min(1000, left), signal);
        continue;
      }
      apply({ type: 'try-again' });
      await keep();
      continue;
    }
    const isStarted = entry.state === 'waiting' || entry.state === 'answering';
    const ending = (isStarted ? undefined : await start(entry)) ?? (await follow(entry.key));
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

  /** Starts the run, or finds it started; gives its end if it cannot be. */
  async function start(entry: Life): Promise<Ending<Told> | undefined> {
    const leave = await world.transfers.enter(signal);
    try {
      apply({ type: 'uploading' });
      for (let attempt = 1; ; attempt++) {
        const trouble = await attemptStart(entry);
        if (!trouble) return undefined;
        // Where the way to the server failed, the same key finds out what became of the request. A
        // server that is stopping takes longer than this to be back.
        const isPassing = isResumable(trouble) && trouble.kind !== 'server_stopping';
        if (!isPassing || attempt === mostStarts) return failed(trouble);
        await world.pause(firstStartWaitMs * 2 ** (attempt - 1), signal);
      }
    } finally {
      leave();
    }
  }

  async function attemptStart(entry: Life): Promise<Trouble | undefined> {
    try {
      const started = await world.startRun(entry);
      if ('trouble' in started) return started.trouble;
      const { run } = started;
      apply({ type: 'reported', run, clockOffset: run.createdAt - world.now() });
    } catch (error) {
      signal.throwIfAborted();
      return networkTrouble(error);
    }
    await keep();
    return undefined;
  }

  /** Follows a started run to its end. */
  async function follow(key: string): Promise<Ending<Told>> {
    const run = await watch(key);
    if (run === 'signed out') return failed(troubleOfSignedOut());
    if (!run) return failed(troubleOfLostRun());
    if (run.state === 'cancelled') return { type: 'cancel', now: world.now() };
    if (run.status === null) return failed(troubleOfRun(run), run);
    const leave = await world.transfers.enter(signal);
    let ending: Ending<Told> | undefined;
    try {
      await world.followAnswer({
        id: key,
        signal,
        report(event) {
          if (isConnection(event)) return world.onConnection(event.isLost);
          if (isEnding(event)) {
            ending = event;
            // The connection is free; what still goes on is the keeping of pictures.
            leave();
          }
          if (!isTrouble(event) || !isDecidedAbove(event.trouble)) apply(event);
        },
      });
    } catch (error) {
      // What reads it could not be loaded; the answer is where it was.
      ending ??= failed(networkTrouble(error));
    } finally {
      leave();
    }
    signal.throwIfAborted();
    return ending ?? failed(troubleOfLostRun());
  }

  async function watch(id: string): Promise<Run | undefined | 'signed out'> {
    try {
      return await world.watch({
        id,
        signal,
        isEnough: (seen) => seen.status !== null || hasEnded(seen),
        onReport: (seen, clockOffset) => apply({ type: 'reported', run: seen, clockOffset }),
      });
    } catch (error) {
      if (error instanceof SignedOut) return 'signed out';
      throw error;
    }
  }

  function planPause(entry: Life, met: Trouble): Pause | undefined {
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
    const key = isStopping ? entry.key : world.newKey();
    return { type: 'pause', trouble, nextTry: { key, at: now + delay.waitMs } };
  }
}

type Pause = Extract<LifeEvent, { type: 'pause' }>;
type Failure = Extract<LifeEvent, { type: 'trouble' }>;
type Ending<Told> = Failure | Extract<LifeEvent, { type: 'cancel' }> | (Told & { type: 'end' });

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

function failed(trouble: Trouble, run?: Run): Failure {
  return { type: 'trouble', trouble, durationMs: run ? durationOf(run) : null };
}

// It is no end: there is another try, or it goes on once somebody has signed in.
function isDecidedAbove(trouble: Trouble): boolean {
  return isRateLimit(trouble) || trouble.kind === 'signed_out';
}

function isRateLimit({ kind, status }: Trouble): boolean {
  return kind === 'rate_limit' && status === 429;
}

function networkTrouble(error: unknown): Trouble {
  return troubleOfNetwork(error instanceof Error ? error.message : '');
}
