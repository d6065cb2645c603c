import { formatDuration } from './format-duration';

/** How long something took: `1.6 s`, or as a stopwatch has it from a minute on. */
export function formatLength(milliseconds: number, locale: string): string {
  if (milliseconds >= 59_950) return formatDuration(milliseconds);
  const seconds = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return `${seconds.format(milliseconds / 1000)} s`;
}
