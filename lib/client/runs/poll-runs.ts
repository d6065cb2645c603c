import type { Run, RunList } from '../../core/runs/run';
import { SignedOut } from '../api/api';

const everyMs = 1000;
const longestWaitMs = 8000;
/** A list is answered at once; a connection that is dead without a word is not waited for. */
const longestLookMs = 20_000;

interface Watcher {
  id: string;
  tell: (run: Run | undefined, clockOffset: number) => void;
  fail: (reason: unknown) => void;
}

/**
 * Watches runs at the server by asking for the list once a second, and only while somebody waits
 * for one of them: a connection per run would use up the six that a browser gives to one server.
 */
export function createRunPoll({
  server,
  now = Date.now,
  onConnection,
}: {
  server: {
    listRuns: (signal: AbortSignal) => Promise<RunList>;
    getRun: (id: string) => Promise<Run | undefined>;
  };
  now?: () => number;
  /** Told whenever the server stops answering, and when it does again. */
  onConnection: (isLost: boolean) => void;
}) {
  const watchers = new Set<Watcher>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let looking: AbortController | undefined;
  let isWoken = false;

  const schedule = (milliseconds: number) => {
    clearTimeout(timer);
    timer = watchers.size > 0 ? setTimeout(look, milliseconds) : undefined;
  };

  /** A server that nobody waits for is not away. */
  const leave = (watcher: Watcher) => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
    answered();
  };

  const answered = () => {
    if (failures > 1) onConnection(false);
    failures = 0;
  };

  const look = async () => {
    const asked = [...watchers];
    const ours = new AbortController();
    looking = ours;
    const tooLong = setTimeout(() => ours.abort(), longestLookMs);
    try {
      const { runs, serverTime } = await server.listRuns(ours.signal);
      const known = new Map(runs.map((run) => [run.id, run]));
      const clockOffset = serverTime - now();
      for (const { id, tell } of asked) {
        // One that ended more than an hour ago is not on the list, but may still be there.
        tell(known.get(id) ?? (await server.getRun(id)), clockOffset);
      }
      answered();
      schedule(everyMs);
    } catch (error) {
      if (error instanceof SignedOut) for (const watcher of [...watchers]) watcher.fail(error);
      if (watchers.size === 0) return;
      if (isWoken) return schedule(0);
      failures++;
      if (failures === 2) onConnection(true);
      schedule(Math.min(longestWaitMs, everyMs * 2 ** (failures - 1)));
    } finally {
      clearTimeout(tooLong);
      looking = undefined;
      isWoken = false;
    }
  };

  return {
    /**
     * Tells how a run stands, again and again, until `isEnough`.
     * @returns the run as it was then; undefined if the server does not know it
     * @throws the signal's reason, or SignedOut: then nobody is told anything until it is asked again
     */
    watch({
      id,
      signal,
      isEnough,
      onReport,
    }: {
      id: string;
      signal: AbortSignal;
      isEnough: (run: Run) => boolean;
      onReport: (run: Run, clockOffset: number) => void;
    }): Promise<Run | undefined> {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const watcher: Watcher = {
          id,
          tell(run, clockOffset) {
            if (!watchers.has(watcher)) return;
            if (run) onReport(run, clockOffset);
            if (run && !isEnough(run)) return;
            leave(watcher);
            signal.removeEventListener('abort', stop);
            resolve(run);
          },
          fail(reason) {
            leave(watcher);
            signal.removeEventListener('abort', stop);
            reject(reason);
          },
        };
        const stop = () => watcher.fail(signal.reason);
        signal.addEventListener('abort', stop, { once: true });
        watchers.add(watcher);
        if (timer === undefined && !looking) schedule(0);
      });
    },
    /** Looks at once: the network is back, or the page is in front again. */
    wake() {
      // What is being asked may hang on a connection that did not outlive the sleep.
      isWoken = looking !== undefined;
      if (looking) looking.abort();
      else if (timer !== undefined) schedule(0);
    },
  };
}
