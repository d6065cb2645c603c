import { retryDelay } from '../core/retry-delay';
import { durationOf, hasEnded, type Run } from '../core/run';
import type { RunEntry, RunEvent } from '../core/run-entry';
import { type Trouble, troubleOfLostRun, troubleOfNetwork, troubleOfRun } from '../core/trouble';
import type { FollowEvent } from './answer-events';
import type { createTransfers } from './transfers';
import type { createRunWatch } from './watch-runs';

const mostStarts = 4;
const firstStartWaitMs = 500;

/** What carrying a run needs of the world. */
export interface CarryWorld {
  server: {
    startRun(run: {
      key: string;
      endpoint: RunEntry['endpoint'];
      request: RunEntry['request'];
    }): Promise<{ run: Run } | { trouble: Trouble }>;
  };
  transfers: ReturnType<typeof createTransfers>;
  watch: ReturnType<typeof createRunWatch>['watch'];
  followAnswer(answer: {
    id: string;
    signal: AbortSignal;
    report: (event: FollowEvent) => void;
  }): Promise<void>;
  /** Told when an answer cannot be read on, and when it can again. */
  onConnection(isLost: boolean): void;
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  now(): number;
  random(): number;
  newKey(): string;
}

/**
 * Carries a run from wherever it stands to its end: starts it at the server, waits for its answer,
 * reads it, and after a 429 tries again. Whatever is repeated here repeats a key, so it is sent
 * upstream once.
 * @param current the run as it is now; undefined: it has ended, here or in another tab
 * @param apply writes an event into the run, to be seen at once
 * @param keep writes the run as it is now into the browser's storage
 * @throws the signal's reason, when it was stopped
 */
export async function carryRun({
  current,
  apply,
  keep,
  signal,
  world,
}: {
  current: () => Promise<RunEntry | undefined>;
  apply: (event: RunEvent) => void;
  keep: () => Promise<void>;
  signal: AbortSignal;
  world: CarryWorld;
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
    const nextTry = ending.type === 'trouble' ? planNextTry(entry, ending.trouble) : undefined;
    if (ending.type !== 'trouble' || !nextTry) {
      apply(ending);
      return keep();
    }
    apply({ type: 'pause', trouble: ending.trouble, nextTry });
    await keep();
  }

  /** Starts the run, or finds it started; gives its end if it cannot be. */
  async function start(entry: RunEntry): Promise<Ending | undefined> {
    const leave = await world.transfers.enter(signal);
    try {
      apply({ type: 'uploading' });
      for (let attempt = 1; ; attempt++) {
        try {
          const started = await world.server.startRun(entry);
          if ('trouble' in started) return failed(started.trouble);
          const { run } = started;
          apply({ type: 'reported', run, clockOffset: run.createdAt - world.now() });
          await keep();
          return undefined;
        } catch (error) {
          signal.throwIfAborted();
          // The connection failed, which says nothing of the request: the same key finds out.
          if (attempt === mostStarts) return failed(networkTrouble(error));
          await world.pause(firstStartWaitMs * 2 ** (attempt - 1), signal);
        }
      }
    } finally {
      leave();
    }
  }

  /** Follows a started run to its end. */
  async function follow(key: string): Promise<Ending> {
    const run = await world.watch({
      id: key,
      signal,
      isEnough: (seen) => seen.status !== null || hasEnded(seen),
      onReport: (seen, clockOffset) => apply({ type: 'reported', run: seen, clockOffset }),
    });
    if (!run) return failed(troubleOfLostRun());
    if (run.state === 'cancelled') return { type: 'cancel', now: world.now() };
    if (run.status === null) return failed(troubleOfRun(run), run);
    const leave = await world.transfers.enter(signal);
    let ending: Ending | undefined;
    try {
      await world.followAnswer({
        id: key,
        signal,
        report(event) {
          if (event.type === 'end' || event.type === 'trouble') {
            ending = event;
            // The connection is free; what still goes on is the keeping of pictures.
            leave();
          }
          if (event.type === 'connection') return world.onConnection(event.isLost);
          // A 429 is decided upon where the tries are counted.
          const isTried = event.type === 'trouble' && isRateLimit(event.trouble);
          if (!isTried) apply(event);
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

  function planNextTry({ tries }: RunEntry, trouble: Trouble): RunEntry['nextTry'] | undefined {
    if (!isRateLimit(trouble)) return undefined;
    const { retryAfterSeconds } = trouble;
    const delay = retryDelay({ tries, retryAfterSeconds, random: world.random });
    if ('giveUp' in delay) return undefined;
    return { key: world.newKey(), at: world.now() + delay.waitMs };
  }
}

type Ending = Extract<RunEvent, { type: 'end' | 'trouble' | 'cancel' }>;

function failed(trouble: Trouble, run?: Run): Ending {
  return { type: 'trouble', trouble, durationMs: run ? durationOf(run) : null };
}

function isRateLimit({ kind, status }: Trouble): boolean {
  return kind === 'rate_limit' && status === 429;
}

function networkTrouble(error: unknown): Trouble {
  return troubleOfNetwork(error instanceof Error ? error.message : '');
}
