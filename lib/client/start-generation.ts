import { type GenerationForm, generationRequest } from '../core/endpoints/generation-form';
import type { Model } from '../core/models/model';
import { followRun } from './follow-run';
import { randomId } from './random-id';
import { addRun, applyRunEvent, cancelRun } from './stores/runs';

const stops = new Map<string, () => void>();

/** Starts what a checked form stands for, and returns the run's id at once. */
export function startGeneration(form: GenerationForm, model: Model): string {
  const id = randomId();
  const request = generationRequest(form, model);
  const asked = typeof request.n === 'number' ? request.n : 1;
  addRun({
    id,
    endpoint: 'generations',
    request,
    form,
    state: 'waiting',
    createdAt: Date.now(),
    endedAt: null,
    slots: Array.from({ length: asked }, () => ({ kind: 'waiting' as const })),
    asked,
    usage: undefined,
    trouble: null,
  });
  const stop = followRun({ endpoint: 'generations', request }, (event) => {
    if (event.type === 'end' || event.type === 'trouble') stops.delete(id);
    applyRunEvent(id, event, Date.now());
  });
  stops.set(id, stop);
  return id;
}

/** Stops a run that is under way, at once. */
export function stopGeneration(id: string): void {
  stops.get(id)?.();
  stops.delete(id);
  cancelRun(id, Date.now());
}
