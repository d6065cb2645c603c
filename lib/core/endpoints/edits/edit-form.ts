import type { Model } from '../../models/model';
import { checkSize, formatSize, nearestLegalSizes, type Size } from '../../sizes/sizes';
import { type ValidationProblem, validationProblem } from '../../validation';
import { checkImageForm, formModel, type ImageForm } from '../image-form';

const endpoint = 'edits';

/**
 * Everything that keeps an edit from being sent, most basic first.
 * @param references How many pictures there are to edit.
 */
export function checkEditForm(
  form: ImageForm,
  models: readonly Model[],
  references: number,
): ValidationProblem[] {
  const model = formModel({ form, models, endpoint });
  const max = model?.references?.max ?? 0;
  const param = 'image';
  const found = checkImageForm({ form, models, endpoint });
  if (!model) return found;
  if (references === 0) {
    return [
      validationProblem({ code: 'missing_parameter', param, reason: 'missing_image' }),
      ...found,
    ];
  }
  if (references <= max) return found;
  const values = { model: model.id, max, count: references };
  return [validationProblem({ param, reason: 'too_many_references', values }), ...found];
}

/**
 * The size at a model that matches an input: its own where that is legal, else the legal one that
 * is nearest to it in shape.
 */
export function matchingSize(model: Model, input: Size): string | undefined {
  const rule = model.sizes;
  const own = formatSize(input);
  if (checkSize({ rule, value: own, model: model.id }).length === 0) return own;
  const nearest = nearestLegalSizes(rule, input).at(-1);
  return nearest && formatSize(nearest);
}
