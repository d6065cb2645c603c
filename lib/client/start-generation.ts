import { type GenerationForm, generationRequest } from '../core/endpoints/generation-form';
import type { Model } from '../core/models/model';
import { createEntry } from '../core/run-entry';
import { carry, keepRun } from './carried-runs';
import { loadExpectedDuration } from './expected-duration';
import { randomId } from './random-id';
import { changeRun, putRuns, runsStore } from './stores/runs';

/** Starts what a checked form stands for, and returns the run's id at once. */
export function startGeneration(form: GenerationForm, model: Model): string {
  const id = randomId();
  const request = generationRequest(form, model);
  putRuns([createEntry({ id, request, form, now: Date.now(), expectedMs: null })]);
  runsStore.setState({ openedId: id });
  void loadExpectedDuration(request).then((expectedMs) =>
    changeRun(id, (run) => ({ ...run, expectedMs: expectedMs ?? null })),
  );
  // Kept before it is sent, so that a reload at any moment finds it.
  void keepRun(id).then(() => carry(id));
  return id;
}
