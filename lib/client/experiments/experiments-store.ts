import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import {
  copyTitle,
  createExperiment,
  type Experiment,
  experimentTitle,
  readExperiment,
} from '../../core/experiments/experiment';
import { escapeText } from '../../core/experiments/template-tokens';
import { randomId } from '../../core/random-id';
import type { Cell } from '../../core/runs/run-entry';
import { waitsForTurn } from '../../core/runs/run-state';
import { tellTabs } from '../browser/tabs';
import { readPatiently, storageProblem } from '../storage/database';
import { experimentHistory } from '../storage/experiments';
import { reportStorageProblem } from '../storage/storage-status';

interface ExperimentsState {
  /** What was changed last at first. */
  experiments: readonly Experiment[];
  /** The experiment that is shown. */
  openId: string | null;
  /** Whether somebody went to it, so that Back leads to the one before; else what is shown has changed. */
  isStep: boolean;
  /** The stored experiments are loaded. Before that, an empty list does not mean that there are none. */
  isReady: boolean;
  /** What was removed last, and how it comes back. */
  removed: { id: string; restore: () => Promise<void> } | null;
}

export const experimentsStore = createStore<ExperimentsState>(() => ({
  experiments: [],
  openId: null,
  isStep: false,
  isReady: false,
  removed: null,
}));

/** Reads a part of the experiments' store. */
export function useExperiments<T>(select: (state: ExperimentsState) => T): T {
  return useStore(experimentsStore, select);
}

/** The experiment with this id. */
export function findExperiment(id: string | null): Experiment | undefined {
  return experimentsStore.getState().experiments.find((one) => one.id === id);
}

/** The id of an experiment in files: of one that was opened from a file, that of the file. */
export function idInFiles(id: string): string {
  return findExperiment(id)?.openedFrom ?? id;
}

/** Whether a cell waits in line for an experiment that is paused: it has given its place to others. */
export function isHeldBack(cell: Cell): boolean {
  return waitsForTurn(cell) && findExperiment(cell.cell.experiment)?.state === 'paused';
}

/** Adds experiments to the list in their order, or replaces them. */
export function putExperiments(found: readonly Experiment[]): void {
  experimentsStore.setState(({ experiments }) => {
    const byId = new Map([...experiments, ...found].map((one) => [one.id, one]));
    return {
      experiments: [...byId.values()].sort((one, other) => other.updatedAt - one.updatedAt),
    };
  });
}

/** Removes an experiment from the list. */
export function dropExperiment(id: string): void {
  if (readTyped()?.id === id) sessionStorage.removeItem(typedKey);
  experimentsStore.setState(({ experiments, openId }) => ({
    experiments: experiments.filter((one) => one.id !== id),
    ...(openId === id && { openId: null, isStep: false }),
  }));
}

/**
 * Shows an experiment; null: a new one.
 * @param isStep whether somebody goes there from another one
 */
export function openExperiment(id: string | null, isStep = true): void {
  experimentsStore.setState({ openId: id, isStep });
}

/** Loads the stored experiments, unless they are loaded: other tabs tell of each change. */
export async function loadExperiments(): Promise<void> {
  if (experimentsStore.getState().isReady) return;
  try {
    putExperiments(await readPatiently(() => experimentHistory.all()));
  } catch (error) {
    reportStorageProblem(storageProblem(error));
  }
  const typed = findNewlyTyped();
  if (typed) {
    if (!findExperiment(typed.id)) putExperiments([typed]);
    void keepTyped(typed);
  }
  experimentsStore.setState({ isReady: true });
}

const typedKey = 'experiment-typed';

/**
 * Holds an experiment as it is being typed in the tab's session storage: writing to the database takes a moment, in
 * which a reload would lose the last words.
 */
export function holdTyped(experiment: Experiment): void {
  try {
    sessionStorage.setItem(typedKey, JSON.stringify(experiment));
  } catch {
    // Full or forbidden. The database will have it in a moment.
  }
}

/** Ends `holdTyped`, unless somebody has typed on. */
function dropTyped({ id, updatedAt }: Experiment): void {
  const held = readTyped();
  if (held?.id === id && held.updatedAt === updatedAt) sessionStorage.removeItem(typedKey);
}

function readTyped(): Experiment | undefined {
  try {
    return readExperiment(JSON.parse(sessionStorage.getItem(typedKey) ?? 'null'));
  } catch {
    return undefined;
  }
}

/** What is held and newer than what is known of its experiment here. */
function findNewlyTyped(): Experiment | undefined {
  const typed = readTyped();
  const isNewer = typed && typed.updatedAt > (findExperiment(typed.id)?.updatedAt ?? 0);
  return isNewer ? typed : undefined;
}

/** Stores what was typed. Nothing else of the experiment is changed. */
export async function keepTyped(typed: Experiment): Promise<void> {
  if (await changeExperiment(typed.id, (one) => withTyped(one, typed))) dropTyped(typed);
}

function withTyped(experiment: Experiment, { definition, updatedAt }: Experiment): Experiment {
  return { ...experiment, definition, updatedAt };
}

/** Changes an experiment, here, in the storage and in the other tabs. @returns whether it is stored */
export async function changeExperiment(
  id: string,
  change: (experiment: Experiment) => Experiment,
): Promise<boolean> {
  const here = findExperiment(id);
  if (here) putExperiments([change(here)]);
  return store(id, async () => {
    const stored = await experimentHistory.change(id, change);
    if (stored) putExperiments([stored]);
    else await keepExperiment(id);
  });
}

/** Adds a new experiment to the list, and stores it. */
export async function addExperiment(experiment: Experiment): Promise<void> {
  putExperiments([experiment]);
  if (await store(experiment.id, () => keepExperiment(experiment.id))) dropTyped(experiment);
}

/** Adds a new experiment that varies the same as another, and shows it. @returns its id */
export async function duplicateExperiment(experiment: Experiment): Promise<string> {
  const { definition } = experiment;
  const { template, isText } = definition;
  const taken = experimentsStore.getState().experiments.map(experimentTitle);
  const name = copyTitle(experimentTitle(experiment), taken);
  const copy = createExperiment(randomId(), Date.now(), {
    name,
    // What came from another page is text; without signs of the syntax that makes no difference yet.
    definition: { ...definition, isText: isText && escapeText(template) !== template },
  });
  await addExperiment(copy);
  openExperiment(copy.id);
  return copy.id;
}

/**
 * Removes an experiment with its judgements from the list and from what is stored.
 * @returns how to undo it
 */
export async function forgetExperiment(id: string): Promise<() => Promise<void>> {
  const here = findExperiment(id);
  // What was typed in the last moment is only held yet.
  const typed = findNewlyTyped();
  const removed = here && (typed?.id === id ? withTyped(here, typed) : here);
  dropExperiment(id);
  const judgements = await experimentHistory.remove(id).catch(() => []);
  tellTabs({ type: 'experiment-removed', id });
  return async () => {
    if (!removed) return;
    putExperiments([removed]);
    await store(id, () => experimentHistory.restore(removed, judgements));
  };
}

async function keepExperiment(id: string): Promise<void> {
  const experiment = findExperiment(id);
  if (experiment) await experimentHistory.save(experiment);
}

/** Tells the other tabs what was stored, or here why it was not. @returns whether it was */
async function store(id: string, write: () => Promise<void>): Promise<boolean> {
  let isStored = true;
  try {
    await write();
  } catch (error) {
    isStored = false;
    const keep = () => keepExperiment(id);
    reportStorageProblem(storageProblem(error), { name: `experiment ${id}`, keep });
  }
  tellTabs({ type: 'experiment-kept', id });
  return isStored;
}
