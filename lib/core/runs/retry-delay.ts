/**
 * The seconds that a `Retry-After` header asks to wait, from either of its forms (RFC 9110, 10.2.3).
 * @param now in ms since 1970, to measure a date against
 * @returns undefined if it is absent or says nothing sensible
 */
export function readRetryAfter(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  // Date.parse takes almost anything; a date of HTTP has letters and a time.
  const date = /[a-z].*\d:\d\d/i.test(text) ? Date.parse(asUtc(text)) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

// The oldest form of a date (asctime) names no zone; all of HTTP's are UTC.
function asUtc(date: string): string {
  return /(GMT|UTC|Z|[+-]\d{4})$/i.test(date) ? date : `${date} GMT`;
}

/** How often a request is sent in all, the first time included. */
export const mostTries = 5;
const firstWaitMs = 2000;
const longestWaitSeconds = 10 * 60;
// Spreads the retries of tabs that were refused at the same time.
const spreadMs = 1000;
/** The longest delay before a retry, in ms. */
export const longestDelayMs = longestWaitSeconds * 1000 + spreadMs;

// A restart takes less. After that a retry needs a click.
const longestRestartMs = 10 * 60 * 1000;
const restartCheckMs = 5000;

/**
 * How long to wait for a server that is being stopped or restarted, before the same request is sent
 * to it again.
 * @param waitedMs since the run was asked for
 * @param random from 0 to below 1
 */
export function restartDelay({
  waitedMs,
  retryAfterSeconds,
  random,
}: {
  waitedMs: number;
  retryAfterSeconds: number | null;
  random: () => number;
}): RetryDelay {
  if (waitedMs >= longestRestartMs) return { giveUp: 'too_long' };
  const asked = Math.min((retryAfterSeconds ?? 0) * 1000, longestRestartMs);
  return { waitMs: Math.round(Math.max(restartCheckMs, asked) + random() * spreadMs) };
}

/** The delay before the next retry, or why there is no automatic one. */
export type RetryDelay = { waitMs: number } | { giveUp: 'too_many' | 'too_long' };

/**
 * How long to wait after a 429: twice as long each time, drawn from the upper half of that span, and
 * never less than the server asked for. A pause that nobody would sit through is left to a click.
 * @param tries how often the request has been sent already, at least once
 * @param random from 0 to below 1
 */
export function retryDelay({
  tries,
  retryAfterSeconds,
  random,
}: {
  tries: number;
  retryAfterSeconds: number | null;
  random: () => number;
}): RetryDelay {
  if (tries >= mostTries) return { giveUp: 'too_many' };
  const asked = retryAfterSeconds ?? 0;
  if (asked > longestWaitSeconds) return { giveUp: 'too_long' };
  const drawn = random();
  const span = firstWaitMs * 2 ** Math.max(0, tries - 1);
  const ours = (span / 2) * (1 + drawn);
  const theirs = asked * 1000 + drawn * spreadMs;
  return { waitMs: Math.round(Math.max(ours, theirs)) };
}
