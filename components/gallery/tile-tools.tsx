'use client';
import { type ReactNode, useContext, useEffect } from 'react';
import { useTranslations } from 'use-intl/react';
import { prepareDetails } from '@/lib/client/gallery/card-details';
import type { Tile } from '@/lib/core/gallery/tiles';
import { CheckIcon, DownloadIcon, StarIcon, TrashIcon, UndoIcon } from '../ui/icons';
import { GalleryModels, useTileWords } from './tile-words';
import type { TileActions } from './use-tile-actions';

/** Below this width a tile has room for its mark of selection alone. */
const roomyWidth = 130;

/** What lies over the tile in use: what it is, and its buttons. Keys do the same for the keyboard. */
export function TileTools({
  tile,
  width,
  isSelected,
  isStarred,
  isTrash,
  actions,
  onToggle,
  onRemove,
}: {
  tile: Tile;
  width: number;
  isSelected: boolean;
  isStarred: boolean;
  isTrash: boolean;
  actions: TileActions;
  onToggle: () => void;
  onRemove: () => void;
}) {
  const t = useTranslations('gallery');
  const words = useTileWords();
  const models = useContext(GalleryModels);
  const { card, picture } = tile;
  // It may be dragged next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the id names the card
  useEffect(() => void prepareDetails(card, models), [card.id]);
  return (
    <>
      <Tool
        label={t(isSelected ? 'deselect' : 'select')}
        className={`absolute top-1.5 left-1.5 rounded-full! border border-white/80 ${isSelected ? 'bg-accent!' : ''}`}
        onClick={onToggle}
      >
        <CheckIcon size={13} aria-hidden />
      </Tool>
      {width >= roomyWidth && (
        <span className="absolute top-1.5 right-1.5 flex gap-1">
          {!isTrash && picture && (
            <>
              <Tool
                label={t('selection.star')}
                isPressed={isStarred}
                onClick={() => actions.star([tile])}
              >
                <StarIcon size={14} aria-hidden className={isStarred ? 'fill-current' : ''} />
              </Tool>
              <Tool label={t('selection.download')} onClick={() => actions.download([tile])}>
                <DownloadIcon size={14} aria-hidden />
              </Tool>
            </>
          )}
          <Tool label={t(isTrash ? 'selection.restore' : 'selection.remove')} onClick={onRemove}>
            {isTrash ? <UndoIcon size={14} aria-hidden /> : <TrashIcon size={14} aria-hidden />}
          </Tool>
        </span>
      )}
      {picture && (
        <span className="absolute inset-x-0 bottom-0 truncate bg-linear-to-t from-black/70 to-transparent px-2 pt-6 pb-1.5 text-small text-white">
          {[words.model(card.model), words.size(tile), words.moment(card.at)]
            .filter(Boolean)
            .join(' · ')}
        </span>
      )}
    </>
  );
}

function Tool({
  label,
  isPressed,
  className = '',
  onClick,
  children,
}: {
  label: string;
  isPressed?: boolean;
  className?: string;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      // The keyboard has keys for it, and one Tab stop for all tiles.
      tabIndex={-1}
      aria-label={label}
      aria-pressed={isPressed}
      title={label}
      onClick={onClick}
      className={`pointer-events-auto grid size-6 place-items-center rounded-small bg-glass text-white hover:bg-black/85 ${className}`}
    >
      {children}
    </button>
  );
}
