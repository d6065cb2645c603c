import { ApiError } from '../core/errors';
import type { Model } from '../core/models/model';
import { findModel } from '../core/models/questions';

/** The model of a request that the core's checks have passed. */
export function requireModel(models: readonly Model[], id: string): Model {
  const model = findModel(models, id);
  if (!model) throw new ApiError({ code: 'model_not_found', message: `There is no model ${id}.` });
  return model;
}
