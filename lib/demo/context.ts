import { ApiError } from '../core/api-error';
import { findModel } from '../core/models/lookup';
import type { Model } from '../core/models/model';
import type { Limiter } from './limiter';
import { type createRefusalMemory, refuseAtOnce, type TroubleName, troublesIn } from './trouble';

/** Waits; rejects at once when the signal aborts. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** What the answering functions share. */
export interface DemoContext {
  models: readonly Model[];
  latencyMs: number;
  /** Milliseconds since 1970. */
  now: () => number;
  sleep: Sleep;
  /** Everything that draws or decodes goes through it. */
  limiter: Limiter;
  refusals: ReturnType<typeof createRefusalMemory>;
}

/** One POST: the request, and the controller that ends what is done for it. */
export interface Exchange {
  request: Request;
  context: DemoContext;
  work: AbortController;
}

/**
 * The model of a checked body, and the troubles that its prompt asks for.
 * @throws ApiError where a trouble refuses the request before any work
 */
export function admitRequest(
  { models, refusals }: DemoContext,
  body: { model: string; user?: unknown },
  prompt: string,
): { model: Model; asked: Set<TroubleName> } {
  const model = findModel(models, body.model);
  if (!model) {
    throw new ApiError({ code: 'model_not_found', message: `There is no model ${body.model}.` });
  }
  const asked = troublesIn(prompt);
  refuseAtOnce(asked, () => refusals.isFirst(`${prompt}\n${String(body.user ?? '')}`));
  return { model, asked };
}
