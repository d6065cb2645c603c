import { isGiven, type JsonObject, valueAt } from '../endpoints/options';
import { optionsFor } from '../models/lookup';
import type { Model, ModelOption } from '../models/model';
import type { RunEntry } from './run-entry';
import type { RunFailure } from './run-failure';

/**
 * The option of a refused request that the gateway complains of by name, so that the same can be
 * sent without it; only one that may be left out, because nothing is sent for it unless chosen.
 */
export function refusedOption({
  run: { endpoint, request },
  trouble: { kind, param, message },
  model,
}: {
  run: Pick<RunEntry, 'endpoint' | 'request'>;
  trouble: Pick<RunFailure, 'kind' | 'param' | 'message'>;
  model: Model;
}): ModelOption | undefined {
  if (kind !== 'refused') return undefined;
  return optionsFor(model, endpoint).find(
    ({ name, default: usual }) =>
      usual === null &&
      isGiven(valueAt(request as JsonObject, name)) &&
      (param === name || new RegExp(`\\b${name.replaceAll('.', '\\.')}\\b`).test(message)),
  );
}
