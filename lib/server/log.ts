import 'server-only';
import { type Logger, pino } from 'pino';
import { ApiError } from '../core/api-error';
import type { EndpointName } from '../core/models/model';
import type { Run, RunState } from '../core/runs/run';
import { singleton } from './singleton';

/** The log of this process: one JSON object a line on standard output; never prompts or keys. */
export function log(): Logger {
  return singleton('log', () => pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }));
}

/** The status in our log of a request whose client went away. */
export const clientGone = 499;

/** What the log says of one request. Nothing of it but the name is what a visitor wrote. */
export interface LoggedRequest {
  /** The name of who asked, where people sign in. */
  user?: string;
  /** The id of the run; none of the plain mirror. */
  run?: string;
  endpoint?: EndpointName;
  /** Of the catalogue; null or none: the request failed a check before its model was known. */
  model?: string | null;
  state?: RunState;
  /** HTTP status that the request, or the answer of its run, had; null: there was none. */
  status: number | null;
  ms: number;
  /** Of the answer. */
  bytes?: number;
  /** Why it failed: an error, ours or the gateway's. */
  error?: unknown;
}

/**
 * One line for each request that goes upstream, would have gone, or ends one that did: requests of
 * the mirror, runs (at their end), starts that were refused, deletes. Polls and reads of answers
 * cost nothing and come by the second; they have none. An error stands there by its code, since its
 * message may quote the request.
 */
export function logRequest(
  kind: 'mirror' | 'run' | 'start' | 'delete',
  { error, ...facts }: LoggedRequest,
): void {
  log().info({ ...facts, ...(error ? { code: codeOf(error) } : {}) }, kind);
}

/** The line of a run that has ended. @param user who started it, where that is still known */
export function logRun(run: Run, user?: string): void {
  const { id, endpoint, model, state, status, createdAt, endedAt, bytes, error } = run;
  const ms = (endedAt ?? createdAt) - createdAt;
  logRequest('run', { user, run: id, endpoint, model, state, status, ms, bytes, error });
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  if (error instanceof ApiError) return error.code;
  // The gateway's own code comes from the wire: only what looks like one is written down.
  return typeof code === 'string' && /^[\w.-]{1,64}$/.test(code) ? code : 'other';
}
