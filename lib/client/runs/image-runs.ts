import { type RunEntry, type RunEvent, reduceEntry, reopened } from '../../core/runs/run-entry';
import { kindOfRun } from '../../core/runs/run-estimate';
import { openAnswer } from '../answers/open-answer';
import { tellTabs } from '../browser/tabs';
import { history, storageProblem } from '../storage/history';
import { reportStorageProblem } from '../storage/storage-status';
import { encodeRun } from './encode-run';
import { createCarrier } from './run-carrier';
import { changeRun, findRun, putRuns } from './runs-store';
import { startOrFind } from './start-or-find';

// The runs of the image endpoints that are under way in this tab, whichever page started them.

const carrier = createCarrier<RunEntry, RunEvent>({
  find: findRun,
  load: history.loadRun,
  put: (run) => putRuns([run]),
  apply,
  keep: keepRun,
  async startRun(run, signal) {
    const encoded = await encodeRun(run);
    return 'trouble' in encoded ? encoded : startOrFind({ ...run, ...encoded }, signal);
  },
  followAnswer: ({ id, ...reading }) => openAnswer('images', id, reading),
});

/** Whether this tab carries a run, and so knows it best. */
export const isCarried = carrier.isCarried;

/** Carries a run on the stage to its end, from wherever it stands. */
export const carry = carrier.carry;

/** Carries a run no further that another tab has stopped. */
export const giveWay = carrier.giveWay;

/** Stops a run, at once here and as soon as can be at the gateway. */
export const stopRun = carrier.stop;

function apply(id: string, event: RunEvent): void {
  const before = findRun(id);
  changeRun(id, (run) => reduceEntry(run, event));
  const run = findRun(id);
  // An end is told twice: when it is seen, and when everything is kept.
  if (event.type !== 'end' || run === before || run?.durationMs == null) return;
  void history.addDuration(kindOfRun(run), run.durationMs).catch(() => {});
}

/** Writes a run on the stage into the browser's storage, as it is now. */
export async function keepRun(id: string): Promise<void> {
  const run = findRun(id);
  if (!run) return;
  try {
    await history.saveRun(run);
    tellTabs({ type: 'kept', id });
  } catch (error) {
    reportStorageProblem(storageProblem(error));
  }
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
