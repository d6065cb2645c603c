import { ApiError } from '../core/api-error';
import { findModel } from '../core/models/lookup';
import type { Model } from '../core/models/model';

/** The model of a request that the core's checks have passed. */
export function requireModel(models: readonly Model[], id: string): Model {
  const model = findModel(models, id);
  if (!model) throw new ApiError({ code: 'model_not_found', message: `There is no model ${id}.` });
  return model;
}
