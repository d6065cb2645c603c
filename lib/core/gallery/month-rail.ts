import type { WallRow } from './wall';

/** A month on the rail beside a wall, in pixels. */
export interface RailMonth {
  /** `2026-11`. */
  month: string;
  /** Where its name stands on the rail. */
  place: number;
  /** Where it begins on the wall. */
  top: number;
  /** Whether there is room for its name; the newest month always has it. */
  isNamed: boolean;
}

/**
 * The months of a wall on a rail beside it, each where its share of the wall begins.
 * @param nameHeight what a name takes, so that none lies on another
 */
export function railMonths(
  rows: readonly WallRow[],
  { total, height, nameHeight }: { total: number; height: number; nameHeight: number },
): RailMonth[] {
  const months: RailMonth[] = [];
  let free = 0;
  for (const { day, top } of rows) {
    const month = day?.slice(0, 7);
    if (month === undefined || month === months.at(-1)?.month) continue;
    const place = total > 0 ? Math.min((top / total) * height, height - nameHeight) : 0;
    const isNamed = months.length === 0 || place >= free;
    if (isNamed) free = place + nameHeight;
    months.push({ month, place, top, isNamed });
  }
  return months;
}
