'use client';
import {
  type KeyboardEvent,
  type SyntheticEvent,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslations } from 'use-intl/react';
import { type Forecast, startOf } from '@/lib/client/experiments/use-forecast';
import type { SeenCell } from '@/lib/core/experiments/cell-state';
import type { Grid } from '@/lib/core/experiments/grid';
import type { Plan } from '@/lib/core/experiments/plan';
import type { Model } from '@/lib/core/models/model';
import { useProblemSentence } from '../../controls/words';
import { useLatest } from '../../ui/latest';
import { useMedia } from '../../ui/viewport';
import type { VisibleWindow } from '../../ui/visible-window';
import { useAxisWords } from '../axis-words';
import type { CellAct } from './cell-tools';
import { ColumnLabels, ColumnLine, labelsAt, RowLabels } from './grid-labels';
import { Place } from './grid-place';
import { stepInGrid } from './grid-steps';
import type { useGridLook } from './use-grid-look';
import { useGridWindow } from './use-grid-window';

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
  forecast,
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
  /** Of what waits to be sent. */
  forecast: Forecast | undefined;
  /** The cell that gets the focus once it is set, by its index in the plan. */
  goTo: { cell: number } | undefined;
  look: ReturnType<typeof useGridLook>;
  picked: readonly number[];
  models: readonly Model[];
  actions: CellActions;
}) {
  const t = useTranslations('experiments.grid');
  const states = useTranslations('experiments.state');
  const words = useAxisWords(models);
  const sentence = useProblemSentence(models);
  const canHover = useMedia('(hover: hover)');
  const places = useMemo(() => new Map(plan.cells.map((cell, index) => [cell, index])), [plan]);
  const [current, setCurrent] = useState({ row: 0, column: 0 });
  const [hovered, setHovered] = useState<string>();
  const [pages, setPages] = useState<Readonly<Record<string, number>>>({});
  const view = useGridWindow(look.grid, grid, look.size);
  const { isWide, inRows, inColumns } = view;
  const { left, top, side, step, rowStep, inset } = view.places;
  const distance = useLatest(view.distance);
  const row = Math.min(current.row, grid.rows - 1);
  const column = Math.min(current.column, grid.columns - 1);

  const mustFocus = useRef(false);
  useLayoutEffect(() => {
    if (!mustFocus.current) return;
    mustFocus.current = false;
    // At once: the next key may come before the next frame.
    const cell = look.grid.current?.querySelector<HTMLElement>('[data-at][tabindex="0"]');
    cell?.focus({ preventScroll: true });
  });
  const focus = (next: { row: number; column: number }) => {
    mustFocus.current = true;
    setCurrent(next);
    view.show(next);
  };
  const goNow = useEffectEvent((index: number) => {
    const cell = plan.cells[index];
    const row = grid.cells.findIndex((cells) => cell && cells.includes(cell));
    if (row !== -1) focus({ row, column: grid.cells[row]?.indexOf(cell) ?? 0 });
  });
  useEffect(() => {
    if (goTo) goNow(goTo.cell);
  }, [goTo]);

  const at = ({ row, column }: { row: number; column: number }) => {
    const cell = grid.cells[row]?.[column];
    const index = cell && places.get(cell);
    return cell && index !== undefined
      ? { index, key: cell.key, page: pages[cell.key] ?? 0 }
      : null;
  };
  const act = (what: CellAct | 'view', place: { row: number; column: number }) => {
    const of = at(place);
    if (!of) return;
    const { index, key, page } = of;
    if (what === 'view') actions.onView(index, page);
    else if (what === 'more') actions.onMore(index, page);
    else if (what === 'pick') actions.onPick(index);
    else if (what === 'retry') actions.onRetry(index);
    else if (what === 'leaveOut') actions.onLeaveOut(index);
    else {
      const count = seen[index]?.pictures.length ?? 1;
      const shown = Math.min(page, count - 1) + (what === 'next' ? 1 : count - 1);
      setPages((all) => ({ ...all, [key]: shown % count }));
    }
  };
  const onAct = useLatest((what: CellAct, row: number, column: number) =>
    act(what, { row, column }),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    // What stands in a cell has keys of its own.
    const place = placeOf(event.target);
    if (!place) return;
    const next = stepInGrid(event.key, place, grid);
    if (next) {
      event.preventDefault();
      focus(next);
      return;
    }
    if (!at(place)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const does = keyActs[key];
    if (key === 'c') actions.onCompare();
    else if (does) act(does, place);
    else if (!look.onKey(event.key, side, longestSide(seen))) return;
    event.preventDefault();
  };
  const cellAt = ({ target }: Pick<SyntheticEvent, 'target'>) =>
    placeOf(target instanceof Element ? target.closest('[data-at]') : null);
  const isVisible = (at: number, window: VisibleWindow) => at >= window.first && at <= window.last;
  const renderCell = (rowIndex: number, columnIndex: number) => {
    const cell = grid.cells[rowIndex]?.[columnIndex];
    const index = cell && places.get(cell);
    const its = index === undefined ? undefined : seen[index];
    const isCurrent = rowIndex === row && columnIndex === column;
    if (!isCurrent && !(isVisible(rowIndex, inRows) && isVisible(columnIndex, inColumns)))
      return null;
    const ofRow = labelsAt(grid.rowLabels, words, rowIndex);
    const said = its ? [states(`short.${its.state.kind}`)] : [];
    const [problem] = its?.state.kind === 'impossible' ? (cell?.problems ?? []) : [];
    return (
      <Place
        key={columnIndex}
        row={rowIndex}
        column={columnIndex}
        left={left + columnIndex * step + inset}
        top={top + rowIndex * rowStep}
        side={side}
        label={[...ofRow, ...labelsAt(grid.columnLabels, words, columnIndex), ...said].join(', ')}
        caption={isWide ? [] : ofRow}
        isCurrent={isCurrent}
        isPicked={index !== undefined && picked.includes(index)}
        hasTools={!canHover || hovered === `${rowIndex} ${columnIndex}`}
        cell={cell}
        seen={its}
        why={problem && sentence(problem)}
        startsAt={its?.state.kind === 'queued' ? startOf(forecast, cell) : undefined}
        isCropped={look.isCropped}
        sharpness={side * look.enough}
        page={(cell && pages[cell.key]) ?? 0}
        distance={distance}
        onAct={onAct}
      />
    );
  };
  const shownColumns = withCurrent(inColumns, column);
  const scroller = (
    <div
      ref={look.grid}
      data-testid="grid"
      {...look.handlers}
      onScroll={view.onScroll}
      className="relative min-h-0 min-w-0 flex-1 overflow-auto [overflow-anchor:none] wide:overscroll-contain max-wide:snap-x max-wide:snap-mandatory max-wide:overscroll-x-contain"
    >
      <div
        style={{ width: left + grid.columns * step, height: top + grid.rows * rowStep }}
        className="relative"
      >
        {isWide && (
          <ColumnLabels
            labels={grid.columnLabels}
            words={words}
            place={{ left, step, side }}
            view={inColumns}
          />
        )}
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
          onFocus={(event) => {
            const place = cellAt(event);
            if (place) setCurrent(place);
          }}
          onPointerOver={({ target }) =>
            setHovered(target instanceof Element ? atOf(target.closest('[data-at]')) : undefined)
          }
          onPointerLeave={() => setHovered(undefined)}
          onClick={(event) => {
            const place = cellAt(event);
            const isPick = event.ctrlKey || event.metaKey || event.shiftKey;
            if (place) act(isPick ? 'pick' : 'view', place);
          }}
          // The key of menus brings it as well.
          onContextMenu={(event) => {
            const place = cellAt(event);
            if (!place) return;
            event.preventDefault();
            act('more', place);
          }}
        >
          {withCurrent(inRows, row).map((rowIndex) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: its cells are
            <div key={rowIndex} role="row" aria-rowindex={rowIndex + 1}>
              {shownColumns.map((columnIndex) => renderCell(rowIndex, columnIndex))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      {!isWide && <ColumnLine grid={grid} column={view.column} words={words} />}
      {scroller}
    </div>
  );
}

const keyActs: Record<string, CellAct | 'view'> = {
  Enter: 'view',
  ' ': 'pick',
  r: 'retry',
  x: 'leaveOut',
  i: 'more',
};

const atOf = (element: EventTarget | null) =>
  element instanceof HTMLElement ? element.dataset.at : undefined;

function placeOf(element: EventTarget | null): { row: number; column: number } | undefined {
  const [row, column] = atOf(element)?.split(' ').map(Number) ?? [];
  return row === undefined || column === undefined ? undefined : { row, column };
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
