import type { ErrorEnvelope } from '../api-error';
import type { EndpointName } from '../models/model';
import type { BudgetsView, QueueView } from '../sharing/sharing';

/**
 * Where a run is. `uploading`: its request is still arriving; `waiting`: passed on, no answer yet;
 * `answering`: the answer arrives. `interrupted`: the server lost it, by a restart.
 */
export type RunState =
  | 'uploading'
  | 'waiting'
  | 'answering'
  | 'done'
  | 'failed'
  | 'cancelled'
  | 'interrupted';

/** The header in which a browser that keeps no cookies names its visitor: a UUID of its own making. */
export const visitorHeader = 'visitor';

/** A run as `/api/runs` tells it (interface, "Runs"). Times are the server's, in ms since 1970. */
export interface Run {
  /** The UUID that its starter gave as `Idempotency-Key`. */
  id: string;
  endpoint: EndpointName;
  model: string | null;
  state: RunState;
  /** HTTP status of the answer; null until there is one. */
  status: number | null;
  createdAt: number;
  firstByteAt: number | null;
  endedAt: number | null;
  /** Bytes of the request that have arrived at the server. */
  receivedBytes: number;
  /** Bytes of the answer that have arrived at the server, and can be read there. */
  bytes: number;
  /** Why it has no answer, or not the whole of it. */
  error: ErrorEnvelope['error'] | null;
}

/**
 * The body of `GET /api/runs`: the visitor's runs under way or ended within the hour, newest first,
 * at most 500.
 */
export interface RunList {
  /** In ms since 1970, to measure the runs' times against. */
  serverTime: number;
  runs: Run[];
  /** Address of the next piece of the same list; null: this was the last. */
  next: string | null;
  /** Where a model has a rate: whose turn it is. */
  queue?: QueueView;
  /** Where the server has budgets: the asking person's. */
  budgets?: BudgetsView;
}

/** The header of every list that has the cursor to ask with (`?since=…`) for what changes after it. */
export const runsCursorHeader = 'runs-cursor';

/**
 * The header of a list that has only what changed since a cursor, which is its value. A list
 * without it is whole: a run that is not in it (nor in its other pieces) is there no more.
 */
export const runsSinceHeader = 'runs-since';

/** Whether a run has come to its end, whichever. */
export function hasEnded({ state }: Pick<Run, 'state'>): boolean {
  return state !== 'uploading' && state !== 'waiting' && state !== 'answering';
}

/**
 * Whether the server has the whole request of a run. One that is `interrupted` was given up by its
 * sender, or lost: which, the server tells when it is asked to start it anew.
 */
export function isTakenUp({ state }: Pick<Run, 'state'>): boolean {
  return state !== 'uploading' && state !== 'interrupted';
}

/** How long a run took, by the server's clock, in ms; null as long as it has not ended. */
export function durationOf({
  createdAt,
  endedAt,
}: Pick<Run, 'createdAt' | 'endedAt'>): number | null {
  return endedAt === null ? null : endedAt - createdAt;
}

/** Whether a text is a UUID, as the key of a run has to be (RFC 9562, any version). */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
