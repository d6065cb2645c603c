import { type GenerationForm, generationRequest } from '../core/endpoints/generation-form';
import type { Model } from '../core/models/model';
import { createEntry, type RunEntry } from '../core/run-entry';
import { expectedDuration, kindOfRun } from '../core/run-estimate';
import { carry, keepRun } from './carried-runs';
import { history } from './history/history';
import { randomId } from './random-id';
import { changeRun, putRuns, runsStore } from './stores/runs';

/** Starts what a checked form stands for, and returns the run's id at once. */
export function startGeneration(form: GenerationForm, model: Model): string {
  const id = randomId();
  const request = generationRequest(form, model);
  putRuns([createEntry({ id, request, form, now: Date.now(), expectedMs: null })]);
  runsStore.setState({ openedId: id });
  void expectedMsOf(request).then((expectedMs) => changeRun(id, (run) => ({ ...run, expectedMs })));
  // Kept before it is sent, so that a reload at any moment finds it.
  void keepRun(id).then(() => carry(id));
  return id;
}

async function expectedMsOf(request: RunEntry['request']): Promise<number | null> {
  const durations = await history.durations(kindOfRun(request)).catch(() => []);
  return expectedDuration(durations) ?? null;
}
