import { isUnderWay, type RunEntry, type RunEvent, reduceEntry, reopened } from '../core/run-entry';
import { kindOfRun } from '../core/run-estimate';
import { type CarryWorld, carryRun } from './carry-run';
import { followAnswer } from './follow-answer';
import { history, keepingProblem } from './history/history';
import { pause } from './pause';
import { randomId } from './random-id';
import { deleteRun, getRun, listRuns, startRun } from './runs';
import { reportKeeping } from './stores/keeping';
import { changeRun, findRun, putRuns, runsStore } from './stores/runs';
import { tellTabs } from './tabs';
import { createTransfers } from './transfers';
import { createRunWatch } from './watch-runs';

// The runs that are under way in this tab, whichever page started them.

const onConnection = (isConnectionLost: boolean) => runsStore.setState({ isConnectionLost });
const runWatch = createRunWatch({ server: { listRuns, getRun }, onConnection });

const world: CarryWorld = {
  server: { startRun },
  transfers: createTransfers(),
  watch: runWatch.watch,
  followAnswer,
  onConnection,
  pause,
  now: Date.now,
  random: Math.random,
  newKey: randomId,
};

const carried = new Map<string, { stopping: AbortController; ended: Promise<void> }>();

/** Whether this tab carries a run, and so knows it best. */
export function isCarried(id: string): boolean {
  return carried.has(id);
}

/** Carries a run on the stage to its end, from wherever it stands. */
export function carry(id: string): void {
  if (carried.has(id)) return;
  const stopping = new AbortController();
  const carrying = carryRun({
    current: () => currentRun(id),
    apply: (event) => apply(id, event),
    keep: () => keepRun(id),
    signal: stopping.signal,
    world,
  });
  const ended = carrying
    .catch((error) => {
      if (!stopping.signal.aborted) throw error;
    })
    .finally(() => {
      carried.delete(id);
      // With nothing under way there is no connection to be lost.
      if (carried.size === 0) onConnection(false);
    });
  carried.set(id, { stopping, ended });
}

// The run as it is on the stage, or as another tab has left it where that got further.
async function currentRun(id: string): Promise<RunEntry | undefined> {
  const here = findRun(id);
  const kept = await history.loadRun(id).catch(() => undefined);
  if (here && kept && (kept.tries > here.tries || !isUnderWay(kept))) putRuns([kept]);
  const run = findRun(id);
  return run && isUnderWay(run) ? run : undefined;
}

function apply(id: string, event: RunEvent): void {
  const before = findRun(id);
  changeRun(id, (run) => reduceEntry(run, event));
  const run = findRun(id);
  // An end is told twice: when it is seen, and when everything is kept.
  if (event.type !== 'end' || run === before || run?.durationMs == null) return;
  void history.addDuration(kindOfRun(run.request), run.durationMs).catch(() => {});
}

/** Writes a run on the stage into the browser's storage, as it is now. */
export async function keepRun(id: string): Promise<void> {
  const run = findRun(id);
  if (!run) return;
  try {
    await history.saveRun(run);
    tellTabs({ type: 'kept', id });
  } catch (error) {
    reportKeeping(keepingProblem(error));
  }
}

/** Stops a run, at once here and as soon as can be at the gateway. */
export async function stopRun(id: string): Promise<void> {
  const run = findRun(id);
  if (!run || !isUnderWay(run)) return;
  const carrying = carried.get(id);
  carrying?.stopping.abort();
  apply(id, { type: 'cancel', now: Date.now() });
  await Promise.all([carrying?.ended, keepRun(id)]);
  // After its start has come to an end, so that it cannot be started behind this one's back.
  await deleteRun(run.key).catch(() => {});
}

/** Tries a run whose countdown is running again now. */
export function tryNow(id: string): void {
  changeRun(id, (run) => ({ ...run, nextTry: run.nextTry && { ...run.nextTry, at: 0 } }));
}

/** Starts a run that could not be started once more, under the same key. */
export function reopenRun(id: string): void {
  changeRun(id, reopened);
  void keepRun(id).then(() => carry(id));
}

/** Asks the server at once: the network is back, or the page is in front again. */
export function wakeRuns(): void {
  runWatch.wake();
}
