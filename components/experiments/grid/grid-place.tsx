'use client';
import { useTranslations } from 'use-intl/react';
import type { SeenCell } from '@/lib/core/experiments/cell-state';
import type { PlanCell } from '@/lib/core/experiments/plan';
import { CellTools } from './cell-tools';
import { GridCell, type GridLook } from './grid-cell';
import { labelHeight } from './grid-labels';

/** A place in the grid: what stands there, and how it is reached. */
export function Place({
  at,
  box,
  label,
  caption,
  isCurrent,
  isPicked,
  cell,
  seen,
  look,
  page,
  sentence,
  onPage,
  onFocus,
  onOpen,
  onPick,
  onRetry,
  onLeaveOut,
  onMore,
}: {
  at: { row: number; column: number };
  box: { left: number; top: number; side: number; captions: number };
  label: string;
  /** Of its row, where there is no room beside the rows. */
  caption: readonly string[];
  isCurrent: boolean;
  isPicked: boolean;
  cell: PlanCell | undefined;
  seen: SeenCell | undefined;
  look: GridLook;
  page: number;
  sentence: Parameters<typeof GridCell>[0]['sentence'];
  onPage: (page: number) => void;
  onFocus: () => void;
  onOpen: () => void;
  onPick: () => void;
  onRetry: () => void;
  onLeaveOut: () => void;
  onMore: () => void;
}) {
  const t = useTranslations('experiments.state');
  const said = seen ? t(`short.${seen.state.kind}`) : '';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's parts cannot be placed each by itself
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys of all cells
    <div
      role="gridcell"
      data-testid="experiment-cell"
      data-state={seen?.state.kind}
      aria-colindex={at.column + 1}
      aria-selected={isPicked}
      data-at={`${at.row} ${at.column}`}
      aria-label={[label, said].filter(Boolean).join(', ')}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={onFocus}
      onClick={(event) => (event.ctrlKey || event.metaKey || event.shiftKey ? onPick() : onOpen())}
      // The key of menus brings it as well.
      onContextMenu={(event) => {
        event.preventDefault();
        onMore();
      }}
      style={{ left: box.left, top: box.top, width: box.side }}
      className="group absolute cursor-pointer snap-center rounded-large focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent"
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
      <div style={{ height: box.side }} className="relative">
        {cell && seen && (
          <GridCell
            cell={cell}
            seen={seen}
            look={look}
            page={page}
            isPicked={isPicked}
            sentence={sentence}
            onPage={onPage}
          />
        )}
        {cell && seen && (
          <CellTools
            state={seen.state}
            isLeftOut={cell.isLeftOut}
            hasPictures={seen.pictures.length > 0}
            onPick={onPick}
            onRetry={onRetry}
            onLeaveOut={onLeaveOut}
            onMore={onMore}
          />
        )}
      </div>
    </div>
  );
}
