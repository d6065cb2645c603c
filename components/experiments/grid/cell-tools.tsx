'use client';
import type { MouseEvent } from 'react';
import { useTranslations } from 'use-intl/react';
import type { CellState } from '@/lib/core/experiments/cell-state';
import { IconButton } from '../../ui/button';
import { CheckIcon, CloseIcon, RefreshIcon, UndoIcon } from '../../ui/icons';

/** What can be done with a cell by mouse or finger; keys do the same. */
export function CellTools({
  kind,
  isLeftOut,
  hasPictures,
  onPick,
  onRetry,
  onLeaveOut,
}: {
  kind: CellState['kind'];
  isLeftOut: boolean;
  hasPictures: boolean;
  onPick: () => void;
  onRetry: () => void;
  onLeaveOut: () => void;
}) {
  const t = useTranslations('experiments.grid');
  const button = { tabIndex: -1, className: 'size-7! bg-panel/85 text-text' };
  const only = (act: () => void) => (event: MouseEvent) => {
    // The cell below would open.
    event.stopPropagation();
    if (event.detail < 2) act();
  };
  const canLeaveOut = isLeftOut || kind === 'planned' || kind === 'queued';
  return (
    <div className="absolute right-1.5 bottom-1.5 hidden gap-1 group-hover:flex no-hover:flex">
      {hasPictures && (
        <IconButton {...button} label={t('pick')} onClick={only(onPick)}>
          <CheckIcon size={14} aria-hidden />
        </IconButton>
      )}
      {(kind === 'failed' || kind === 'stopped') && (
        <IconButton {...button} label={t('retry')} onClick={only(onRetry)}>
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
    </div>
  );
}
