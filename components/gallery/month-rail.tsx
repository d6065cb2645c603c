'use client';
import { useMemo } from 'react';
import { useLocale } from 'use-intl/react';
import { railMonths } from '@/lib/core/gallery/month-rail';
import type { Wall } from '@/lib/core/gallery/wall';

const nameHeight = 22;

/**
 * The months beside the wall, for the mouse: a click leads to the month. Without a mouse, headings and
 * the filter by month lead there.
 */
export function MonthRail({
  wall,
  height,
  onGo,
}: {
  wall: Wall;
  height: number;
  /** Told how far down the wall to go. */
  onGo: (top: number) => void;
}) {
  const locale = useLocale();
  const months = useMemo(
    () => railMonths(wall.rows, { total: wall.height, height: height - 16, nameHeight }),
    [wall, height],
  );
  // Its place is there from the start, or all rows would move when the second month has been read.
  return (
    <div aria-hidden className="relative w-18 shrink-0 py-2 max-wide:hidden">
      {(months.length < 2 ? [] : months).map(({ month, place, top, isNamed }) => (
        <button
          key={month}
          type="button"
          tabIndex={-1}
          title={nameOf(month, locale, 'long')}
          onClick={() => onGo(top)}
          style={{ top: place + 8, height: isNamed ? nameHeight : 3 }}
          className="absolute inset-x-1 rounded-small text-center text-small whitespace-nowrap text-muted hover:bg-sunken hover:text-text"
        >
          {isNamed ? (
            nameOf(month, locale, 'short')
          ) : (
            <span className="mx-auto block h-px w-3 bg-line-strong" />
          )}
        </button>
      ))}
    </div>
  );
}

function nameOf(month: string, locale: string, length: 'short' | 'long'): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const format = new Intl.DateTimeFormat(locale, {
    month: length,
    year: length === 'short' ? '2-digit' : 'numeric',
  });
  return format.format(new Date(year, number - 1));
}
