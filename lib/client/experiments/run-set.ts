import { titleOf } from '../../core/chat/conversation';
import { createExperiment } from '../../core/experiments/experiment';
import { type SetForm, setDefinition } from '../../core/experiments/run-set';
import { randomId } from '../../core/random-id';
import { putRunSets, showOpened } from '../runs/runs-store';
import { experimentHistory } from '../storage/experiments';
import { trash } from '../storage/trash';
import { cellsOf, cellsStore, dropCells } from './cells-store';
import {
  addExperiment,
  findExperiment,
  forgetExperiment,
  putExperiments,
} from './experiments-store';
import { followExperiments, loadCells, runExperiment, stopExperiment } from './run-experiment';

/**
 * Sends a checked form to several models at once, as an experiment that its page shows as a set.
 * @returns its id, once it is stored
 */
export async function startRunSet(set: SetForm): Promise<string> {
  const definition = setDefinition(set);
  const madeOn = set.endpoint;
  const name = titleOf(set.form.prompt);
  const experiment = createExperiment(randomId(), Date.now(), { name, definition, madeOn });
  const { id, createdAt } = experiment;
  await addExperiment(experiment);
  putRunSets(madeOn, [{ id, createdAt }]);
  showOpened({ id, endpoint: madeOn });
  void runExperiment(id);
  return id;
}

/** Opens an experiment. @returns the address at which it is shown: a set is on the page of its form */
export async function openAnywhere(id: string): Promise<string> {
  const found = findExperiment(id) ?? (await experimentHistory.load(id).catch(() => undefined));
  if (found?.madeOn) {
    showOpened({ id, endpoint: found.madeOn });
    return found.madeOn === 'edits' ? '/edit' : '/';
  }
  return `/experiments?open=${encodeURIComponent(id)}`;
}

/** Removes a set with all its cells. @returns how to undo it */
export async function removeRunSet(id: string): Promise<() => Promise<void>> {
  await stopExperiment(id);
  const places = cellsOf(cellsStore.getState(), id).map((cell) => ({ run: cell.id, index: null }));
  await trash.remove(places, Date.now()).catch(() => {});
  const restore = await forgetExperiment(id);
  dropCells(({ cell }) => cell.experiment === id);
  return async () => {
    await trash.restore(places);
    await restore();
    await loadCells(id);
  };
}

/**
 * Takes a stored set into this tab, and follows what other tabs do with it.
 * @returns false if it is not stored. Throws the browser's own errors.
 */
export async function loadRunSet(id: string): Promise<boolean> {
  followExperiments();
  const found = findExperiment(id) ?? (await experimentHistory.load(id));
  if (!found) return false;
  if (!findExperiment(id)) putExperiments([found]);
  await loadCells(id);
  return true;
}
