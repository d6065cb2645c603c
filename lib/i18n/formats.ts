const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** `2.4 MB`: decimal units, as file managers show them. */
export function formatBytes(bytes: number, locale: string): string {
  const step = bytes < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: byteUnits[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step < 2 ? 0 : 1,
  }).format(bytes / 1000 ** step);
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
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}:` : ''}${two(minutes)}:${two(seconds % 60)}`;
}

/** An estimate in the same form, rounded up to whole seconds, so that it is never `00:00`. */
export function formatExpected(milliseconds: number): string {
  return formatDuration(Math.max(1, Math.ceil(milliseconds / 1000)) * 1000);
}

/** How long something took: `1.6 s`, or stopwatch form from one minute on. */
export function formatLength(milliseconds: number, locale: string): string {
  if (milliseconds >= 59_950) return formatDuration(milliseconds);
  const seconds = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return `${seconds.format(milliseconds / 1000)} s`;
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
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  const name = `${locale} ${isToday}`;
  const known = momentFormats.get(name) ?? makeMomentFormat(locale, isToday);
  momentFormats.set(name, known);
  return known.format(at);
}

// A format takes a hundred times as long to make as to use, and a wall of pictures has many moments.
const momentFormats = new Map<string, Intl.DateTimeFormat>();

function makeMomentFormat(locale: string, isToday: boolean): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    ...(isToday ? {} : { month: 'short', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  });
}
