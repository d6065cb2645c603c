'use client';
import type { MouseEvent } from 'react';
import { useTranslations } from 'use-intl/react';
import type { CellState } from '@/lib/core/experiments/cell-state';
import { IconButton } from '../../ui/button';
import { CheckIcon, CloseIcon, MoreIcon, RefreshIcon, UndoIcon } from '../../ui/icons';

/** What can be done with a cell by mouse or finger; keys do the same. */
export function CellTools({
  state,
  isLeftOut,
  hasPictures,
  onPick,
  onRetry,
  onLeaveOut,
  onMore,
}: {
  state: CellState;
  isLeftOut: boolean;
  hasPictures: boolean;
  onPick: () => void;
  onRetry: () => void;
  onLeaveOut: () => void;
  onMore: () => void;
}) {
  const t = useTranslations('experiments.grid');
  const button = { tabIndex: -1, className: 'size-7! bg-panel/85 text-text' };
  const only = (act: () => void) => (event: MouseEvent) => {
    // The cell below would open.
    event.stopPropagation();
    if (event.detail < 2) act();
  };
  const canLeaveOut = isLeftOut || state.kind === 'planned' || state.kind === 'queued';
  const retry = retryWord(state);
  return (
    <div className="absolute right-1.5 bottom-1.5 hidden gap-1 group-hover:flex no-hover:flex">
      {hasPictures && (
        <IconButton {...button} label={t('pick')} onClick={only(onPick)}>
          <CheckIcon size={14} aria-hidden />
        </IconButton>
      )}
      {retry && (
        <IconButton {...button} label={t(retry)} onClick={only(onRetry)}>
          <RefreshIcon size={14} aria-hidden />
        </IconButton>
      )}
      {canLeaveOut && (
        <IconButton
          {...button}
          label={t(isLeftOut ? 'takeBack' : 'leaveOut')}
          onClick={only(onLeaveOut)}
        >
          {isLeftOut ? <UndoIcon size={14} aria-hidden /> : <CloseIcon size={14} aria-hidden />}
        </IconButton>
      )}
      <IconButton {...button} label={t('more')} onClick={only(onMore)}>
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
