import { isInFlight, type LocalRun } from '../../core/runs/run-state';
import { fetchRun, fetchRuns } from '../api/api';
import { untilSignedIn } from '../api/session';
import { pause } from '../browser/timers';
import { cancelRun } from './cancel-run';
import { createConnectionLimit } from './connection-limit';
import { createRunPoll } from './poll-runs';
import { type CarryEvent, type CarryWorld, carryRun } from './run-engine';
import { runsStore } from './runs-store';

// What all that is under way in this tab shares, whichever page started it: the connections, the
// watch over the server's list, the notice that the server does not answer.
const onConnection = (isConnectionLost: boolean) => runsStore.setState({ isConnectionLost });
const runWatch = createRunPoll({ server: { listRuns: fetchRuns, getRun: fetchRun }, onConnection });
const shared = {
  transfers: createConnectionLimit(),
  watch: runWatch.watch,
  onConnection,
  signIn: untilSignedIn,
  pause,
  now: Date.now,
  random: Math.random,
};
let carriedByAll = 0;

/** How one kind of run is found, changed, kept and read. */
export interface Carried<Life extends LocalRun, Told extends { type: string }> {
  /** The run as it is in this tab. */
  find(id: string): Life | undefined;
  /** The run as another tab may have left it; undefined if it is not kept. */
  load(id: string): Promise<Life | undefined>;
  /** Puts a run as it was loaded in the place of the one in this tab. */
  put(run: Life): void;
  apply(id: string, event: CarryEvent | Told): void;
  keep(id: string): Promise<void>;
  startRun: CarryWorld<Life, Told>['startRun'];
  followAnswer: CarryWorld<Life, Told>['followAnswer'];
}

/** Carries the runs of one kind: from wherever each stands to its end, each once in a tab. */
export function createCarrier<Life extends LocalRun, Told extends { type: string }>(
  kind: Carried<Life, Told>,
) {
  const carried = new Map<string, { stopping: AbortController; ended: Promise<void> }>();
  const { startRun, followAnswer } = kind;
  const world: CarryWorld<Life, Told> = { ...shared, startRun, followAnswer };

  /** The run as it is here, or as another tab has left it where that got further. */
  async function current(id: string): Promise<Life | undefined> {
    const here = kind.find(id);
    const kept = await kind.load(id).catch(() => undefined);
    if (here && kept && (kept.tries > here.tries || !isInFlight(kept))) kind.put(kept);
    const run = kind.find(id);
    return run && isInFlight(run) ? run : undefined;
  }

  return {
    /** Whether this tab carries a run, and so knows it best. */
    isCarried: (id: string) => carried.has(id),
    /** Carries a run to its end. */
    carry(id: string): void {
      if (carried.has(id)) return;
      const stopping = new AbortController();
      const carrying = carryRun({
        current: () => current(id),
        apply: (event) => kind.apply(id, event),
        keep: () => kind.keep(id),
        signal: stopping.signal,
        world,
      });
      carriedByAll++;
      const ended = carrying
        .catch((error) => {
          if (!stopping.signal.aborted) throw error;
        })
        .finally(() => {
          carried.delete(id);
          carriedByAll--;
          // With nothing under way there is no connection to be lost.
          if (carriedByAll === 0) onConnection(false);
        });
      carried.set(id, { stopping, ended });
    },
    /** Stops a run, at once here and as soon as can be at the gateway. */
    async stop(id: string): Promise<void> {
      const run = kind.find(id);
      if (!run || !isInFlight(run)) return;
      const carrying = carried.get(id);
      carrying?.stopping.abort();
      kind.apply(id, { type: 'cancel', now: Date.now() });
      void kind.keep(id);
      await cancelRun({ key: run.key, wasSent: run.state === 'uploading' });
    },
    /** Carries a run no further that another tab has stopped. */
    giveWay(run: Life): void {
      carried.get(run.id)?.stopping.abort();
      kind.put(run);
    },
  };
}

/** Asks the server at once: the network is back, or the page is in front again. */
export function wakeRuns(): void {
  runWatch.wake();
}
