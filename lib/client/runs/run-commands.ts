import type { ImageEndpoint } from '../../core/endpoints/image-request';
import {
  type AnyRun,
  picturesOf,
  type RunEntry,
  type RunPlace,
  withoutPicture,
  withoutRemoved,
  withPictureBack,
} from '../../core/runs/run-entry';
import { isInFlight } from '../../core/runs/run-state';
import { hearTabs, tellTabs } from '../browser/tabs';
import { changeCell, findCell } from '../experiments/cells-store';
import { untilSeen } from '../gallery/tile-pictures';
import { cellHistory } from '../storage/cells';
import { readPatiently, storageProblem } from '../storage/database';
import { forgetTab } from '../storage/forget-all';
import { history } from '../storage/history';
import { reportStorageProblem } from '../storage/storage-status';
import { type RemovablePlace, trash } from '../storage/trash';
import { imageRuns, removeSavedRun } from './image-runs';
import {
  changeRun,
  dropRun,
  dropRunSet,
  findRun,
  putRunSets,
  putRuns,
  runsStore,
  showOpened,
} from './runs-store';

// Shows, removes and restores the image runs that are kept in this browser.

const endpoints = ['generations', 'edits'] as const;
const shownAtOnce = 8;
/** So many are listed at first: more than a strip has room for. */
const listedAtOnce = 60;

/** Removes a run; until the next one is removed, a click restores it. */
export async function removeRun(id: string): Promise<void> {
  forgetRemoved();
  runsStore.setState({ removedId: id });
  await removeSavedRun(id);
}

/** Restores the run that was removed last. */
export async function restoreRun(): Promise<void> {
  const { removedId } = runsStore.getState();
  runsStore.setState({ removedId: null });
  if (!removedId) return;
  await history.restoreRun(removedId).catch(() => {});
  tellTabs({ type: 'restored', id: removedId });
}

/** Takes a picture off its run's card. */
export function removePicture(id: string, index: number): void {
  const now = Date.now();
  changePicture(id, (run) => withoutPicture(run, index, now));
}

/** Puts a picture back. */
export function restorePicture(id: string, index: number): void {
  changePicture(id, (run) => withPictureBack(run, index));
}

function changePicture(id: string, change: <R extends AnyRun>(run: R) => R): void {
  if (findRun(id)) {
    changeRun(id, change);
    return void imageRuns.save(id);
  }
  changeCell(id, change);
  const cell = findCell(id);
  if (cell) void history.saveRun(cell).catch(() => {});
}

/** Shows a kept run. @returns false if it is not kept any more */
export async function openRun(id: string): Promise<boolean> {
  const run = findRun(id) ?? (await history.loadRun(id).catch(() => undefined));
  if (!run) return false;
  if (!findRun(id)) putRuns([run]);
  showOpened(run);
  return true;
}

/** The first of these kept runs that has a picture to show; undefined if none has. */
export async function firstWithPictures(ids: readonly string[]): Promise<RunEntry | undefined> {
  for (const id of ids) {
    const run = findRun(id) ?? (await history.loadRun(id).catch(() => undefined));
    // A damaged record has nothing to show.
    if (run?.request && picturesOf(run).length > 0) return run;
  }
  return undefined;
}

/** Shows the next of the kept runs that are not shown, the newest of them first. Throws the browser's own errors. */
export async function showOlderRuns(endpoint: ImageEndpoint): Promise<void> {
  const { runs, keptIds } = runsStore.getState();
  const shown = new Set(runs.map(({ id }) => id));
  const ids = keptIds[endpoint].filter((id) => !shown.has(id)).slice(0, shownAtOnce);
  const found = await Promise.all(ids.map((id) => history.loadRun(id)));
  // A run that was shown meanwhile is further than what is kept of it.
  putRuns(found.flatMap((run) => (run && !findRun(run.id) ? [run] : [])));
  // What is not kept any more would be asked for again and again.
  ids.forEach((id, place) => {
    if (found[place] === undefined && !findRun(id)) dropRun(id);
  });
}

/** Lists the newest of the kept runs, shows some of them, and resumes what is in flight. */
export async function resumeRuns(): Promise<void> {
  try {
    for (const endpoint of endpoints) {
      const newest = await readPatiently(() => history.newestRunIds(endpoint, listedAtOnce));
      listFurther(endpoint, newest);
      await showOlderRuns(endpoint);
    }
    await takeUpRuns();
    await listRunSets();
  } catch (error) {
    reportStorageProblem(storageProblem(error));
  }
  runsStore.setState({ isReady: true });
}

