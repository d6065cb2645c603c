// The browser's first number format, and its first of dates, take 25 ms each, and a slow phone more. What the card of
// a picture that arrives says is written without them; both languages write decimals alike.

const byteUnits = ['kB', 'MB', 'GB'];

/** `2.4 MB`: decimal units, as file managers show them. */
export function formatBytes(bytes: number, locale: string): string {
  if (bytes < 1000) {
    const whole = { style: 'unit', unit: 'byte', unitDisplay: 'long' } as const;
    return new Intl.NumberFormat(locale, whole).format(bytes);
  }
  const step = Math.min(byteUnits.length, Math.floor(Math.log10(bytes) / 3));
  const value = Number((bytes / 1000 ** step).toFixed(step < 2 ? 0 : 1));
  return `${value < 1000 ? value : value.toLocaleString(locale)} ${byteUnits[step - 1]}`;
}

/** A limit in megabytes as the contract counts them (1,048,576 bytes), not rounded up. */
export function megabytesOf(maxBytes: number): number {
  return Math.floor((maxBytes / 1024 / 1024) * 10) / 10;
}

/** `1536x1024` as `1536 × 1024`. Text that is not a size is returned unchanged. */
export function formatSizeForPeople(size: string): string {
  return size.replace(/^(\d+)x(\d+)$/, '$1 × $2');
}

/** Elapsed time as a stopwatch shows it: `00:28`, or `1:02:07` from one hour on. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}:` : ''}${two(minutes)}:${two(seconds % 60)}`;
}

const two = (value: number) => String(value).padStart(2, '0');

/** An estimate in the same form, rounded up to whole seconds, so that it is never `00:00`. */
export function formatExpected(milliseconds: number): string {
  return formatDuration(Math.max(1, Math.ceil(milliseconds / 1000)) * 1000);
}

/** How long something took: `1.6 s`, or stopwatch form from one minute on. */
export function formatLength(milliseconds: number): string {
  if (milliseconds >= 59_950) return formatDuration(milliseconds);
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** A span of whole seconds in the largest unit of which it is a whole number, for a message to word. */
export function wholeUnits(seconds: number): { unit: 'hour' | 'minute' | 'second'; count: number } {
  if (seconds > 0 && seconds % 3600 === 0) return { unit: 'hour', count: seconds / 3600 };
  if (seconds > 0 && seconds % 60 === 0) return { unit: 'minute', count: seconds / 60 };
  return { unit: 'second', count: seconds };
}

/** A wait as people count it: rounded up, to minutes from two minutes on, and to hours from two hours on. */
export function waitUnits(seconds: number): ReturnType<typeof wholeUnits> {
  const step = seconds > 7200 ? 3600 : seconds > 120 ? 60 : 1;
  return wholeUnits(Math.ceil(seconds / step) * step);
}

/** The time of day, with the date if it was not today. */
export function formatMoment(at: number, locale: string, now = Date.now()): string {
  const moment = new Date(at);
  if (moment.toDateString() === new Date(now).toDateString()) return timeOfDay(moment, locale);
  const known = momentFormats.get(locale) ?? makeMomentFormat(locale);
  momentFormats.set(locale, known);
  return known.format(at);
}

function timeOfDay(moment: Date, locale: string): string {
  const [hours, minutes] = [moment.getHours(), two(moment.getMinutes())];
  if (locale === 'zh') return `${two(hours)}:${minutes}`;
  return `${two(hours % 12 || 12)}:${minutes} ${hours < 12 ? 'AM' : 'PM'}`;
}

// A format takes a hundred times as long to make as to use, and a wall of pictures has many moments.
const momentFormats = new Map<string, Intl.DateTimeFormat>();

function makeMomentFormat(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}
