import type { Run } from '../../core/runs/run';
import { fetchRun, fetchRuns, SignedOut } from '../api/api';
import { isTabVisible } from '../browser/tabs';

/** How long the server may hold the answer until something changes. */
const holdSeconds = 25;
/** Longer than any answer takes, so the connection has died unnoticed. */
const longestAnswerMs = 20_000;
const longestHeldAnswerMs = holdSeconds * 1000 + 10_000;
/** From one request to the next where the server holds none. */
const shortPollMs = 1000;
/** The same after changes that nobody waits for: each run that is being answered has one a second. */
const leastGapMs = 50;
const longestBackoffMs = 8000;

interface Watch {
  id: string;
  signal: AbortSignal;
  isEnough: (run: Run) => boolean;
  onReport: (run: Run, clockOffset: number) => void;
}

interface Watcher extends Watch {
  /** Nothing was reported to it yet. */
  isNew: boolean;
  settle(outcome: Run | undefined | Promise<never>): void;
}

/**
 * Watches runs at the server, all of them by one list and only while somebody waits for one: a
 * connection per run would use up the six that a browser opens to one server. A visible tab polls
 * long: the server answers at the first change after a cursor. A hidden tab, of which there may be
 * many, keeps no connection open and asks once a second.
 */
export function createRunPoll({
  server = { fetchRuns, fetchRun },
  isVisible = isTabVisible,
  now = Date.now,
  onConnection,
}: {
  server?: { fetchRuns: typeof fetchRuns; fetchRun: typeof fetchRun };
  isVisible?: () => boolean;
  now?: () => number;
  /** Called whenever the server stops answering, and when it answers again. */
  onConnection: (isLost: boolean) => void;
}) {
  const watchers = new Set<Watcher>();
  /** The runs of the last whole list, with the changes since. */
  const known = new Map<string, Run>();
  let cursor: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let request: { aborter: AbortController; isHeld: boolean } | undefined;
  let isInterrupted = false;
  let failures = 0;

  const schedule = (milliseconds: number) => {
    clearTimeout(timer);
    timer = watchers.size > 0 ? setTimeout(look, milliseconds) : undefined;
  };
  const interrupt = () => {
    isInterrupted = true;
    request?.aborter.abort();
  };
  const noteAnswer = () => {
    if (failures > 1) onConnection(false);
    failures = 0;
  };

  async function look(): Promise<void> {
    timer = undefined;
    isInterrupted = false;
    const asking = [...watchers];
    const begunAt = now();
    const isHeld = cursor !== null && isVisible() && !asking.some(({ isNew }) => isNew);
    const aborter = new AbortController();
    request = { aborter, isHeld };
    const longestMs = isHeld ? longestHeldAnswerMs : longestAnswerMs;
    const tooLong = setTimeout(() => aborter.abort(), longestMs);
    try {
      const { signal } = aborter;
      const list = await server.fetchRuns({
        since: cursor,
        holdSeconds: isHeld ? holdSeconds : 0,
        signal,
      });
      const clockOffset = list.serverTime - now();
      cursor = list.cursor;
      if (list.isWhole) known.clear();
      for (const run of list.runs) known.set(run.id, run);
      const changed = new Set(list.runs.map(({ id }) => id));
      let isReported = false;
      for (const watcher of asking) {
        if (!list.isWhole && !watcher.isNew && !changed.has(watcher.id)) continue;
        // A run that ended more than an hour ago is not on the list, but may still be there.
        const run = known.get(watcher.id) ?? (await server.fetchRun(watcher.id));
        if (!watchers.has(watcher)) continue;
        watcher.isNew = false;
        isReported = true;
        if (run) watcher.onReport(run, clockOffset);
        if (!run || watcher.isEnough(run)) watcher.settle(run);
      }
      noteAnswer();
      const isUseless = isHeld && changed.size === 0;
      const isLong = cursor !== null && isVisible() && !isUseless;
      // What changes next may be the answer.
      const gapMs = !isLong ? shortPollMs : isReported ? 0 : leastGapMs;
      const isAsked = [...watchers].some(({ isNew }) => isNew);
      // A clock that is put back must not make this longer.
      schedule(isAsked ? 0 : Math.min(gapMs, Math.max(0, begunAt + gapMs - now())));
    } catch (error) {
      if (error instanceof SignedOut) {
        for (const watcher of [...watchers]) watcher.settle(Promise.reject(error));
      }
      if (watchers.size === 0) return;
      if (isInterrupted) return schedule(0);
      cursor = null;
      failures++;
      if (failures === 2) onConnection(true);
      schedule(Math.min(longestBackoffMs, shortPollMs * 2 ** (failures - 1)));
    } finally {
      clearTimeout(tooLong);
      request = undefined;
    }
  }

  return {
    /**
     * Reports how a run stands, at once and whenever it changes, until `isEnough`.
     * @returns the run as it was then; undefined if the server does not know it
     * @throws the signal's reason, or SignedOut
     */
    watch(watch: Watch): Promise<Run | undefined> {
      const { signal } = watch;
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const abort = () => watcher.settle(Promise.reject(signal.reason));
        const watcher: Watcher = {
          ...watch,
          isNew: true,
          settle(outcome) {
            signal.removeEventListener('abort', abort);
            watchers.delete(watcher);
            resolve(outcome);
            if (watchers.size > 0) return;
            // Nobody waits for an answer any more.
            interrupt();
            schedule(0);
            noteAnswer();
          },
        };
        signal.addEventListener('abort', abort);
        watchers.add(watcher);
        if (request?.isHeld) interrupt();
        else if (!request && failures === 0) schedule(0);
      });
    },
    /** Asks at once: the network is back, or the tab was shown or hidden. */
    wake() {
      // What is being asked may hang on a connection that did not outlive the sleep.
      if (request) interrupt();
      else if (timer !== undefined) schedule(0);
    },
  };
}
