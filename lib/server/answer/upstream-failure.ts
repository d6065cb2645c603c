import 'server-only';
import { ApiError } from '../../core/api-error';
import { uploadCutWords } from '../../core/upstream-words';
import { log } from '../log';

// Nothing of the request can have arrived.
const notConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const cut = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/**
 * Puts what went wrong on the way to the gateway's answer into an error for the client.
 * @param reason why the call was aborted, if it was
 * @param sent whether the whole request may have arrived upstream
 */
export function upstreamFailure({
  error,
  reason,
  sent,
}: {
  error: unknown;
  reason: unknown;
  sent: boolean;
}): ApiError {
  if (error instanceof ApiError) return error;
  if (reason instanceof ApiError) return reason;
  const code = errorCode(error);
  if (notConnected.has(code) || code.startsWith('ERR_TLS') || code.includes('CERT')) {
    return unreachable(`The gateway cannot be reached (${code}). Nothing was sent.`, 'nothing');
  }
  if (cut.has(code) && !sent) {
    return unreachable(uploadCutWords, 'nothing');
  }
  if (cut.has(code)) {
    return unreachable(
      'The gateway closed the connection without an answer. It may have carried out the ' +
        'request, and charged it, all the same.',
      'unknown',
    );
  }
  if (code.startsWith('HPE_') || code.startsWith('UND_ERR_')) {
    return new ApiError({
      code: 'upstream_invalid_answer',
      message: `The gateway's answer is not HTTP (${code}). It may have been charged.`,
    });
  }
  log().error({ err: error }, 'unexpected failure');
  return new ApiError({ code: 'server_error', message: 'The playground failed unexpectedly.' });
}

function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

function unreachable(message: string, outcome: 'nothing' | 'unknown'): ApiError {
  return new ApiError({ code: 'upstream_unreachable', message, outcome });
}
