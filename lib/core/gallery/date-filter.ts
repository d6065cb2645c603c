import { dayOf } from './day';

/** Days that end with today, by the values of the filter. */
export const recentDays = { today: 1, '7days': 7, '30days': 30 } as const;

/** The first and the last day, as `2026-11-28`; empty where there is no such end. */
export interface DayRange {
  from: string;
  to: string;
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

/** Whether a day is one of those of a value; false where the value is not understood. */
export function hasDay(value: string, day: string, now: number): boolean {
  const days = readDays(value, now);
  if (!days) return false;
  const isReversed = days.to !== '' && days.from > days.to;
  const { from, to } = isReversed ? { from: days.to, to: days.from } : days;
  // Written like this, days are in the order of their texts.
  return day >= from && (to === '' || day <= to);
}

/** Today, or the day so many days later. */
function dayText(now: number, later: number): string {
  const day = new Date(now);
  day.setDate(day.getDate() + later);
  return dayOf(day.getTime());
}
