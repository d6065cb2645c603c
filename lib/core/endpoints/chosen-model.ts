import type { EndpointName, Model } from '../models/model';
import type { ValidationProblem } from '../validation';
import { checkModel } from './options';

/**
 * What is wrong with the model that somebody has chosen: the catalogue may have changed since. Another one
 * in its place would be paid for in silence.
 * @param chosen its id; null: nobody has chosen one
 * @returns at most one problem
 */
export function checkChosenModel(
  chosen: string | null,
  endpoint: EndpointName,
  models: readonly Model[],
): ValidationProblem[] {
  if (chosen === null) return [];
  const found = checkModel({ model: chosen }, endpoint, models);
  return 'problem' in found ? [found.problem] : [];
}
