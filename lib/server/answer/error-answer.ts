import 'server-only';
import {
  ApiError,
  addressHint,
  type ErrorCode,
  type ErrorEnvelope,
  forOperatorWords,
  pageWords,
  readErrorEnvelope,
} from '../../core/api-error';
import {
  isContentRefusal,
  isHeldBack,
  isQuotaSpent,
  readGatewayError,
} from '../../core/gateway-error';
import { readUpTo } from '../request/body-reader';
import { type SilenceWatch, type UpstreamAnswer, upstreamSilent } from '../upstream';
import { decompressed } from './decompress';
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
    isNothing: isNothing({ safeToRepeat: error.safeToRepeat, message: envelope.error.message }),
    pieces: only(Buffer.from(JSON.stringify(envelope))),
    abort() {},
  };
}

/** Whether nothing was carried out. A picture that was made and held back may be charged. */
export function isNothing(error: { safeToRepeat: boolean; message: string }): boolean {
  return error.safeToRepeat && !isHeldBack(error.message);
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
  const encoding = answer.header('content-encoding');
  const text = scrubText(await readText(answer.body, encoding, watch), secret);
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

// Clients and proxies take some 8 KB of headers, and lose an answer that has more.
const plausible: Record<string, RegExp> = {
  'retry-after': /^[\w ,:.+-]{1,40}$/,
  'x-request-id': /^[\x20-\x7e]{1,200}$/,
};

/**
 * Those of the gateway's headers that pass, scrubbed, if they look as they should. `content-type` is set by
 * who reads the body.
 */
export function passedHeaders(
  { header }: Pick<UpstreamAnswer, 'header'>,
  secret: string | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(plausible).flatMap(([name, form]) => {
      const value = header(name)?.trim();
      return value === undefined || !form.test(value) ? [] : [[name, scrubText(value, secret)]];
    }),
  );
}

async function readText(
  compressed: AsyncIterator<Uint8Array>,
  encoding: string | undefined,
  watch: SilenceWatch,
): Promise<string> {
  const source = { [Symbol.asyncIterator]: () => compressed };
  const body = decompressed(source, encoding)[Symbol.asyncIterator]();
  const next = async () => {
    watch.begin(upstreamSilent);
    try {
      const { done, value } = await body.next();
      return done ? undefined : value;
    } catch {
      // The connection or the compression broke in the middle of the words: what has come is said.
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

/** Deeper JSON is read as text: writing it again would exceed the stack. */
const mostLevels = 64;

function levelsOf(text: string): number {
  let [level, most] = [0, 0];
  // A string without its end goes to the end of the text, or each of its quotes would be tried as a start.
  for (const mark of text.replace(/"(?:[^"\\]|\\.)*"?/g, '').match(/[[\]{}]/g) ?? []) {
    level += mark === '[' || mark === '{' ? 1 : -1;
    most = Math.max(most, level);
  }
  return most;
}

function parseJson(text: string): unknown {
  if (levelsOf(text) > mostLevels) return undefined;
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
  if (![301, 302, 303, 307, 308].includes(status)) {
    return new ApiError({
      code: 'upstream_invalid_answer',
      message: `The gateway answered ${status}, which is no answer to this request.`,
    });
  }
  return new ApiError({
    code: 'upstream_invalid_answer',
    message:
      `The gateway answered with a redirect (${status}), which is not followed. ` +
      `${forOperatorWords} set TURING_BASE_URL to the final address.`,
  });
}
