import { formModel, type ImageForm } from '../core/endpoints/image-form';
import type { Model } from '../core/models/model';
import type { RunEntry } from '../core/run-entry';
import { startImageRun } from './start-image-run';

/**
 * Starts what a run asked for once more, as a run of its own: with what the form held then, unless
 * another form is told, and with the very files that were sent.
 */
export function repeatRun({
  run,
  models,
  form = run.form,
}: {
  run: RunEntry;
  models: readonly Model[];
  form?: ImageForm;
}): void {
  const model = formModel({ form, models, endpoint: run.endpoint });
  if (model) startImageRun({ form, model, edit: run.edit ?? undefined });
}
