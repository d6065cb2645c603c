import type { Run } from '../../core/runs/run';
import type { TicketView } from '../../core/sharing/sharing';
import { type FetchedRuns, fetchRun, fetchRuns, SignedOut, StoreUnavailable } from '../api/api';
import { isTabVisible } from '../browser/tabs';
import type { LostConnection } from './runs-store';

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

/** How a start that waits for its turn stands. */
export interface TurnReport {
  /** The run, if the server has it: another tab may have started it. */
  run: Run | undefined;
  /** Its place in line; undefined: it has none. */
  ticket: TicketView | undefined;
  /** Its turn has come, and nothing holds its model. */
  mayStart: boolean;
  clockOffset: number;
}

interface TurnWatch {
  key: string;
  signal: AbortSignal;
  isEnough: (report: TurnReport) => boolean;
}

interface List extends FetchedRuns {
  clockOffset: number;
}

interface Watcher {
  /** It needs no answer; it takes what comes. */
  isIdle?: boolean;
  /** Nothing was reported to it yet. */
  isNew: boolean;
  /** Whether a list has something to report to it. */
  concerns(changed: ReadonlySet<string>): boolean;
  /** Takes a list in. @returns whether more may follow at once */
  see(list: List): Promise<boolean> | boolean;
  settle(outcome: Promise<never>): void;
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
  onList = () => {},
}: {
  server?: { fetchRuns: typeof fetchRuns; fetchRun: typeof fetchRun };
  isVisible?: () => boolean;
  now?: () => number;
  /** Called whenever the server or its database stops answering, and when it answers again. */
  onConnection: (lost: LostConnection) => void;
  /** Called with each list. */
  onList?: (list: FetchedRuns) => void;
}) {
  const watchers = new Set<Watcher>();
  /** The runs of the last whole list, with the changes since. */
  const known = new Map<string, Run>();
  let cursor: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let request: { aborter: AbortController; isHeld: boolean } | undefined;
  let isInterrupted = false;
  /** The next answer is wanted at once, whether anything has changed or not. */
  let isWoken = false;
  let failures = 0;
  let lost: LostConnection = false;

  const schedule = (milliseconds: number) => {
    clearTimeout(timer);
    timer = watchers.size > 0 ? setTimeout(look, milliseconds) : undefined;
  };
  const interrupt = () => {
    isInterrupted = true;
    request?.aborter.abort();
  };
  const tellLost = (next: LostConnection) => {
    if (next !== lost) onConnection(next);
    lost = next;
  };
  const isNeeded = () => [...watchers].some(({ isIdle }) => !isIdle);

  async function look(): Promise<void> {
    timer = undefined;
    isInterrupted = false;
    const asking = [...watchers];
    const begunAt = now();
    const isAwaited = isWoken || asking.some(({ isNew }) => isNew);
    const isHeld = cursor !== null && isVisible() && !isAwaited;
    isWoken = false;
    const aborter = new AbortController();
    request = { aborter, isHeld };
    const longestMs = isHeld ? longestHeldAnswerMs : longestAnswerMs;
    const tooLong = setTimeout(() => aborter.abort(), longestMs);
    try {
      const { signal } = aborter;
      const fetched = await server.fetchRuns({
        since: cursor,
        holdSeconds: isHeld ? holdSeconds : 0,
        signal,
      });
      const list = { ...fetched, clockOffset: fetched.serverTime - now() };
      onList(fetched);
      if (list.isWhole) known.clear();
      for (const run of list.runs) known.set(run.id, run);
      const changed = new Set(list.runs.map(({ id }) => id));
      let isReported = false;
      for (const watcher of asking) {
        if (!list.isWhole && !watcher.isNew && !watcher.concerns(changed)) continue;
        const isTold = await watcher.see(list);
        watcher.isNew = false;
        isReported ||= isTold;
      }
      // Not before: what could not be told to everybody is asked for again.
      cursor = list.cursor;
      failures = 0;
      tellLost(false);
      const isUseless = isHeld && changed.size === 0;
      const isLong = cursor !== null && isVisible() && !isUseless;
      // What changes next may be the answer.
      const gapMs = !isLong ? shortPollMs : isReported ? 0 : leastGapMs;
      const isAsked = isWoken || [...watchers].some(({ isNew }) => isNew);
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
      if (failures > 1 && isNeeded()) {
        tellLost(error instanceof StoreUnavailable ? 'database' : 'server');
      }
      schedule(Math.min(longestBackoffMs, shortPollMs * 2 ** (failures - 1)));
    } finally {
      clearTimeout(tooLong);
      request = undefined;
    }
  }

  /** Asks the server for something, until that is told or nobody waits for it. */
  function add<T>(
    signal: AbortSignal,
    watcherOf: (settle: (outcome: T | Promise<never>) => void) => Omit<Watcher, 'isNew' | 'settle'>,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const abort = () => settle(Promise.reject(signal.reason));
      const settle = (outcome: T | Promise<never>) => {
        signal.removeEventListener('abort', abort);
        watchers.delete(watcher);
        resolve(outcome);
        // Nobody waits for an answer any more.
        if (!isNeeded()) tellLost(false);
        if (watchers.size > 0) return;
        failures = 0;
        interrupt();
        schedule(0);
      };
      const watcher: Watcher = { ...watcherOf(settle), isNew: true, settle };
      signal.addEventListener('abort', abort);
      watchers.add(watcher);
      if (request?.isHeld) interrupt();
      else if (!request && failures === 0) schedule(0);
    });
  }

  return {
    /**
     * Reports how a run stands, at once and whenever it changes, until `isEnough`.
     * @returns the run as it was then; undefined if the server does not know it
     * @throws the signal's reason, or SignedOut
     */
    watch({ id, signal, isEnough, onReport }: Watch): Promise<Run | undefined> {
      return add<Run | undefined>(signal, (settle) => ({
        concerns: (changed) => changed.has(id),
        async see({ clockOffset }) {
          // A run that ended more than an hour ago is not on the list, but may still be there.
          const run = known.get(id) ?? (await server.fetchRun(id));
          if (signal.aborted) return false;
          if (run) onReport(run, clockOffset);
          if (!run || isEnough(run)) settle(run);
          return true;
        },
      }));
    },
    /**
     * Reports how a start stands that waits for its turn, at once and with each list, until `isEnough`. Its place in
     * line is kept for as long as that goes on.
     * @returns the last report
     * @throws the signal's reason, or SignedOut
     */
    watchTurn({ key, signal, isEnough }: TurnWatch): Promise<TurnReport> {
      return add<TurnReport>(signal, (settle) => ({
        concerns: () => true,
        see({ queue, serverTime, clockOffset }) {
          const ticket = queue?.tickets.find((one) => one.key === key);
          const line = queue?.models.find(({ model }) => model === ticket?.model);
          const isHeldUp = (line?.blockedUntil ?? 0) > serverTime;
          const mayStart = ticket !== undefined && ticket.heldUntil !== null && !isHeldUp;
          const report = { run: known.get(key), ticket, mayStart, clockOffset };
          if (isEnough(report)) settle(report);
          return false;
        },
      }));
    },
    /**
     * Fetches lists for as long as the signal lets it, for what they tell beside the runs.
     * @throws the signal's reason, or SignedOut
     */
    observe(signal: AbortSignal): Promise<never> {
      return add<never>(signal, () => ({
        isIdle: true,
        concerns: () => false,
        see: () => false,
      }));
    },
    /** Asks at once: the network is back, or the tab was shown or hidden. */
    wake() {
      isWoken = true;
      // What is being asked may hang on a connection that did not outlive the sleep.
      if (request) interrupt();
      else if (timer !== undefined) schedule(0);
    },
  };
}
