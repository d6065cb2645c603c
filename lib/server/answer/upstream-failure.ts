import 'server-only';
import { ApiError, uploadCutWords } from '../../core/api-error';
import { log } from '../log';

// Codes of errors after which nothing of the request can have arrived.
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
 * The error for a client whose request got no answer of the gateway.
 * @param error what the call threw
 * @param reason of the signal, if the call was aborted
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
  if (error instanceof Error && /^Proxy (response|Authentication)/.test(error.message)) {
    const words = `The proxy did not let the request through: ${error.message}. Nothing was sent.`;
    return unreachable(words, 'nothing');
  }
  if (notConnected.has(code) || code.startsWith('ERR_TLS') || code.includes('CERT')) {
    return unreachable(`The gateway cannot be reached (${code}). Nothing was sent.`, 'nothing');
  }
  if (cut.has(code) && !sent) {
    return unreachable(uploadCutWords, 'nothing');
  }
  if (cut.has(code)) {
    return unreachable(
      'The gateway closed the connection without an answer. ' +
        'It may still have carried out the request and charged it.',
      'unknown',
    );
  }
  // undici gives some errors of its parser no code.
  const isUnreadable = error instanceof Error && error.name === 'HTTPParserError';
  if (isUnreadable || code.startsWith('HPE_') || code.startsWith('UND_ERR_')) {
    const what = code === '' ? '' : ` (${code})`;
    return new ApiError({
      code: 'upstream_invalid_answer',
      message: `The gateway's answer is not valid HTTP${what}. It may have been charged.`,
    });
  }
  log().error({ err: error }, 'unexpected failure');
  return new ApiError({ code: 'server_error', message: 'The server failed unexpectedly.' });
}

function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

function unreachable(message: string, outcome: 'nothing' | 'unknown'): ApiError {
  return new ApiError({ code: 'upstream_unreachable', message, outcome });
}
