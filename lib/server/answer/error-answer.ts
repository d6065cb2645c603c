import 'server-only';
import {
  ApiError,
  addressHint,
  type ErrorCode,
  type ErrorEnvelope,
  forOperatorWords,
  pageWords,
  readErrorEnvelope,
  uploadCutWords,
} from '../../core/api-error';
import { isContentRefusal, isQuotaSpent, readGatewayError } from '../../core/gateway-error';
import { log } from '../log';
import { readUpTo } from '../request/body-reader';
import { type SilenceWatch, type UpstreamAnswer, upstreamSilent } from '../upstream';
import { type CheckedAnswer, retryHeaders } from './response';
import { scrubText } from './scrub';

const maxErrorBytes = 256 * 1024;
const maxMessageCharacters = 2000;

/** An error that the gateway has put into words. */
export interface UpstreamError {
  status: number;
  envelope: ErrorEnvelope;
  safeToRepeat: boolean;
}

/** An error of the server or of the gateway as an answer with the error envelope. */
export function errorAnswer(
  error: ApiError | UpstreamError,
  headers: Record<string, string> = {},
): CheckedAnswer {
  const envelope = error instanceof ApiError ? error.toEnvelope() : error.envelope;
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', ...retryHeaders(error), ...headers },
    error: readErrorEnvelope(envelope)?.error ?? null,
    pieces: only(Buffer.from(JSON.stringify(envelope))),
    abort() {},
  };
}

async function* only(piece: Uint8Array): AsyncGenerator<Uint8Array, undefined> {
  yield piece;
}

/**
 * Turns a gateway's answer with a status of 300 or more into one for the client. An error envelope keeps
 * its words and its 4xx status. A redirect and a refused key become 502, since only the operator can
 * do something about them.
 * @param watch bounds each wait for more of the words
 * @param secret is overwritten, also where the gateway echoes it
 */
export async function refusedAnswer(
  answer: UpstreamAnswer,
  watch: SilenceWatch,
  secret: string | undefined,
): Promise<CheckedAnswer> {
  const { status } = answer;
  const text = scrubText(await readText(answer.body, watch), secret);
  const headers = passedHeaders(answer, secret);
  if (status < 400) return errorAnswer(redirected(status), headers);
  const isKeyRefusal = status === 401 || status === 403;
  const envelope = readEnvelope(text, status, secret);
  const { error } = envelope;
  if (isContentRefusal(error)) {
    const isUsual = status < 500 && !isKeyRefusal;
    const refusal = { ...envelope, error: { ...error, code: contentFilter } };
    return errorAnswer(
      isUsual
        ? { status, envelope, safeToRepeat: true }
        : { status: 400, envelope: refusal, safeToRepeat: true },
      headers,
    );
  }
  // Nothing was made, but the SDKs would try it again twice.
  if (isQuotaSpent({ status, ...error })) headers['x-should-retry'] = 'false';
  if (isKeyRefusal) return errorAnswer(keyRefused(status, error.message), headers);
  return errorAnswer(
    {
      status: status <= 504 ? status : 502,
      envelope: hasWrongAddress(status, text, error) ? withAddressHint(envelope) : envelope,
      // After 408, 409 and 5xx the work may have been done; the SDKs would repeat the request.
      safeToRepeat: status < 500 && status !== 408 && status !== 409,
    },
    headers,
  );
}

const contentFilter: ErrorCode = 'contentFilter';

// A base URL that ends too early or too late leads to addresses that the gateway does not know.
function hasWrongAddress(status: number, text: string, error: ErrorEnvelope['error']): boolean {
  if (status !== 404 && status !== 405) return false;
  const isAboutModel = /model/i.test(`${error.code} ${error.param} ${error.message}`);
  return isPage(text) || !isAboutModel;
}

function withAddressHint(envelope: ErrorEnvelope): ErrorEnvelope {
  const { error } = envelope;
  const said = error.message.replace(/[.\s]*$/, '.');
  return {
    ...envelope,
    error: { ...error, message: `${said} ${forOperatorWords} ${addressHint}` },
  };
}

/** Those of the gateway's headers that pass, scrubbed. `content-type` is set by who reads the body. */
export function passedHeaders(
  { header }: Pick<UpstreamAnswer, 'header'>,
  secret: string | undefined,
): Record<string, string> {
  return Object.fromEntries(
    ['retry-after', 'x-request-id'].flatMap((name) => {
      const value = header(name);
      return value === undefined ? [] : [[name, scrubText(value, secret)]];
    }),
  );
}

async function readText(body: AsyncIterator<Uint8Array>, watch: SilenceWatch): Promise<string> {
  const next = async () => {
    watch.begin(upstreamSilent);
    try {
      const { done, value } = await body.next();
      return done ? undefined : value;
    } catch {
      // The connection broke in the middle of the words: what has come is said.
      return undefined;
    } finally {
      watch.end();
    }
  };
  const { bytes } = await readUpTo(next, maxErrorBytes);
  void body.return?.();
  return bytes.subarray(0, maxErrorBytes).toString('utf8');
}

// An envelope passes as it is, with further fields; anything else is wrapped into one.
function readEnvelope(text: string, status: number, secret: string | undefined): ErrorEnvelope {
  // Once more without escapes, in which the secret may have been written.
  const parsed = parseJson(scrubText(JSON.stringify(parseJson(text)) ?? '', secret));
  const said = readGatewayError(parsed);
  const { error } = { ...(parsed as { error?: { message?: unknown } } | undefined) };
  if (said && typeof error?.message === 'string' && error.message !== '') {
    // The further fields of both objects pass; what clients rely on is there and of its type.
    return { ...(parsed as object), error: { ...error, ...said.error } };
  }
  const fallback =
    status === 429
      ? { type: 'rate_limit_error', code: 'rate_limit_exceeded' }
      : status >= 500
        ? { type: 'server_error', code: 'server_error' }
        : { type: 'invalid_request_error', code: null };
  const message = said?.error.message || plainText(text) || wordless(status);
  const { param = null, code = null } = said?.error ?? {};
  const shown = message.slice(0, maxMessageCharacters);
  return { error: { ...fallback, message: shown, param, code: code ?? fallback.code } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^[\s\uFEFF]+/, ''));
  } catch {
    return undefined;
  }
}

// The words of a proxy's error page, without its tags.
function plainText(text: string): string {
  const words = isPage(text) ? pageWords(text) : text.replace(/\s+/g, ' ').trim();
  return words.slice(0, maxMessageCharacters);
}

function wordless(status: number): string {
  return `The gateway answered ${status}.`;
}

function isPage(text: string): boolean {
  return /^[\s\uFEFF]*</.test(text);
}

function keyRefused(status: number, words: string): ApiError {
  const said = words === wordless(status) ? '' : `: ${words.replace(/[.\s]*$/, '')}`;
  return new ApiError({
    code: 'upstream_auth',
    message:
      `The gateway refused this server's key (${status})${said}. ${forOperatorWords} ` +
      'check TURING_API_KEY and TURING_BASE_URL.',
  });
}

function redirected(status: number): ApiError {
  return new ApiError({
    code: 'upstream_invalid_answer',
    message:
      `The gateway answered with a redirect (${status}), which is not followed. ` +
      `${forOperatorWords} set TURING_BASE_URL to the final address.`,
  });
}

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
  if (code.startsWith('HPE_') || code.startsWith('UND_ERR_')) {
    return new ApiError({
      code: 'upstream_invalid_answer',
      message: `The gateway's answer is not valid HTTP (${code}). It may have been charged.`,
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
