import 'server-only';
import type { ApiError, ErrorCode } from '../../core/api-error';

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

// When there may be room again, or a server again.
const retryAfterSeconds: Partial<Record<ErrorCode, number>> = {
  spool_full: 60,
  server_stopping: 5,
};

/** An error in the envelope. */
export function errorResponse(error: ApiError, headers: Record<string, string> = {}): Response {
  const seconds = retryAfterSeconds[error.code];
  return jsonResponse(error.toEnvelope(), {
    status: error.status,
    headers: {
      ...retryHeaders(error),
      ...(seconds === undefined ? {} : { 'retry-after': String(seconds) }),
      ...headers,
    },
  });
}

/**
 * Where a repeat could be charged again, `x-should-retry: false` keeps the official SDKs from
 * repeating by themselves.
 */
export function retryHeaders(error: { safeToRepeat: boolean }): Record<string, string> {
  return error.safeToRepeat ? {} : { 'x-should-retry': 'false' };
}
