/** Days that end with today, by the values of the filter. */
export const recentDays = { today: 1, '7days': 7, '30days': 30 } as const;

/** The first and the last day, as `2026-11-28`; empty where there is no such end. */
export interface DayRange {
  from: string;
  to: string;
}

/** Times from `start` to before `end`, in ms since 1970. */
export interface TimeSpan {
  start: number;
  end: number;
}

/**
 * The days that a value of the filter stands for where the browser is: `today`, `7days`, `30days`, a month
 * (`2026-11`), or two days (`2026-11-01~2026-11-28`) in any order, either of which may be missing.
 * @returns undefined for anything else
 */
export function readDays(value: string, now: number): DayRange | undefined {
  if (isRecent(value)) return { from: dayText(now, 1 - recentDays[value]), to: dayText(now, 0) };
  const [, year, month] = /^(\d{4})-(\d\d)$/.exec(value) ?? [];
  if (year && month) {
    const last = new Date(Number(year), Number(month), 0).getDate();
    return { from: `${value}-01`, to: `${value}-${last}` };
  }
  const [, from, to] = /^(\d{4}-\d\d-\d\d|)~(\d{4}-\d\d-\d\d|)$/.exec(value) ?? [];
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** Whether a value counts back from today. */
export function isRecent(value: string): value is keyof typeof recentDays {
  return Object.hasOwn(recentDays, value);
}

/** Two days as a value of the filter. */
export function writeDays({ from, to }: DayRange): string {
  return `${from}~${to}`;
}

/** The times of a value; none where it is not understood. */
export function spanOf(value: string, now: number): TimeSpan {
  const days = readDays(value, now);
  if (!days) return { start: 0, end: 0 };
  const isReversed = days.to !== '' && days.from > days.to;
  const { from, to } = isReversed ? { from: days.to, to: days.from } : days;
  return {
    start: from === '' ? Number.NEGATIVE_INFINITY : startOf(from, 0),
    end: to === '' ? Number.POSITIVE_INFINITY : startOf(to, 1),
  };
}

export function isWithin({ start, end }: TimeSpan, at: number): boolean {
  return at >= start && at < end;
}

/** When a day begins, or one so many days after it: they need not have 24 hours. */
function startOf(day: string, later: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const start = new Date(year, month - 1, date + later);
  // Two digits would be taken for a year of the last century.
  start.setFullYear(year, month - 1, date + later);
  return start.getTime();
}

function dayText(now: number, later: number): string {
  const day = new Date(now);
  day.setDate(day.getDate() + later);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
