'use client';
import { useTranslations } from 'use-intl/react';
import type { Tile } from '@/lib/core/gallery/tiles';
import { buttonClasses } from '../ui/button';
import { StarIcon, TrashIcon } from '../ui/icons';
import type { TileActions } from './use-tile-actions';

/** The star and the removal of the picture in the viewer. */
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
  onRemove: () => void;
}) {
  const t = useTranslations('gallery.selection');
  if (isTrash) return null;
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
