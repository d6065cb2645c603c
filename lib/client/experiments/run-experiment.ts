import { holdsPlace } from '../../core/experiments/cell';
import { withDefaults } from '../../core/experiments/cell-request';
import type { Definition, Experiment, PauseReason } from '../../core/experiments/experiment';
import type { Cell } from '../../core/runs/run-entry';
import { isInFlight, waitsForTurn } from '../../core/runs/run-state';
import { sessionStore } from '../api/session';
import { hearTabs } from '../browser/tabs';
import { wakeRuns } from '../runs/run-deps';
import { cellHistory } from '../storage/cells';
import { storageProblem } from '../storage/database';
import { experimentHistory } from '../storage/experiments';
import { history } from '../storage/history';
import { reportStorageProblem, storageStatusStore } from '../storage/storage-status';
import { catalogue, catalogueIsKnown } from './catalogue';
import { cellRuns, limitsOf, onBudgetSpent, onCellEnd } from './cell-runs';
import { cellsOf, cellsStore, changeCell, findCell, lastAttempt, putCells } from './cells-store';
import { claimCell } from './claim-cell';
import {
  changeExperiment,
  dropExperiment,
  experimentsStore,
  findExperiment,
  forgetExperiment,
  loadExperiments,
  openExperiment,
  putExperiments,
} from './experiments-store';
import { takeUpLeftBehind } from './left-behind';
import { plannedCells } from './planned-cells';
import { createPump, type WantedCell, wantedCells } from './pump';

// Starts, pauses and resumes experiments. Sent cells go on without a tab; those that are not sent yet wait
// for one.

/** What waits, each for a cell of one model to end; null: of any. */
const waiting = new Map<() => void, string | null>();
/** So long at most until it is looked again whether all cells have ended, in ms. */
const endsAgainMs = 1000;

/** So often it is looked for cells that stand still in all tabs, in ms. */
const leftBehindEveryMs = 30_000;

/** A cell of a model has changed. Lanes of other models would only find out that nothing is new for them. */
function wake(model: string): void {
  for (const [go, its] of [...waiting]) if (its === null || its === model) go();
}

/** Waits for so long, or until a cell of a model, or of any, has changed. */
function untilChange(
  milliseconds: number,
  { model = null, signal }: { model?: string | null; signal?: AbortSignal } = {},
): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      waiting.delete(go);
      signal?.removeEventListener('abort', go);
      resolve();
    };
    const timer = setTimeout(go, milliseconds);
    waiting.set(go, model);
    signal?.addEventListener('abort', go);
  });
}

const pump = createPump({
  claim: async (cell, limits, now) =>
    isStillPlanned(cell)
      ? claimCell(cell, limits, {
          now,
          onFull: () => void pauseExperiment(cell.cell.experiment, 'not_kept'),
        })
      : { kind: 'unwanted' },
  begin(cell) {
    putCells([cell]);
    // It was stored when it was claimed.
    cellRuns.start(cell.id, Promise.resolve());
  },
  onTaken(cell) {
    if (!findCell(cell.id)) void loadCells(cell.cell.experiment);
  },
  limitsOf,
  wait: untilChange,
});

/**
 * Runs an experiment, or goes on with it: starts its cells that were not started yet.
 * @param only the keys of some cells, to start no others; null: all
 */
export async function runExperiment(id: string, only: string[] | null = null): Promise<void> {
  followExperiments();
  await changeExperiment(id, (one) => ({
    ...one,
    only,
    definition: withDefaults(one.definition, catalogue()),
    state: 'running',
    pausedBecause: null,
    updatedAt: Date.now(),
  }));
  // The day's budget may have room again, or more of it than it had.
  for (const cell of cellsOf(cellsStore.getState(), id)) {
    if (waitsForTurn(cell) && cell.trouble?.kind === 'budget_spent') cellRuns.tryNow(cell.id);
  }
  await goOn(id);
}

