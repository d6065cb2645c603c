'use client';
import type { MouseEvent } from 'react';
import { useTranslations } from 'use-intl/react';
import { type CellState, canBeLeftOut, type SeenCell } from '@/lib/core/experiments/cell-state';
import { IconButton } from '../../ui/button';
import { CheckIcon, CloseIcon, MoreIcon, RefreshIcon, UndoIcon } from '../../ui/icons';

/** What can be done in a cell beside its keys. */
export type CellAct = 'pick' | 'retry' | 'leaveOut' | 'more' | 'previous' | 'next';

/** What can be done with a cell by mouse or finger; keys do the same. */
export function CellTools({
  seen,
  isLeftOut,
  onAct,
}: {
  seen: SeenCell;
  isLeftOut: boolean;
  onAct: (act: CellAct) => void;
}) {
  const t = useTranslations('experiments.grid');
  const button = (act: CellAct) => ({
    tabIndex: -1,
    className: 'size-7! bg-panel/85 text-text',
    onClick: (event: MouseEvent) => {
      // The cell below would open.
      event.stopPropagation();
      if (event.detail < 2) onAct(act);
    },
  });
  const canLeaveOut = isLeftOut || canBeLeftOut(seen);
  const retry = retryWord(seen.state);
  return (
    <div className="absolute right-1.5 bottom-1.5 flex gap-1">
      {seen.pictures.length > 0 && (
        <IconButton {...button('pick')} label={t('pick')}>
          <CheckIcon size={14} aria-hidden />
        </IconButton>
      )}
      {retry && (
        <IconButton {...button('retry')} label={t(retry)}>
          <RefreshIcon size={14} aria-hidden />
        </IconButton>
      )}
      {canLeaveOut && (
        <IconButton {...button('leaveOut')} label={t(isLeftOut ? 'takeBack' : 'leaveOut')}>
          {isLeftOut ? <UndoIcon size={14} aria-hidden /> : <CloseIcon size={14} aria-hidden />}
        </IconButton>
      )}
      <IconButton {...button('more')} label={t('more')}>
        <MoreIcon size={14} aria-hidden />
      </IconButton>
    </div>
  );
}

/** What a retry of a cell is called, which says where it may cost a second time; undefined: there is none. */
export function retryWord(state: CellState): 'retry' | 'retryCharged' | undefined {
  if (state.kind === 'stopped') return state.mayBeCharged ? 'retryCharged' : 'retry';
  if (state.kind !== 'failed') return undefined;
  return state.trouble?.mayBeCharged === false ? 'retry' : 'retryCharged';
}
