import 'server-only';
import { ApiError } from '../../core/api-error';
import { isUuid } from '../../core/runs/run';

/** The longest that a client may ask to wait for a change (`Prefer: wait=…`), in seconds. */
const maxWaitSeconds = 25;

/**
 * Whether a POST asks for a run: it has a key and prefers an asynchronous answer (RFC 7240). Either
 * alone is the plain mirror's.
 */
export function asksForRun(headers: Headers): boolean {
  return headers.has('idempotency-key') && preference(headers, 'respond-async') !== undefined;
}

/** The id of the run that a POST asks for. @throws ApiError `invalid_value` */
export function readRunId(headers: Headers): string {
  const key = headers.get('idempotency-key')?.trim() ?? '';
  if (isUuid(key)) return key.toLowerCase();
  throw new ApiError({
    code: 'invalid_value',
    param: 'Idempotency-Key',
    message:
      'With Prefer: respond-async the Idempotency-Key must be a UUID such as ' +
      '123e4567-e89b-42d3-a456-426614174000; it names the run.',
  });
}

/** For how many seconds a GET would wait for something new (RFC 7240, 4.3); 0: not at all. */
export function readWait(headers: Headers): number {
  const seconds = preference(headers, 'wait') ?? '';
  return /^\d+$/.test(seconds) ? Math.min(Number(seconds), maxWaitSeconds) : 0;
}

/** The value of a preference (RFC 7240, 2), '' where it has none; undefined: it is not asked for. */
function preference(headers: Headers, name: string): string | undefined {
  // Commas may stand in quotes.
  for (const part of (headers.get('prefer') ?? '').match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? []) {
    const [, token, value = ''] =
      /^\s*([^\s=;"]+)\s*(?:=\s*("[^"]*"|[^\s;]*)|;|$)/.exec(part) ?? [];
    if (token?.toLowerCase() === name) return value.replace(/"/g, '');
  }
  return undefined;
}