/** Starts no further cells of an experiment; those that are under way go on, those that wait in line leave it. */
export async function pauseExperiment(id: string, because: PauseReason = 'asked'): Promise<void> {
  pump.stop(id);
  await changeExperiment(id, (one) =>
    // What a pause leaves under way can be stopped later.
    one.state === 'running' || (one.state === 'paused' && because === 'stopped')
      ? { ...one, state: 'paused', pausedBecause: because }
      : one,
  );
  // Cells that wait for their turn give their places back.
  wakeRuns();
}

/** Pauses an experiment, and stops what is under way. */
export async function stopExperiment(id: string): Promise<void> {
  await pauseExperiment(id, 'stopped');
  for (const cell of cellsOf(cellsStore.getState(), id))
    if (isInFlight(cell)) void cellRuns.stop(cell.id);
}

/**
 * Removes an experiment with its judgements; its pictures stay in the gallery. What waits to be sent is stopped, as
 * nothing would hold it back any more. It can be restored until another one is removed.
 */
export async function removeExperiment(id: string): Promise<void> {
  const waiting = cellsOf(cellsStore.getState(), id).filter(({ state }) => state === 'pausing');
  for (const cell of waiting) void cellRuns.stop(cell.id);
  const restore = await forgetExperiment(id);
  experimentsStore.setState({
    removed: {
      id,
      async restore() {
        await Promise.all(waiting.map(want));
        await restore();
      },
    },
  });
}

/** Restores the experiment that was removed last, and shows it. */
export async function restoreExperiment(): Promise<void> {
  const { removed } = experimentsStore.getState();
  experimentsStore.setState({ removed: null });
  if (!removed) return;
  await removed.restore();
  openExperiment(removed.id, false);
}

/** Tries cells again that failed or were stopped. What is not started yet is left to `runExperiment`. */
export async function tryAgain(id: string, keys: readonly string[]): Promise<void> {
  // A run of nothing would be the end of a pause.
  if (keys.length === 0) return;
  for (const key of keys) {
    const last = lastAttempt(cellsStore.getState(), id, key);
    if (!last || holdsPlace(last)) continue;
    await want(last);
  }
  const before = findExperiment(id);
  const isRunning = before?.state === 'running';
  pump.stop(id);
  if (isRunning && before.only === null) await runExperiment(id);
  else await runExperiment(id, isRunning ? [...(before.only ?? []), ...keys] : [...keys]);
}

/** Takes the stored cells of an experiment into this tab. */
export async function loadCells(id: string): Promise<void> {
  try {
    const before = cellsStore.getState().cells;
    const found = await cellHistory.ofExperiment(id);
    // What is carried on here, or has ended while they were read, is known better here.
    putCells(found.filter(({ id }) => !cellRuns.isCarried(id) && findCell(id) === before.get(id)));
  } catch (error) {
    reportStorageProblem(storageProblem(error));
  }
}

/** Takes up what was under way when this browser was closed, and carries on what runs. */
export async function resumeExperiments(): Promise<void> {
  followExperiments();
  cellRuns.takeUp(await cellHistory.inFlight().catch(() => []));
  await loadExperiments();
  await catalogueIsKnown;
  const running = experimentsStore
    .getState()
    .experiments.filter(({ state }) => state === 'running');
  await Promise.all(running.map(({ id }) => goOn(id)));
}

let isFollowing = false;

