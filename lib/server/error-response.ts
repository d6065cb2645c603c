import 'server-only';
import { ApiError, type ErrorEnvelope } from '../core/errors';

/** The headers of every answer under /api: nothing stored, compressed, buffered or guessed. */
export const apiHeaders = {
  'cache-control': 'no-store, no-transform',
  'x-content-type-options': 'nosniff',
} as const;

/** A JSON answer of the API. */
export function jsonResponse(
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...apiHeaders, 'content-type': 'application/json', ...headers },
  });
}

/**
 * An error in the envelope. Where a repeat could be charged again, it carries `x-should-retry:
 * false`, which keeps the official SDKs from repeating by themselves.
 */
export function errorResponse(
  error: ApiError | { status: number; envelope: ErrorEnvelope; safeToRepeat: boolean },
  headers: Record<string, string> = {},
): Response {
  const envelope = error instanceof ApiError ? error.toEnvelope() : error.envelope;
  const retry: Record<string, string> = error.safeToRepeat ? {} : { 'x-should-retry': 'false' };
  return jsonResponse(envelope, { status: error.status, headers: { ...retry, ...headers } });
}
