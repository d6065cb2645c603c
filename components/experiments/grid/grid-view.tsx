'use client';
import { type KeyboardEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { SeenCell } from '@/lib/core/experiments/cell-state';
import type { Grid } from '@/lib/core/experiments/grid';
import type { Plan } from '@/lib/core/experiments/plan';
import type { Model } from '@/lib/core/models/model';
import { useProblemSentence } from '../../controls/words';
import { useElementSize, useIsWide } from '../../ui/viewport';
import {
  equalItems,
  scrollToShow,
  type VisibleWindow,
  visibleWindow,
} from '../../ui/visible-window';
import { useAxisWords } from '../axis-words';
import { ColumnLabels, labelHeight, RowLabels } from './grid-labels';
import { Place } from './grid-place';
import { stepInGrid } from './grid-steps';
import type { useGridLook } from './use-grid-look';

const gap = 10;
const labelWidth = 150;
const overscan = 1;

/** What can be done with a cell, by its place in the plan. */
export interface CellActions {
  onView: (index: number, page: number) => void;
  onPick: (index: number) => void;
  onCompare: () => void;
  onRetry: (index: number) => void;
  onLeaveOut: (index: number) => void;
  /** Opens all about a cell, and what else can be done with it. */
  onMore: (index: number, page: number) => void;
}

/**
 * All combinations, of which only those in view are in the page. It is one stop of the Tab key; arrow keys go
 * from cell to cell.
 */
export function GridView({
  plan,
  grid,
  seen,
  goTo,
  look,
  picked,
  models,
  actions,
}: {
  plan: Plan;
  /** The plan's cells as they are arranged. */
  grid: Grid;
  /** How each of the plan's cells stands, in its order. */
  seen: readonly SeenCell[];
  /** The cell that gets the focus once it is set, by its index in the plan. */
  goTo: { cell: number } | undefined;
  look: ReturnType<typeof useGridLook>;
  picked: readonly number[];
  models: readonly Model[];
  actions: CellActions;
}) {
  const t = useTranslations('experiments.grid');
  const words = useAxisWords(models);
  const sentence = useProblemSentence(models);
  const isWide = useIsWide();
  const places = useMemo(() => new Map(plan.cells.map((cell, index) => [cell, index])), [plan]);
  const scroller = useRef<HTMLDivElement>(null);
  const { width = 0, height = 0 } = useElementSize(scroller) ?? {};
  const [scroll, setScroll] = useState({ top: 0, left: 0 });
  const [current, setCurrent] = useState({ row: 0, column: 0 });
  const [pages, setPages] = useState<Readonly<Record<string, number>>>({});
  // On a phone one column fills the window, and a swipe brings the next.
  const left = grid.rowLabels.length === 0 || !isWide ? 0 : labelWidth;
  const top = grid.columnLabels.length * labelHeight;
  const side = isWide ? look.value.size : Math.max(120, width - 2 * gap);
  const step = side + gap;
  const inset = isWide ? 0 : gap;
  const captions = isWide ? 0 : grid.rowLabels.length * labelHeight;
  const rowStep = step + captions;
  const rows = equalItems(grid.rows, rowStep);
  const columns = equalItems(grid.columns, step);
  const inRows = visibleWindow({
    scroll: scroll.top,
    viewport: Math.max(0, height - top),
    items: rows,
    overscan,
  });
  const inColumns = visibleWindow({
    scroll: scroll.left,
    viewport: Math.max(0, width - left),
    items: columns,
    overscan,
  });
  const row = Math.min(current.row, grid.rows - 1);
  const column = Math.min(current.column, grid.columns - 1);

  const focus = (next: { row: number; column: number }) => {
    setCurrent(next);
    const element = scroller.current;
    if (!element) return;
    element.scrollTo({
      top: scrollToShow({
        index: next.row,
        scroll: element.scrollTop,
        viewport: height - top,
        items: rows,
      }),
      left: scrollToShow({
        index: next.column,
        scroll: element.scrollLeft,
        viewport: width - left,
        items: columns,
      }),
    });
    requestAnimationFrame(() => cellElement(element, next)?.focus({ preventScroll: true }));
  };
  const goNow = useEffectEvent((index: number) => {
    const cell = plan.cells[index];
    const row = grid.cells.findIndex((cells) => cell && cells.includes(cell));
    if (row !== -1) focus({ row, column: grid.cells[row]?.indexOf(cell) ?? 0 });
  });
  useEffect(() => {
    if (goTo) goNow(goTo.cell);
  }, [goTo]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    // What stands in a cell has keys of its own.
    const at = event.target instanceof HTMLElement ? event.target.dataset.at : undefined;
    if (at === undefined) return;
    const [row = 0, column = 0] = at.split(' ').map(Number);
    const next = stepInGrid(event.key, { row, column }, grid);
    if (next) {
      event.preventDefault();
      focus(next);
      return;
    }
    const cell = grid.cells[row]?.[column];
    const index = cell && places.get(cell);
    if (index === undefined || !cell) return;
    const act = keyActions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) {
      if (look.onKey(event.key, longestSide(seen))) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (act === 'onCompare') actions.onCompare();
    else if (act === 'onView' || act === 'onMore') actions[act](index, pages[cell.key] ?? 0);
    else actions[act](index);
  };
  const isVisible = (at: number, window: VisibleWindow) => at >= window.first && at <= window.last;
  const shownRows = withCurrent(inRows, row);
  const shownColumns = withCurrent(inColumns, column);
  return (
    <div
      ref={scroller}
      data-testid="grid"
      {...look.handlers}
      onScroll={({ currentTarget }) =>
        setScroll({ top: currentTarget.scrollTop, left: currentTarget.scrollLeft })
      }
      className="relative min-h-0 flex-1 overflow-auto overscroll-contain [overflow-anchor:none] max-wide:snap-x max-wide:snap-mandatory"
    >
      <div
        style={{ width: left + grid.columns * step, height: top + grid.rows * rowStep }}
        className="relative"
      >
        <ColumnLabels
          labels={grid.columnLabels}
          words={words}
          place={{ left: left + inset, step, side }}
          view={inColumns}
        />
        {left > 0 && (
          <RowLabels
            labels={grid.rowLabels}
            words={words}
            place={{ top, step: rowStep, width: left, side }}
            view={inRows}
          />
        )}
        {/* biome-ignore lint/a11y/useSemanticElements: a table's parts cannot be placed each by itself */}
        <div
          role="grid"
          aria-rowcount={grid.rows}
          aria-colcount={grid.columns}
          aria-label={t('label')}
          onKeyDown={onKeyDown}
        >
          {shownRows.map((rowIndex) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: its cells are
            <div key={rowIndex} role="row" aria-rowindex={rowIndex + 1}>
              {shownColumns.map((columnIndex) => {
                const cell = grid.cells[rowIndex]?.[columnIndex];
                const index = cell && places.get(cell);
                const isCurrent = rowIndex === row && columnIndex === column;
                if (
                  !isCurrent &&
                  !(isVisible(rowIndex, inRows) && isVisible(columnIndex, inColumns))
                ) {
                  return null;
                }
                return (
                  <Place
                    key={columnIndex}
                    at={{ row: rowIndex, column: columnIndex }}
                    box={{
                      left: left + columnIndex * step + inset,
                      top: top + rowIndex * rowStep,
                      side,
                      captions,
                    }}
                    label={labelOf(grid, words, rowIndex, columnIndex)}
                    caption={isWide ? [] : rowWords(grid, words, rowIndex)}
                    isCurrent={isCurrent}
                    isPicked={index !== undefined && picked.includes(index)}
                    cell={cell}
                    seen={index === undefined ? undefined : seen[index]}
                    look={{ ...look.value, size: side }}
                    page={(cell && pages[cell.key]) ?? 0}
                    sentence={sentence}
                    onPage={(page) => cell && setPages((all) => ({ ...all, [cell.key]: page }))}
                    onFocus={() => setCurrent({ row: rowIndex, column: columnIndex })}
                    onOpen={() =>
                      index !== undefined && cell && actions.onView(index, pages[cell.key] ?? 0)
                    }
                    onPick={() => index !== undefined && actions.onPick(index)}
                    onRetry={() => index !== undefined && actions.onRetry(index)}
                    onLeaveOut={() => index !== undefined && actions.onLeaveOut(index)}
                    onMore={() =>
                      index !== undefined && cell && actions.onMore(index, pages[cell.key] ?? 0)
                    }
                  />
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

const keyActions: Record<string, keyof CellActions> = {
  Enter: 'onView',
  ' ': 'onPick',
  c: 'onCompare',
  r: 'onRetry',
  x: 'onLeaveOut',
  i: 'onMore',
};

function cellElement(grid: HTMLElement, { row, column }: { row: number; column: number }) {
  return grid.querySelector<HTMLElement>(`[data-at="${row} ${column}"]`);
}

/** The lines in view, and the one that the Tab key must find. */
function withCurrent({ first, last }: VisibleWindow, current: number): number[] {
  const lines = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  if (current >= 0 && (current < first || current > last)) lines.push(current);
  return lines.sort((one, other) => one - other);
}

/** Of all pictures, in their own pixels. */
function longestSide(cells: readonly SeenCell[]): number {
  return cells.reduce(
    (most, { pictures }) =>
      pictures.reduce(
        (longest, { picture: { header } }) =>
          Math.max(longest, header?.width ?? 0, header?.height ?? 0),
        most,
      ),
    1,
  );
}

type Words = ReturnType<typeof useAxisWords>;

function rowWords(grid: Grid, words: Words, row: number): string[] {
  return linesAt(grid.rowLabels, words, row);
}

function labelOf(grid: Grid, words: Words, row: number, column: number): string {
  return [
    ...linesAt(grid.rowLabels, words, row),
    ...linesAt(grid.columnLabels, words, column),
  ].join(', ');
}

function linesAt(levels: Grid['rowLabels'], words: Words, line: number): string[] {
  return levels.flatMap((labels) => {
    const label = labels.find(({ first, count }) => line >= first && line < first + count);
    if (!label) return [];
    const aside = words.aside(label.axis, label.value);
    return [[words.value(label.axis, label.value), aside].filter(Boolean).join(' · ')];
  });
}
