'use client';
import { memo, type PointerEvent } from 'react';
import type { Tile } from '@/lib/core/gallery/tiles';
import type { TileBox } from '@/lib/core/gallery/wall';
import { PictureCanvas } from '../controls/picture-canvas';
import { AlertIcon, CheckIcon, SquareIcon, StarIcon } from '../ui/icons';
import type { useTileWords } from './tile-words';

interface TileProps {
  tile: Tile;
  /** Made once for all tiles: a translator for each would take longer than the tile. */
  words: ReturnType<typeof useTileWords>;
  index: number;
  count: number;
  box: TileBox;
  /** The Tab key leads to it. */
  isActive: boolean;
  isSelected: boolean;
  isStarred: boolean;
  /** To a page of another window that takes pictures. */
  isDraggable: boolean;
  distance: (box: TileBox) => number;
}

/** A tile of the wall: an option of its list. What can be done with it stands beside the list. */
export const TileView = memo(function TileView({
  tile,
  words,
  index,
  count,
  box: { left, top, width, height },
  isActive,
  isSelected,
  isStarred,
  isDraggable,
  distance,
}: TileProps) {
  const { picture, card } = tile;
  return (
    <div
      role="option"
      data-testid="gallery-tile"
      data-tile={index}
      aria-label={words.label(tile, isStarred)}
      aria-selected={isSelected}
      aria-setsize={count}
      aria-posinset={index + 1}
      tabIndex={isActive ? 0 : -1}
      draggable={isDraggable}
      style={{ left, top, width, height, backgroundColor: picture?.color }}
      className={`absolute cursor-pointer overflow-hidden rounded-[3px] outline-offset-2 select-none ${picture?.color ? '' : 'bg-place'} ${picture?.hasAlpha ? 'checkerboard' : ''} aria-selected:outline-3 aria-selected:outline-accent`}
    >
      {picture ? (
        <PictureCanvas
          hash={picture.hash}
          height={height}
          distance={() => distance({ left, top, width, height })}
        />
      ) : (
        <span className="absolute inset-0 flex flex-col items-center justify-center gap-1.5 p-2 text-center text-small text-muted">
          {card.state === 'cancelled' ? (
            <SquareIcon size={15} aria-hidden />
          ) : (
            <AlertIcon size={17} aria-hidden className="text-error" />
          )}
          <span className="line-clamp-3">{card.title}</span>
        </span>
      )}
      {tile.pictures.length > 1 && (
        <span className="absolute right-1.5 bottom-1.5 rounded-[4px] bg-glass px-1.5 text-small text-white">
          {tile.pictures.length}
        </span>
      )}
      {isStarred && (
        <StarIcon
          size={16}
          aria-hidden
          className="absolute bottom-1.5 left-1.5 fill-current text-white drop-shadow-[0_0_2px_#000]"
        />
      )}
      {isSelected && (
        <span className="absolute top-1.5 left-1.5 grid size-5 place-items-center rounded-full bg-accent text-accent-text">
          <CheckIcon size={13} aria-hidden />
        </span>
      )}
    </div>
  );
}, isSame);

// Boxes are made anew with each layout, most of them equal.
function isSame(before: TileProps, after: TileProps): boolean {
  const { left, top, width, height } = before.box;
  const { box } = after;
  return (
    isSameTile(before.tile, after.tile) &&
    before.words.locale === after.words.locale &&
    before.index === after.index &&
    before.count === after.count &&
    before.isActive === after.isActive &&
    before.isSelected === after.isSelected &&
    before.isStarred === after.isStarred &&
    before.isDraggable === after.isDraggable &&
    left === box.left &&
    top === box.top &&
    width === box.width &&
    height === box.height
  );
}

// A card that is read again is another object, mostly with the same in it.
function isSameTile(before: Tile, after: Tile): boolean {
  if (before === after) return true;
  const { picture: one, card } = before;
  const { picture: other } = after;
  return (
    before.key === after.key &&
    before.pictures.length === after.pictures.length &&
    one?.hash === other?.hash &&
    one?.color === other?.color &&
    one?.hasAlpha === other?.hasAlpha &&
    card.state === after.card.state &&
    card.title === after.card.title
  );
}

/** The index of the tile that an event happened at; undefined beside all. */
export function tileAt({ target }: Pick<PointerEvent, 'target'>): number | undefined {
  const tile = target instanceof Element ? target.closest<HTMLElement>('[data-tile]') : null;
  return tile ? Number(tile.dataset.tile) : undefined;
}
