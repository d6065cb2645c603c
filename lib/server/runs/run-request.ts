import 'server-only';
import { ApiError } from '../../core/api-error';
import { isUuid } from '../../core/runs/run';

/**
 * Whether a POST asks for a run: it has a key and prefers an asynchronous answer (RFC 7240). Either
 * alone is the plain mirror's.
 */
export function asksForRun(headers: Headers): boolean {
  return headers.has('idempotency-key') && prefersAsync(headers.get('prefer') ?? '');
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

// A list of preferences, each a token with perhaps a value and parameters; commas may stand quoted.
function prefersAsync(prefer: string): boolean {
  return prefer
    .replace(/"(?:[^"\\]|\\.)*"/g, '')
    .split(',')
    .some((preference) => /^\s*respond-async\s*(?:[=;]|$)/i.test(preference));
}
