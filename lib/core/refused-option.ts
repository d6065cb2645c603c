import { isSent, type JsonObject, valueAt } from './endpoints/options';
import type { Model, ModelOption } from './models/model';
import { optionsFor } from './models/questions';
import type { RunEntry } from './run-entry';
import type { Trouble } from './trouble';

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
  trouble: Pick<Trouble, 'kind' | 'param' | 'message'>;
  model: Model;
}): ModelOption | undefined {
  if (kind !== 'refused') return undefined;
  return optionsFor(model, endpoint).find(
    ({ name, default: usual }) =>
      usual === null &&
      isSent(valueAt(request as JsonObject, name)) &&
      (param === name || new RegExp(`\\b${name.replaceAll('.', '\\.')}\\b`).test(message)),
  );
}
