import { formRequest, type ModelForm } from '../core/endpoints/image-form';
import { createEntry, type EditSources } from '../core/run-entry';
import { carry, keepRun } from './carried-runs';
import { loadExpectedDuration } from './expected-duration';
import { randomId } from './random-id';
import { changeRun, putRuns, runsStore } from './stores/runs';

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
