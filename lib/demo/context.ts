import type { Model } from '../core/models/model';
import type { Limiter } from './limiter';
import type { createRefusalMemory } from './trouble';

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
