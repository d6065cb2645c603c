import type { Model } from '../models/model';
import {
  type ImageForm,
  type OptionValue,
  shownOptions,
  shownSize,
  shownValue,
} from './image-form';
import type { ImageEndpoint } from './image-request';

/** A choice that another model does not take as it is. */
export interface ModelChange {
  /** `size`, `n`, or the name of an option. */
  param: string;
  from: OptionValue;
  /** What the form shows instead; null: the new model does not take it at all. */
  to: OptionValue | null;
}

/** What becomes of the choices of a form when it goes from one model to another. */
export function modelChanges({
  form,
  from,
  to,
  endpoint,
}: {
  form: ImageForm;
  from: Model;
  to: Model;
  endpoint: ImageEndpoint;
}): ModelChange[] {
  const changes: ModelChange[] = [];
  const sizes = { from: shownSize(form, from), to: shownSize(form, to) };
  const hasChosenSize = form.lastSize !== null;
  if (hasChosenSize && sizes.from !== sizes.to) changes.push({ param: 'size', ...sizes });
  if (from.count && !to.count && form.count !== String(from.count.default)) {
    changes.push({ param: 'n', from: form.count, to: null });
  }
  const taken = shownOptions(form, to, endpoint);
  for (const option of shownOptions(form, from, endpoint)) {
    const before = shownValue(form, option);
    const other = taken.find(({ name }) => name === option.name);
    const after = other ? shownValue(form, other) : null;
    const isDefault = String(before) === String(option.default ?? '');
    if (isDefault || String(before) === String(after)) continue;
    changes.push({ param: option.name, from: before, to: after });
  }
  return changes;
}
