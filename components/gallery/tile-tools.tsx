'use client';
import { useTranslations } from 'use-intl/react';
import type { Tile } from '@/lib/core/gallery/tiles';
import { CheckIcon } from '../ui/icons';
import { useTileWords } from './tile-words';

/** What lies over the tile in use: what it is, and its buttons. Keys do the same for the keyboard. */
export function TileTools({
  tile,
  isSelected,
  onToggle,
}: {
  tile: Tile;
  isSelected: boolean;
  onToggle: () => void;
}) {
  const t = useTranslations('gallery');
  const words = useTileWords();
  const { card } = tile;
  const label = t(isSelected ? 'deselect' : 'select');
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        aria-label={label}
        title={label}
        onClick={onToggle}
        className={`pointer-events-auto absolute top-1.5 left-1.5 grid size-5 place-items-center rounded-full border border-white/80 text-white ${isSelected ? 'bg-accent' : 'bg-glass'}`}
      >
        <CheckIcon size={13} aria-hidden />
      </button>
      {tile.picture && (
        <span className="absolute inset-x-0 bottom-0 truncate bg-linear-to-t from-black/70 to-transparent px-2 pt-6 pb-1.5 text-small text-white">
          {[words.model(card.model), words.size(tile), words.moment(card.at)]
            .filter(Boolean)
            .join(' · ')}
        </span>
      )}
    </>
  );
}
