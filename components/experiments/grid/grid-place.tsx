'use client';
import { memo } from 'react';
import type { SeenCell } from '@/lib/core/experiments/cell-state';
import type { PlanCell } from '@/lib/core/experiments/plan';
import { type CellAct, CellTools } from './cell-tools';
import { GridCell } from './grid-cell';
import { labelHeight } from './grid-labels';

interface PlaceProps {
  row: number;
  column: number;
  left: number;
  top: number;
  side: number;
  /** What is said of it. */
  label: string;
  /** Of its row, where there is no room beside the rows. */
  caption: readonly string[];
  isCurrent: boolean;
  isPicked: boolean;
  /** Whether what can be done with it is shown. */
  hasTools: boolean;
  cell: PlanCell | undefined;
  seen: SeenCell | undefined;
  /** Why it can't be sent. */
  why: string | undefined;
  /** When it will be sent, if it waits to be, in ms since 1970. */
  startsAt: number | undefined;
  isCropped: boolean;
  /** How many CSS pixels of its side are worth drawing. */
  sharpness: number;
  /** Which of its pictures is shown. */
  page: number;
  distance: (left: number, top: number) => number;
  onAct: (act: CellAct, row: number, column: number) => void;
}

/** A place in the grid: what stands there, and how it is reached. The grid hears of all that happens there. */
export const Place = memo(function Place(props: PlaceProps) {
  const { row, column, left, top, side, label, caption, isCurrent, isPicked, hasTools } = props;
  const { cell, seen, onAct, ...shown } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's parts cannot be placed each by itself
    <div
      role="gridcell"
      data-testid="experiment-cell"
      data-state={seen?.state.kind}
      aria-colindex={column + 1}
      aria-selected={isPicked}
      data-at={`${row} ${column}`}
      aria-label={label}
      tabIndex={isCurrent ? 0 : -1}
      style={{ left, top, width: side }}
      className="absolute cursor-pointer snap-center rounded-large focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent"
    >
      {caption.map((line) => (
        <span
          key={line}
          style={{ height: labelHeight }}
          className="block truncate text-small font-medium"
        >
          {line}
        </span>
      ))}
      {cell && seen && (
        <div style={{ height: side }} className="relative">
          <GridCell
            {...shown}
            isLeftOut={cell.isLeftOut}
            seen={seen}
            onPage={(to) => onAct(to, row, column)}
          />
          {hasTools && (
            <CellTools
              seen={seen}
              isLeftOut={cell.isLeftOut}
              onAct={(act) => onAct(act, row, column)}
            />
          )}
        </div>
      )}
    </div>
  );
}, isSame);

function isSame(before: PlaceProps, after: PlaceProps): boolean {
  return Object.entries(after).every(([name, value]) => {
    const was = before[name as keyof PlaceProps];
    // The lines of a caption are read anew each time.
    return was === value || (Array.isArray(value) && Array.isArray(was) && isEqual(was, value));
  });
}

function isEqual(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
