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
