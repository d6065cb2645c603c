import { formRequest, type ImageForm, shownSize } from '../endpoints/image-form';
import { askedPictures, type ImageEndpoint } from '../endpoints/image-request';
import type { Model } from '../models/model';
import type { EditSources } from '../runs/run-entry';
import type { ValidationProblem } from '../validation';
import { promptProblems, type RowRequest, rowRequest } from './cell-request';
import { type Definition, emptyDefinition, maxRepeats } from './experiment';
import { wishOfSize } from './nearest-shape';

/** A form that is sent to several models at once. */
export interface SetForm {
  form: ImageForm;
  /** The one that is chosen in the form. */
  model: Model;
  /** The ids of those that the same is sent to. */
  further: readonly string[];
  endpoint: ImageEndpoint;
  edit: EditSources | null;
  /** Whether models without masks get the pictures without the mask. */
  leavesMaskOut: boolean;
}

/** What one model is sent as part of a set. */
export interface SetRow {
  /** The model's id. */
  id: string;
  /** What it is sent but for the prompt; undefined if it cannot be. */
  of: RowRequest | undefined;
  /** Why it cannot be sent, most basic first. */
  problems: ValidationProblem[];
  /** How many requests that is; 0 if it cannot be sent. */
  requests: number;
}

/** The experiment that a form makes which is sent to several models: one prompt, a row for each model. */
export function setDefinition({
  form,
  model,
  further,
  endpoint,
  edit,
  leavesMaskOut,
}: SetForm): Definition {
  const { count } = askedPictures(formRequest({ form, model, endpoint }));
  const ids = [model.id, ...further.filter((id) => id !== model.id)];
  return {
    ...emptyDefinition,
    template: form.prompt,
    isText: true,
    models: ids.map((id) => ({ id, model: id, options: form.options, size: null })),
    shapes: [wishOfSize(model, shownSize(form, model))],
    repeats: Math.min(maxRepeats, Math.max(1, count)),
    edit,
    leavesMaskOut,
  };
}

/** What each model of a set is sent. */
export function setRows(definition: Definition, models: readonly Model[]): SetRow[] {
  const [wish = { kind: 'auto' as const }] = definition.shapes;
  return definition.models.map((row): SetRow => {
    const of = rowRequest({ row, wish, attached: definition, models });
    const problems = 'problems' in of ? of.problems : promptProblems(definition.template, of);
    const isSent = !('problems' in of) && problems.length === 0;
    return {
      id: row.id,
      of: 'problems' in of ? undefined : of,
      problems,
      requests: isSent ? Math.ceil(definition.repeats / of.perRequest) : 0,
    };
  });
}