/** Lists all kept runs, once what is seen first is there. Throws the browser's own errors. */
export async function listAllRuns(): Promise<void> {
  await untilSeen();
  for (const endpoint of endpoints) listFurther(endpoint, await history.runIds(endpoint));
}

function listFurther(endpoint: ImageEndpoint, ids: readonly string[]): void {
  runsStore.setState(({ keptIds }) => ({
    keptIds: { ...keptIds, [endpoint]: [...new Set([...keptIds[endpoint], ...ids])] },
  }));
}

/** Lists the sets that are kept, or one of them. Throws the browser's own errors. */
async function listRunSets(only?: string): Promise<void> {
  for (const { endpoint, ...set } of await history.runSets(only)) putRunSets(endpoint, [set]);
}

/** Resumes every run in flight, whichever tab has started it. */
export async function takeUpRuns(): Promise<void> {
  imageRuns.takeUp(await history.runsInFlight());
}

/** Follows what other tabs do with the runs. @returns how to stop */
export function followTabs(): () => void {
  return hearTabs(async (event) => {
    if (event.type === 'changed') return takeChanged(event.ids);
    if (event.type === 'forgotten') return forgetTab();
    if (event.type === 'removed') return dropRun(event.id);
    if (event.type === 'experiment-kept') return listRunSets(event.id).catch(() => {});
    if (event.type === 'experiment-removed') return dropRunSet(event.id);
    if (event.type !== 'kept' && event.type !== 'restored') return;
    const { id } = event;
    const run = await history.loadRun(id).catch(() => undefined);
    if (!run) return;
    const isNew = !runsStore.getState().keptIds[run.endpoint].includes(id);
    // It may be of any age, and what is not listed is taken for the newest.
    if (isNew && event.type === 'restored') await listAgain([id]);
    imageRuns.hear(run, isNew || findRun(id) !== undefined);
  });
}

/** Removes pictures and runs, here and in the other tabs; `restorePlaces` brings them back. */
export async function removePlaces(places: readonly RemovablePlace[]): Promise<void> {
  const now = Date.now();
  // What is shown first: a run in flight is saved again as it is here.
  for (const { run, index } of places) {
    if (index === null) dropRun(run);
    else changeRun(run, (one) => withoutPicture(one, index, now));
  }
  await trash.remove(places, now);
}

/** Restores removed pictures and runs. */
export async function restorePlaces(places: readonly RemovablePlace[]): Promise<void> {
  for (const { run, index } of places) {
    if (index !== null) changeRun(run, (one) => withPictureBack(one, index));
  }
  await trash.restore(places);
  await listAgain(places.map(({ run }) => run));
}

/** Takes over what another tab has changed of many runs, as far as they are shown here. */
async function takeChanged(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await takeChangedCell(id);
    const here = findRun(id);
    if (!here || isInFlight(here)) continue;
    const stored = await history.loadRun(id).catch(() => here);
    if (stored) putRuns([stored]);
    else dropRun(id);
  }
  await listAgain(ids);
}

async function takeChangedCell(id: string): Promise<void> {
  const here = findCell(id);
  if (!here || isInFlight(here)) return;
  const stored = await cellHistory.load(id).catch(() => here);
  // One that is gone keeps its place here: an experiment that runs would order it again.
  changeCell(id, (one) => stored ?? withoutRemoved(one, Number.POSITIVE_INFINITY));
}

/** Lists the kept runs again: some may have come back to them, or left them. */
async function listAgain(ids: readonly string[]): Promise<void> {
  const { keptIds } = runsStore.getState();
  if (ids.length === 0) return;
  for (const endpoint of endpoints) {
    const all = await history.runIds(endpoint).catch(() => keptIds[endpoint]);
    runsStore.setState((state) => ({ keptIds: { ...state.keptIds, [endpoint]: all } }));
  }
}

/**
 * The number of edits that led to a picture, the last one included: each edited the picture that the
 * one before it had made. The chain ends at what is not kept any more.
 * @param parent the run whose picture the last one edited
 */
export async function chainLength(parent: RunPlace['runId'] | undefined): Promise<number> {
  const seen = new Set<string>();
  for (let id = parent; id !== undefined && !seen.has(id); ) {
    const before = findRun(id) ?? (await history.loadRun(id).catch(() => undefined));
    if (!before?.edit) break;
    seen.add(id);
    id = before.edit.parent?.runId;
  }
  return seen.size + 1;
}

function forgetRemoved(): void {
  const { removedId } = runsStore.getState();
  if (removedId) dropRun(removedId);
}
