import { type RunEntry, withoutPicture, withPictureBack } from '../../core/runs/run-entry';
import { isInFlight, isPosted } from '../../core/runs/run-state';
import { deleteRun } from '../api/api';
import { isTabVisible } from '../browser/is-in-front';
import { hearTabs, tellTabs } from '../browser/tabs';
import { history, storageProblem } from '../storage/history';
import { reportStorageProblem } from '../storage/storage-status';
import { carry, giveWay, isCarried, keepRun } from './image-runs';
import { changeRun, dropRun, findRun, putRuns, runsStore } from './runs-store';

// What is kept in this browser, brought onto the stage and taken off it.

/** How long what was removed can come back, at least. */
const undoMs = 60 * 60 * 1000;
const shownAtFirst = 8;
const mostPrompts = 200;

/** Takes a run out of view; until the next one goes it can be brought back by a click. */
export async function removeRun(id: string): Promise<void> {
  forgetRemoved();
  runsStore.setState({ removedId: id });
  await history.removeRun(id, Date.now()).catch(() => {});
  tellTabs({ type: 'removed', id });
}

/** Takes a run out of view for good: another one does the same anew. */
export async function replaceRun(id: string): Promise<void> {
  dropRun(id);
  await history.removeRun(id, Date.now()).catch(() => {});
  tellTabs({ type: 'removed', id });
}

/** Brings the removed run back. */
export async function restoreRun(): Promise<void> {
  const { removedId } = runsStore.getState();
  runsStore.setState({ removedId: null });
  if (!removedId) return;
  await history.restoreRun(removedId).catch(() => {});
  tellTabs({ type: 'restored', id: removedId });
}

/** Takes a picture off its run's card. */
export function removePicture(id: string, index: number): void {
  changeRun(id, (run) => withoutPicture(run, index, Date.now()));
  void keepRun(id);
}

/** Puts a picture back. */
export function restorePicture(id: string, index: number): void {
  changeRun(id, (run) => withPictureBack(run, index));
  void keepRun(id);
}

/** Puts a kept run on the stage. False if it is not there any more. */
export async function openRun(id: string): Promise<boolean> {
  const run = findRun(id) ?? (await history.loadRun(id).catch(() => undefined));
  if (!run) return false;
  if (!findRun(id)) putRuns([run]);
  runsStore.setState({ openedId: id });
  return true;
}

/** The prompts of what is kept, newest first, each once. */
export function earlierPrompts(): Promise<readonly string[]> {
  return history.prompts(mostPrompts).catch(() => []);
}

/** Finds what is kept, shows the newest of it, and goes on with what is under way. */
export async function resumeRuns(): Promise<void> {
  try {
    const gone = await history.purge(Date.now() - undoMs);
    for (const key of gone) void deleteRun(key).catch(() => {});
    for (const endpoint of ['generations', 'edits'] as const) {
      const ids = await history.runIds(endpoint);
      const newest = await Promise.all(ids.slice(0, shownAtFirst).map(history.loadRun));
      runsStore.setState(({ keptIds }) => ({
        keptIds: { ...keptIds, [endpoint]: [...new Set([...keptIds[endpoint], ...ids])] },
      }));
      // What is carried already is further than what is kept of it.
      putRuns(newest.flatMap((run) => (run && !isCarried(run.id) ? [run] : [])));
    }
    await takeUpRuns();
  } catch (error) {
    reportStorageProblem(storageProblem(error));
  }
  runsStore.setState({ isReady: true });
}

/** Goes on with every run that is under way, whichever tab has started it. */
export async function takeUpRuns(): Promise<void> {
  const underWay = (await history.runsUnderWay()).filter(({ id }) => !isCarried(id));
  putRuns(underWay);
  for (const { id } of underWay) carry(id);
}

/** Follows what other tabs do with the runs that all tabs share. Returns how to stop. */
export function followTabs(): () => void {
  return hearTabs(async ({ type, id }) => {
    if (type === 'removed') return dropRun(id);
    if (type !== 'kept' && type !== 'restored') return;
    const run = await history.loadRun(id).catch(() => undefined);
    if (run) hearRun(run);
  });
}

function hearRun(run: RunEntry): void {
  if (isCarried(run.id)) {
    // What this tab carries itself, it knows better, but for a click on Stop.
    if (run.state === 'cancelled') giveWay(run);
    return;
  }
  const isNew = !runsStore.getState().keptIds[run.endpoint].includes(run.id);
  if (isNew || isInFlight(run) || findRun(run.id)) putRuns([run]);
  // The tab that has started it may be closed at any moment. Until then it sends it.
  if (isPosted(run) && isTabVisible()) carry(run.id);
}

function forgetRemoved(): void {
  const { removedId } = runsStore.getState();
  if (removedId) dropRun(removedId);
}
