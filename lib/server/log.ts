import 'server-only';
import { format, stripVTControlCharacters } from 'node:util';
import { type Logger, pino } from 'pino';
import { ApiError } from '../core/api-error';
import type { EndpointName } from '../core/models/model';
import type { Run, RunState } from '../core/runs/run';
import { singleton } from './singleton';

/**
 * The log of this process: one JSON object per line on standard output, without prompts or keys, and
 * without control characters, which a terminal would obey.
 */
export function log(): Logger {
  return singleton('log', () =>
    pino({
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: { streamWrite: escapeControls },
    }),
  );
}

/** JSON without the control characters that it allows: DEL, C1 (ECMA-48), and two ends of line. */
export function escapeControls(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** From now on the log has what others print too: Next quotes requests, as they came, in many lines. */
export function logConsole(): void {
  for (const [method, level] of [
    ['debug', 'debug'],
    ['log', 'info'],
    ['info', 'info'],
    ['warn', 'warn'],
    ['error', 'error'],
    ['trace', 'error'],
  ] as const) {
    console[method] = (...values: unknown[]) =>
      log()[level](stripVTControlCharacters(format(...values)));
  }
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log().warn({ err: warning }, 'warning'));
}

/** The status in our log of a request whose client went away. */
export const clientGone = 499;

/** What the log says of one request. Of what a visitor wrote it has only the name. */
export interface LoggedRequest {
  /** The name of the caller, where people sign in. */
  user?: string;
  /** The id of the run; the plain mirror has none. */
  run?: string;
  endpoint?: EndpointName;
  /** Of the catalogue; null or none: the request failed a check before its model was known. */
  model?: string | null;
  state?: RunState;
  /** HTTP status of the request, or of the answer of its run; null: there was none. */
  status: number | null;
  ms: number;
  /** Of the answer. */
  bytes?: number;
  /** How many pictures it asks for; none: it was not sent. */
  asked?: number;
  /** How many whole pictures the gateway has returned. */
  returned?: number;
  /** Why it failed: an ApiError, or the `error` of an envelope of the gateway. */
  error?: unknown;
}

/**
 * Writes one line: for each request of the mirror, for each run when it ends, for each start that was
 * refused, and for each delete. Polls and reads of answers have no line, since they cost nothing and
 * would hide the rest. Of an error only the code is written: its message may quote the request.
 */
export function logRequest(
  kind: 'mirror' | 'run' | 'start' | 'delete',
  { error, ...facts }: LoggedRequest,
): void {
  log().info({ ...facts, ...(error ? { code: codeOf(error) } : {}) }, kind);
}

/** Writes the line of a run that has ended. @param more what is not known after a restart */
export function logRun(
  run: Run,
  more: Pick<LoggedRequest, 'user' | 'asked' | 'returned'> = {},
): void {
  const { id, endpoint, model, state, status, createdAt, endedAt, bytes, error } = run;
  const ms = (endedAt ?? createdAt) - createdAt;
  logRequest('run', { ...more, run: id, endpoint, model, state, status, ms, bytes, error });
}

/** The code of an ApiError, or of the `error` of an envelope of the gateway. */
export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  if (error instanceof ApiError) return error.code;
  // A code of the gateway comes from the wire, so it is written only if it looks like a code.
  return typeof code === 'string' && /^[\w.-]{1,64}$/.test(code) ? code : 'other';
}
