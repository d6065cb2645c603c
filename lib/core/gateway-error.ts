import { type ErrorEnvelope, readErrorEnvelope, wordsOf } from './api-error';

/**
 * Reads the error in a parsed JSON body that is no answer, as gateways and what stands before them
 * write it: OpenAI's envelope, `{error: "text"}`, a list with one of these in it (Google),
 * `{detail}` or `{detail: [{loc, msg}]}` (FastAPI), `{message}`, `{msg}`, `{errors: […]}`, or a text.
 * @returns undefined if it says nothing; `error` may be empty or null beside good contents
 */
export function readGatewayError(body: unknown): ErrorEnvelope | undefined {
  const parts = Array.isArray(body) ? body : [body];
  const envelope = parts.map(readErrorEnvelope).find((found) => found !== undefined);
  if (envelope) return envelope;
  if (isAnswer(body)) return undefined;
  const message = wordsOf(body);
  if (message === '') return undefined;
  const { code } = { code: null, ...(typeof body === 'object' ? body : {}) } as { code: unknown };
  const name = typeof code === 'string' || typeof code === 'number' ? String(code) : null;
  return { error: { message, type: 'server_error', param: null, code: name } };
}

/** Whether an error refuses the content, in OpenAI's, Azure's, Alibaba's and Volcengine's words. */
export function isContentRefusal({
  code,
  type,
  message,
}: {
  code: string | null;
  type?: string;
  message: string;
}): boolean {
  const refusals =
    /^(contentfilter|moderationblocked|contentpolicyviolation|responsibleaipolicyviolation|datainspectionfailed|input(text|image)sensitivecontentdetected)$/;
  const isRefusal = (name = '') => refusals.test(name.toLowerCase().replace(/[^a-z]/g, ''));
  return isRefusal(code ?? '') || isRefusal(type) || isHeldBack(message);
}

/** Whether a message says that a picture was made and held back (contract, "Errors and time"). */
export function isHeldBack(message: string): boolean {
  return /generated image was filtered/i.test(message);
}

/** Whether an error says that the gateway's account is used up: waiting does not help. */
export function isQuotaSpent({
  status,
  code,
  type,
}: {
  status: number;
  code: string | null;
  type?: string;
}): boolean {
  const isSpent = (name: string | null = '') =>
    name === 'insufficient_quota' || name === 'billing_hard_limit_reached';
  return status === 402 || isSpent(code) || isSpent(type);
}

// What an answer holds; some gateways write a `message` beside it.
function isAnswer(body: unknown): boolean {
  const { data, choices } = { ...(body as { data?: unknown; choices?: unknown } | null) };
  return [data, choices].some((list) => Array.isArray(list) && list.length > 0);
}
