import { formRequest, type ModelForm } from '../../core/endpoints/image-form';
import { createEntry, type EditSources } from '../../core/runs/run-entry';
import { randomId } from '../browser/random-id';
import { loadExpectedDuration } from './expected-duration';
import { carry, keepRun } from './image-runs';
import { changeRun, putRuns, runsStore } from './runs-store';

/**
 * Starts what a checked form stands for, and returns the run's id at once.
 * @param edit what is edited; its files are kept already
 */
export function startImageRun({
  form,
  model,
  edit,
}: Omit<ModelForm, 'endpoint'> & { edit?: EditSources }): string {
  const id = randomId();
  const endpoint = edit ? 'edits' : 'generations';
  const request = formRequest({ form, model, endpoint });
  putRuns([createEntry({ id, request, form, edit, now: Date.now(), expectedMs: null })]);
  runsStore.setState({ openedId: id });
  void loadExpectedDuration({ endpoint, request }).then((expectedMs) =>
    changeRun(id, (run) => ({ ...run, expectedMs: expectedMs ?? null })),
  );
  // Kept before it is sent, so that a reload at any moment finds it.
  void keepRun(id).then(() => carry(id));
  return id;
}
