import { formModel, type ImageForm } from '../../core/endpoints/image-form';
import type { Model } from '../../core/models/model';
import { picturesOf, type RunEntry } from '../../core/runs/run-entry';
import { replaceRun } from './run-commands';
import { startImageRun } from './start-image-run';

/**
 * Starts what a run asked for once more, as a run of its own: with what the form held then, unless
 * another form is told, and with the very files that were sent. It takes the place of one that has
 * failed with nothing to show; one with pictures stays.
 * @returns the id of the new run, where the card of this one has gone
 */
export function repeatRun(
  run: RunEntry,
  models: readonly Model[],
  form: ImageForm = run.form,
): string | undefined {
  const model = formModel({ form, models, endpoint: run.endpoint });
  if (!model) return undefined;
  const id = startImageRun({ form, model, edit: run.edit ?? undefined });
  if (run.state !== 'failed' || picturesOf(run).length > 0) return undefined;
  void replaceRun(run.id);
  return id;
}