/** Follows what other tabs do with experiments, and what keeps this one from going on. */
export function followExperiments(): void {
  if (isFollowing) return;
  isFollowing = true;
  setInterval(() => void takeUpLeftBehind().catch(() => {}), leftBehindEveryMs);
  onCellEnd((cell) => {
    void removeFailedBefore(cell);
    wake(cell.request.model);
  });
  hearTabs(async (event) => {
    if (event.type === 'cell-kept') {
      const cell = await cellHistory.load(event.id).catch(() => undefined);
      const isShown = cell && findExperiment(cell.cell.experiment) !== undefined;
      if (!cell) return;
      cellRuns.hear(cell, isShown === true);
      wake(cell.request.model);
    } else if (event.type === 'experiment-kept') {
      const experiment = await experimentHistory.load(event.id).catch(() => undefined);
      if (experiment) putExperiments([experiment]);
      if (experiment?.state === 'running') void goOn(event.id);
      if (experiment?.state === 'paused') wakeRuns();
    } else if (event.type === 'experiment-removed') {
      pump.stop(event.id);
      dropExperiment(event.id);
    }
  });
  onBudgetSpent((id) => pauseExperiment(id, 'budget_spent'));
  sessionStore.subscribe(({ isSignedOut }) => isSignedOut && pauseAll('signed_out'));
  storageStatusStore.subscribe(({ problem }) => problem === 'full' && pauseAll('not_kept'));
}

/** Has a cell that made nothing tried again with the rest. */
async function want({ id }: Cell): Promise<void> {
  changeCell(id, (one) => ({ ...one, cell: { ...one.cell, isWantedAgain: true } }));
  await cellRuns.save(id);
}

async function goOn(id: string): Promise<void> {
  const find = async () => {
    await loadCells(id);
    const experiment = findExperiment(id);
    return experiment ? wantedOf(experiment) : [];
  };
  if (!findExperiment(id) || !(await pump.start(id, find))) return;
  await untilAllEnded(id);
  await changeExperiment(id, (one) => {
    // Somebody may have wanted more of it in the same moment.
    if (one.state !== 'running' || pump.isStarting(id)) return one;
    const isDone = wantedOf({ ...one, only: null }).length === 0;
    const because = isDone ? null : ('part_done' as const);
    return { ...one, state: isDone ? 'done' : 'paused', pausedBecause: because, only: null };
  });
}

/** Waits until no cell of an experiment is under way or to be started any more: until then it runs, and can be stopped. */
async function untilAllEnded(id: string): Promise<void> {
  while (
    findExperiment(id)?.state === 'running' &&
    // A cell that was wanted again meanwhile may still wait for room.
    (pump.isStarting(id) || cellsOf(cellsStore.getState(), id).some(isInFlight))
  ) {
    await untilChange(endsAgainMs);
  }
}

function wantedOf(experiment: Experiment): WantedCell[] {
  return wantedCells(plannedCells(experiment, catalogue()), (key) =>
    lastAttempt(cellsStore.getState(), experiment.id, key),
  );
}

const plannedKeys = new WeakMap<Definition, ReadonlySet<string>>();

/** Whether a cell that waits to be started was neither left out since then, nor changed. */
function isStillPlanned({ cell }: Cell): boolean {
  const experiment = findExperiment(cell.experiment);
  // That it is gone is seen where the cell is claimed.
  if (!experiment) return true;
  // Asked for each cell, and a plan of ten thousand takes a while.
  let keys = plannedKeys.get(experiment.definition);
  if (!keys) {
    const cells = plannedCells({ ...experiment, only: null }, catalogue());
    keys = new Set(cells.map(({ key }) => key));
    plannedKeys.set(experiment.definition, keys);
  }
  return keys.has(cell.key);
}

/** Removes the failed attempts before one that has made something: they have nothing to show any more. */
async function removeFailedBefore({ state, cell }: Cell): Promise<void> {
  if (state !== 'done') return;
  for (const one of cellsOf(cellsStore.getState(), cell.experiment)) {
    const isBefore = one.cell.key === cell.key && one.cell.attempt < cell.attempt;
    if (isBefore && one.state === 'failed') {
      await history.removeRun(one.id, Date.now()).catch(() => {});
    }
  }
}

function pauseAll(because: PauseReason): void {
  for (const { id, state } of experimentsStore.getState().experiments) {
    if (state === 'running') void pauseExperiment(id, because);
  }
}
