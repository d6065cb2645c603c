'use client';
import { useTranslations } from 'use-intl/react';
import type { Tile } from '@/lib/core/gallery/tiles';
import { buttonClasses } from '../ui/button';
import { StarIcon, TrashIcon, UndoIcon } from '../ui/icons';
import type { TileActions } from './use-tile-actions';

/** The star and the removal of the picture in the viewer; in Trash what brings it back. */
export function ViewerTools({
  tile,
  isStarred,
  isTrash,
  actions,
  onRemove,
}: {
  tile: Tile;
  isStarred: boolean;
  isTrash: boolean;
  actions: TileActions;
  /** Removes it, or brings it back, and goes on to the next. */
  onRemove: () => void;
}) {
  const t = useTranslations('gallery.selection');
  if (isTrash) {
    return (
      <button type="button" className={buttonClasses('plain')} onClick={onRemove}>
        <UndoIcon size={14} aria-hidden />
        <span>{t('restore')}</span>
      </button>
    );
  }
  return (
    <>
      <button
        type="button"
        aria-pressed={isStarred}
        className={buttonClasses('plain')}
        onClick={() => actions.star([tile])}
      >
        <StarIcon size={14} aria-hidden className={isStarred ? 'fill-current' : ''} />
        <span>{t('star')}</span>
      </button>
      <button type="button" className={buttonClasses('plain')} onClick={onRemove}>
        <TrashIcon size={14} aria-hidden />
        <span>{t('remove')}</span>
      </button>
    </>
  );
}
