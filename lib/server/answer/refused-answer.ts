import 'server-only';
import { ApiError, type ErrorEnvelope, readErrorEnvelope } from '../../core/api-error';
import { pageWords } from '../../core/page-words';
import { forOperatorWords } from '../../core/upstream-words';
import { type CheckedAnswer, errorAnswer } from './checked-answer';
import { scrubText } from './scrub';

const maxErrorBytes = 256 * 1024;
const maxMessageCharacters = 2000;

/** What is left of an upstream answer of 300 or more: its status, headers, and body as text. */
export interface RefusedAnswer {
  status: number;
  header(name: string): string | undefined;
  body: AsyncIterator<Uint8Array>;
}

/**
 * Turns an upstream answer with a status of 300 or more into ours. An envelope keeps its words and
 * its 4xx status; a redirect and a refused key become 502, since they are nothing that the visitor
 * could answer.
 * @param secret what must not get out, even if upstream echoes it
 */
export async function refusedAnswer(
  answer: RefusedAnswer,
  secret: string | undefined,
): Promise<CheckedAnswer> {
  const { status } = answer;
  const text = scrubText(await readText(answer.body), secret);
  const headers = passedHeaders(answer, secret);
  if (status === 401 || status === 403) return errorAnswer(keyRefused(status), headers);
  if (status < 400) return errorAnswer(redirected(status), headers);
  return errorAnswer(
    {
      status: status >= 400 && status <= 504 ? status : 502,
      envelope: readEnvelope(text, status),
      // 408, 409 and 5xx leave open whether the work was done; the SDKs would repeat them.
      safeToRepeat: status < 500 && status !== 408 && status !== 409,
    },
    headers,
  );
}

/** The headers of upstream that pass, whatever the status; `content-type` is decided by the body. */
export function passedHeaders(
  { header }: Pick<RefusedAnswer, 'header'>,
  secret: string | undefined,
): Record<string, string> {
  return Object.fromEntries(
    ['retry-after', 'x-request-id'].flatMap((name) => {
      const value = header(name);
      return value === undefined ? [] : [[name, scrubText(value, secret)]];
    }),
  );
}

async function readText(body: AsyncIterator<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    while (length < maxErrorBytes) {
      const { done, value } = await body.next();
      if (done) break;
      chunks.push(value);
      length += value.length;
    }
  } catch {
    // The connection broke in the middle of the words: what came is said.
  }
  void body.return?.();
  return Buffer.concat(chunks).subarray(0, maxErrorBytes).toString('utf8');
}

// An envelope comes as it is, with whatever else it holds; anything else is wrapped into one.
function readEnvelope(text: string, status: number): ErrorEnvelope {
  const parsed = parseJson(text);
  const envelope = readErrorEnvelope(parsed);
  if (envelope && typeof (parsed as { error: unknown }).error === 'object') {
    return parsed as ErrorEnvelope;
  }
  const fallback =
    status === 429
      ? { type: 'rate_limit_error', code: 'rate_limit_exceeded' }
      : status >= 500
        ? { type: 'server_error', code: 'server_error' }
        : { type: 'invalid_request_error', code: null };
  const message = envelope?.error.message || plainText(text) || `The gateway answered ${status}.`;
  return { error: { message, param: null, ...fallback } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// An error page of a proxy: its words, without its tags.
function plainText(text: string): string {
  const words = /^\s*</.test(text) ? pageWords(text) : text.replace(/\s+/g, ' ').trim();
  return words.slice(0, maxMessageCharacters);
}

function keyRefused(status: number): ApiError {
  return new ApiError({
    code: 'upstream_auth',
    message:
      `The gateway refused this server's key (${status}). ${forOperatorWords} ` +
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
