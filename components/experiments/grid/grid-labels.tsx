'use client';
import { useTranslations } from 'use-intl/react';
import type { Grid, GridLabel } from '@/lib/core/experiments/grid';
import type { VisibleWindow } from '../../ui/visible-window';
import type { useAxisWords } from '../axis-words';

/** In CSS pixels. */
export const labelHeight = 26;

type Words = ReturnType<typeof useAxisWords>;

/** The labels across the top: they stay in view, and each stands over all columns of its value. */
export function ColumnLabels({
  labels,
  words,
  place: { left, step, side },
  view,
}: {
  labels: GridLabel[][];
  words: Words;
  place: { left: number; step: number; side: number };
  view: VisibleWindow;
}) {
  return (
    <div
      aria-hidden
      className="sticky top-0 z-10 bg-canvas"
      style={{ height: labels.length * labelHeight }}
    >
      {labels.map((level, depth) =>
        level.filter(isIn(view)).map(({ axis, value, first, count }) => (
          <div
            key={`${axis.id} ${first}`}
            style={{
              left: left + first * step,
              top: depth * labelHeight,
              width: (count - 1) * step + side,
              height: labelHeight,
            }}
            className="absolute flex items-center border-b border-line text-small font-medium"
          >
            <span
              style={{ left }}
              className="sticky max-w-full truncate"
              title={words.value(axis, value)}
            >
              {words.value(axis, value)}
            </span>
          </div>
        )),
      )}
    </div>
  );
}

/** What the column is that fills a phone's window; it stays in view while the page is scrolled. */
export function ColumnLine({ grid, column, words }: { grid: Grid; column: number; words: Words }) {
  const t = useTranslations('experiments.grid');
  if (grid.columns < 2) return null;
  return (
    <p
      aria-hidden
      style={{ height: labelHeight }}
      className="sticky top-0 z-10 flex items-center justify-between gap-2 border-b border-line bg-canvas px-2.5 text-small font-medium"
    >
      <span className="truncate">{labelsAt(grid.columnLabels, words, column).join(' · ')}</span>
      <span className="text-muted">{t('page', { number: column + 1, count: grid.columns })}</span>
    </p>
  );
}

/** The labels down the side: they stay in view, and each stands beside all rows of its value. */
export function RowLabels({
  labels,
  words,
  place: { top, step, width, side },
  view,
}: {
  labels: GridLabel[][];
  words: Words;
  place: { top: number; step: number; width: number; side: number };
  view: VisibleWindow;
}) {
  const each = width / labels.length;
  return (
    <div aria-hidden className="sticky left-0 z-[9] h-0" style={{ width }}>
      {labels.map((level, depth) =>
        level.filter(isIn(view)).map(({ axis, value, first, count }) => (
          <div
            key={`${axis.id} ${first}`}
            style={{
              top: first * step,
              left: depth * each,
              width: each,
              height: (count - 1) * step + side,
            }}
            className="absolute bg-canvas pr-2"
          >
            <p style={{ top: top + 4 }} className="sticky text-small font-medium wrap-break-word">
              {words.value(axis, value)}
              <span className="block font-normal text-muted">{words.aside(axis, value)}</span>
            </p>
          </div>
        )),
      )}
    </div>
  );
}

/** What the labels of a side say of one of its lines, the outermost first. */
export function labelsAt(levels: Grid['rowLabels'], words: Words, line: number): string[] {
  return levels.flatMap((labels) => {
    const label = labels.find(({ first, count }) => line >= first && line < first + count);
    if (!label) return [];
    const aside = words.aside(label.axis, label.value);
    return [[words.value(label.axis, label.value), aside].filter(Boolean).join(' · ')];
  });
}

function isIn({ first, last }: VisibleWindow) {
  return (label: GridLabel) => label.first <= last && label.first + label.count > first;
}
