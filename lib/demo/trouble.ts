import { ApiError } from '../core/api-error';

/** A word that makes the demo gateway misbehave when it stands in a prompt. */
export interface Trouble {
  word: string;
  name: TroubleName;
  en: string;
  zh: string;
}

export type TroubleName =
  | 'rate-limit'
  | 'rate-limit-no-header'
  | 'rate-limit-once'
  | 'prompt-refused'
  | 'output-refused'
  | 'slow'
  | 'server-error'
  | 'broken'
  | 'fewer'
  | 'strict-signatures';

const trouble = (name: TroubleName, en: string, zh: string): Trouble => ({
  word: `[${name}]`,
  name,
  en,
  zh,
});

/** Every trouble on request; the README lists them. */
export const troubles: readonly Trouble[] = [
  trouble('rate-limit', '429 with Retry-After: 2', '429，带 Retry-After: 2'),
  trouble('rate-limit-no-header', '429 without Retry-After', '429，不带 Retry-After'),
  trouble(
    'rate-limit-once',
    '429 with Retry-After: 1 the first time for this prompt and user, then success',
    '同一提示词与用户首次返回 429（Retry-After: 1），再次请求成功',
  ),
  trouble(
    'prompt-refused',
    '400, error.code "contentFilter"',
    '400，error.code 为 "contentFilter"',
  ),
  trouble(
    'output-refused',
    '400, error.message "Generated image was filtered …"',
    '400，error.message 为 "Generated image was filtered …"',
  ),
  trouble('slow', 'twenty times the usual latency', '延迟为平时的 20 倍'),
  trouble('server-error', '500 in the error envelope', '500 错误'),
  trouble(
    'broken',
    'the answer breaks off in the middle of a picture: JSON ends early, a stream loses its connection',
    '回答在图片中途中断：JSON 提前结束，流式连接断开',
  ),
  trouble(
    'fewer',
    'about half of the pictures asked for, at least one',
    '只返回约一半的图片，至少一张',
  ),
  trouble(
    'strict-signatures',
    'chat: 400 if a picture of the assistant comes back without its thought_signature',
    '对话：助手图片缺少 thought_signature 时返回 400',
  ),
];

/** How many times longer a slow answer takes. */
export const slowness = 20;

/** The troubles that a prompt asks for. */
export function troublesIn(prompt: string): Set<TroubleName> {
  const found = troubles.filter(({ word }) => prompt.includes(word));
  return new Set(found.map(({ name }) => name));
}

/** An error that is answered with further headers. */
export class RefusedForNow extends ApiError {
  constructor(readonly retryAfterSeconds: number | null) {
    super({
      code: 'rate_limit_exceeded',
      message:
        retryAfterSeconds === null
          ? 'Rate limit reached. Try again later.'
          : `Rate limit reached. Try again in ${retryAfterSeconds} s.`,
    });
  }
}

/** The review of a finished picture: known by its message alone (contract, "Errors and time"). */
export class OutputRefused extends Error {
  readonly status = 400;
  readonly envelope = {
    error: {
      message:
        'Generated image was filtered by the content filter. Change the prompt and try again.',
      type: 'invalid_request_error',
      param: null,
      code: null,
    },
  };
}

/** Remembers which prompts have been refused once already. */
export function createRefusalMemory(): { isFirst(key: string): boolean } {
  const seen = new Set<string>();
  return {
    isFirst(key) {
      if (seen.has(key)) return false;
      // A bound, not a policy: after ten thousand others a prompt is refused once more.
      if (seen.size >= 10_000) seen.clear();
      seen.add(key);
      return true;
    },
  };
}

/**
 * Throws what refuses a request before any work is done on it.
 * @param isFirst whether this prompt and user come for the first time
 */
export function refuseAtOnce(asked: ReadonlySet<TroubleName>, isFirst: () => boolean): void {
  if (asked.has('rate-limit')) throw new RefusedForNow(2);
  if (asked.has('rate-limit-no-header')) throw new RefusedForNow(null);
  if (asked.has('rate-limit-once') && isFirst()) throw new RefusedForNow(1);
  if (asked.has('prompt-refused')) {
    throw new ApiError({
      code: 'contentFilter',
      message: 'The prompt was refused by the content filter. Reword it and try again.',
    });
  }
}

/** Whether a request fails after the time that a picture takes. */
export function failsAfterWork(asked: ReadonlySet<TroubleName>): boolean {
  return asked.has('output-refused') || asked.has('server-error');
}

/** Throws what goes wrong after the time that a picture takes. */
export function failAfterWork(asked: ReadonlySet<TroubleName>): void {
  if (asked.has('output-refused')) throw new OutputRefused();
  if (asked.has('server-error')) {
    throw new ApiError({ code: 'server_error', message: 'The demo gateway failed on request.' });
  }
}
