import { type GenerationForm, generationRequest } from '../core/endpoints/generation-form';
import type { Model } from '../core/models/model';
import {
  createEntry,
  isUnderWay,
  type RunEntry,
  type RunEvent,
  reduceEntry,
  reopened,
  withoutPicture,
  withPictureBack,
} from '../core/run-entry';
import { expectedDuration, kindOfRun } from '../core/run-estimate';
import { type CarryWorld, carryRun } from './carry-run';
import { followAnswer } from './follow-answer';
import { history, keepingProblem } from './history/history';
import { pause } from './pause';
import { randomId } from './random-id';
import { deleteRun, getRun, listRuns, startRun } from './runs';
import { reportKeeping } from './stores/keeping';
import { changeRun, dropRun, findRun, noteKept, putRuns, runsStore } from './stores/runs';
import { hearTabs, tellTabs } from './tabs';
import { createTransfers } from './transfers';
import { createRunWatch } from './watch-runs';

// Everything that can be done with a run on the Generate page.

/** How long what was removed can come back, at least. */
const undoMs = 60 * 60 * 1000;
const shownAtFirst = 8;
const mostPrompts = 200;

const onConnection = (isConnectionLost: boolean) => runsStore.setState({ isConnectionLost });
const runWatch = createRunWatch({ server: { listRuns, getRun }, onConnection });

const world: CarryWorld = {
  server: { startRun, getRun },
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

/** Starts what a checked form stands for, and returns the run's id at once. */
export function startGeneration(form: GenerationForm, model: Model): string {
  const id = randomId();
  const request = generationRequest(form, model);
  putRuns([createEntry({ id, request, form, now: Date.now(), expectedMs: null })]);
  runsStore.setState({ openedId: id });
  void expectedMsOf(request).then((expectedMs) => changeRun(id, (run) => ({ ...run, expectedMs })));
  // Kept before it is sent, so that a reload at any moment finds it.
  void keep(id).then(() => carry(id));
  return id;
}

/** Stops a run, at once here and as soon as can be at the gateway. */
export async function stopRun(id: string): Promise<void> {
  const run = findRun(id);
  if (!run || !isUnderWay(run)) return;
  const carrying = carried.get(id);
  carrying?.stopping.abort();
  apply(id, { type: 'cancel', now: Date.now() });
  await Promise.all([carrying?.ended, keep(id)]);
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
  void keep(id).then(() => carry(id));
}

/** Takes a run out of view; until the next one goes it can be brought back by a click. */
export async function removeRun(id: string): Promise<void> {
  forgetRemoved();
  runsStore.setState({ removedId: id });
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
  void keep(id);
}

/** Puts a picture back. */
export function restorePicture(id: string, index: number): void {
  changeRun(id, (run) => withPictureBack(run, index));
  void keep(id);
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
    const ids = await history.runIds();
    const newest = await loadRuns(ids.slice(0, shownAtFirst));
    runsStore.setState(({ keptIds }) => ({ keptIds: [...new Set([...keptIds, ...ids])] }));
    putRuns(newest);
    const older = await loadRuns(ids.slice(shownAtFirst, shownAtFirst + 50));
    const underWay = [...newest, ...older].filter(isUnderWay);
    putRuns(underWay);
    for (const { id } of underWay) carry(id);
  } catch (error) {
    reportKeeping(keepingProblem(error));
  }
  runsStore.setState({ isReady: true });
}

/** Follows what other tabs do with the runs that all tabs share. Returns how to stop. */
export function followTabs(): () => void {
  return hearTabs(async ({ type, id }) => {
    if (type === 'removed') return dropRun(id);
    const run = await history.loadRun(id).catch(() => undefined);
    if (!run) return;
    // What this tab carries itself, it knows better.
    if (findRun(id) && !carried.has(id)) putRuns([run]);
    else noteKept(id);
  });
}

/** Asks the server at once: the network is back, or the page is in front again. */
export function wakeRuns(): void {
  runWatch.wake();
}

async function loadRuns(ids: readonly string[]): Promise<RunEntry[]> {
  const runs = await Promise.all(ids.map((id) => history.loadRun(id)));
  return runs.filter((run) => run !== undefined);
}

function carry(id: string): void {
  if (carried.has(id)) return;
  const stopping = new AbortController();
  const carrying = carryRun({
    current: () => currentRun(id),
    apply: (event) => apply(id, event),
    keep: () => keep(id),
    signal: stopping.signal,
    world,
  });
  const ended = carrying
    .catch((error) => {
      if (!stopping.signal.aborted) throw error;
    })
    .finally(() => carried.delete(id));
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
  changeRun(id, (run) => reduceEntry(run, event));
  const run = findRun(id);
  if (event.type !== 'end' || run?.durationMs == null) return;
  void history.addDuration(kindOfRun(run.request), run.durationMs).catch(() => {});
}

async function keep(id: string): Promise<void> {
  const run = findRun(id);
  if (!run) return;
  try {
    await history.saveRun(run);
    tellTabs({ type: 'kept', id });
  } catch (error) {
    reportKeeping(keepingProblem(error));
  }
}

async function expectedMsOf(request: RunEntry['request']): Promise<number | null> {
  const durations = await history.durations(kindOfRun(request)).catch(() => []);
  return expectedDuration(durations) ?? null;
}

function forgetRemoved(): void {
  const { removedId } = runsStore.getState();
  if (removedId) dropRun(removedId);
}
