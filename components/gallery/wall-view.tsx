'use client';
import {
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import { useTranslations } from 'use-intl/react';
import { preparedPicture } from '@/lib/client/gallery/card-details';
import { dragPicture } from '@/lib/client/pictures/dragged-picture';
import type { WallPlace, WallSize } from '@/lib/core/gallery/gallery-address';
import type { Selection, SelectionChange } from '@/lib/core/gallery/selection';
import type { Tile } from '@/lib/core/gallery/tiles';
import { boxOf } from '@/lib/core/gallery/wall';
import { stepOnWall } from '@/lib/core/gallery/wall-keys';
import { useRovingItem } from '../ui/focus';
import { useMedia } from '../ui/viewport';
import { MonthRail } from './month-rail';
import { TileView, tileAt } from './tile-view';
import { useTileWords } from './tile-words';
import { useWall } from './use-wall';
import { useWallPointer } from './use-wall-pointer';

/** All tiles by day, of which only those in view are in the page. */
export function WallView({
  tiles,
  size,
  opened,
  isRead,
  selection,
  isStarred,
  before,
  tools,
  onPlace,
  onOpen,
  onSelect,
  onTileKey,
  onDrag,
  goTo,
}: {
  tiles: readonly Tile[];
  size: WallSize;
  opened: WallPlace | null;
  isRead: boolean;
  selection: Selection;
  isStarred: (tile: Tile) => boolean;
  /** What stands above the tiles and scrolls with them. */
  before: ReactNode;
  /** What can be done with the tile in use. */
  tools: (tile: Tile, width: number) => ReactNode;
  onPlace: (place: WallPlace | null) => void;
  onOpen: (tile: Tile) => void;
  onSelect: (change: SelectionChange) => void;
  /** Told a key on a tile that is none of the list's own. @returns whether it was one of its */
  onTileKey: (event: KeyboardEvent, tile: Tile) => boolean;
  /** Told which tile a mouse begins to drag. */
  onDrag?: (tile: Tile) => void;
  /** Brings a tile into view and gives it the focus, once for each object. */
  goTo: { key: string } | null;
}) {
  const t = useTranslations('gallery');
  const words = useTileWords();
  // A finger that rests selects: it must not drag.
  const isMouse = useMedia('(hover: hover)');
  const scroller = useRef<HTMLDivElement>(null);
  const origin = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { wall, viewport, rows, onScroll, indexOf, distance, show, goDown } = useWall({
    scroller,
    origin,
    tiles,
    size,
    opened,
    isRead,
    onPlace,
  });
  const roving = useRovingItem({
    list,
    count: tiles.length,
    initial: 0,
    itemKey: (index) => tiles[index]?.key ?? '',
  });
  const isOpenedThere = opened !== null && indexOf(opened.key) !== undefined;
  const chooseOpened = useEffectEvent(() => roving.choose(indexOf(opened?.key ?? null) ?? 0));
  useEffect(() => {
    if (isOpenedThere) chooseOpened();
  }, [isOpenedThere]);
  const goToTile = useEffectEvent((key: string) => {
    const index = indexOf(key);
    if (index === undefined) return;
    roving.focus(index);
    show(index);
  });
  useEffect(() => {
    if (goTo) goToTile(goTo.key);
  }, [goTo]);
  const isExtending = useRef(false);
  const goal = useRef<number | undefined>(undefined);
  const [hovered, setHovered] = useState<string | null>(null);
  const marqueeBefore = useRef<ReadonlySet<string>>(new Set());
  const pointer = useWallPointer({
    scroller,
    origin,
    wall,
    onMarquee: (isAdding) => {
      marqueeBefore.current = isAdding ? selection.keys : new Set();
      if (!isAdding) onSelect({ type: 'clear' });
    },
    onTouched: (indices) => {
      const keys = indices.flatMap((index) => tiles[index]?.key ?? []);
      onSelect({ type: 'touch', keys, before: marqueeBefore.current });
    },
    onLongPress: (index) => {
      const tile = tiles[index];
      if (tile) onSelect({ type: 'toggle', key: tile.key });
    },
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey, altKey } = event;
    const index = tileAt({ target: event.target });
    const tile = index === undefined ? undefined : tiles[index];
    if (index === undefined || !tile || altKey) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (onTileKey(event, tile)) return event.preventDefault();
    const step = stepOnWall(wall, {
      index,
      pressed: { key, isCommand },
      viewport,
      x: goal.current,
    });
    const next = step && tiles[step.index];
    if (!step || !next) return;
    event.preventDefault();
    goal.current = step.x;
    if (shiftKey) {
      if (!isExtending.current) onSelect({ type: 'begin', key: tile.key });
      onSelect({ type: 'extend', key: next.key });
    }
    isExtending.current = shiftKey;
    roving.focus(step.index);
    show(step.index);
  };
  const onClick = (event: MouseEvent) => {
    const index = tileAt({ target: event.target });
    const tile = index === undefined ? undefined : tiles[index];
    if (index === undefined || !tile || pointer.takeLongPress()) return;
    goal.current = undefined;
    isExtending.current = false;
    roving.focus(index);
    if (event.shiftKey) onSelect({ type: 'extend', key: tile.key });
    else if (event.ctrlKey || event.metaKey) onSelect({ type: 'toggle', key: tile.key });
    // A finger that has selected one taps the others.
    else if (selection.keys.size > 0 && matchMedia('(hover: none)').matches) {
      onSelect({ type: 'toggle', key: tile.key });
    } else onOpen(tile);
  };

  const onDragStart = ({ target, dataTransfer }: DragEvent) => {
    const tile = tiles[tileAt({ target }) ?? -1];
    if (!tile?.picture) return;
    const dragged = preparedPicture(tile.card, tile.picture.place);
    if (dragged) dragPicture(dataTransfer, dragged);
    // What appears during this event can end the drag.
    setTimeout(() => onDrag?.(tile));
  };

  const shown = new Set(rows.flatMap(({ first, end }) => range(first, end)));
  // Always there, even out of view: the Tab key must find it, and the focus must not vanish.
  if (tiles.length > 0) shown.add(roving.index);
  const inUse = indexOf(hovered) ?? (roving.hasFocus() ? roving.index : undefined);
  const usedBox = inUse === undefined ? undefined : boxOf(wall, inUse);
  const used = inUse === undefined ? undefined : tiles[inUse];
  return (
    <div className="flex min-h-0 flex-1">
      <div
        ref={scroller}
        data-testid="gallery-grid"
        onScroll={onScroll}
        {...pointer.handlers}
        onPointerOver={(event) => {
          const index = tileAt(event);
          if (index !== undefined) setHovered(tiles[index]?.key ?? null);
        }}
        onPointerLeave={() => setHovered(null)}
        className="relative min-h-0 min-w-0 flex-1 overflow-y-auto overscroll-contain px-4 max-wide:px-1 [overflow-anchor:none] [scrollbar-gutter:stable]"
      >
        {before}
        <div ref={origin} className="relative" style={{ height: wall.height }}>
          {rows.map(
            ({ day, top, height }) =>
              day && (
                <h2
                  key={day}
                  style={{ top, height }}
                  className="absolute inset-x-0 flex items-end pb-2 font-medium max-wide:px-2"
                >
                  {words.day(day)}
                </h2>
              ),
          )}
          <div
            ref={list}
            role="listbox"
            tabIndex={-1}
            aria-label={t('wall')}
            aria-multiselectable
            {...roving.handlers}
            onFocus={(event) => {
              roving.handlers.onFocus();
              // A press that becomes a drag brings the focus too, and so does what reads the page out.
              const index = tileAt(event);
              if (index !== undefined && index !== roving.index) roving.choose(index);
            }}
            onKeyDown={onKeyDown}
            onClick={onClick}
            onDragStart={onDragStart}
            onContextMenu={(event) => {
              // A long press of a finger selects; it opens no menu.
              if (matchMedia('(hover: none)').matches) event.preventDefault();
            }}
            className="absolute inset-0 outline-none"
          >
            {[...shown].map((index) => {
              const tile = tiles[index];
              const box = boxOf(wall, index);
              if (!tile || !box) return null;
              return (
                <TileView
                  key={tile.key}
                  tile={tile}
                  words={words}
                  index={index}
                  count={tiles.length}
                  box={box}
                  isActive={index === roving.index}
                  isSelected={selection.keys.has(tile.key)}
                  isStarred={isStarred(tile)}
                  isDraggable={isMouse && tile.picture !== null}
                  distance={distance}
                />
              );
            })}
          </div>
          {used && usedBox && (
            <div
              style={{
                left: usedBox.left,
                top: usedBox.top,
                width: usedBox.width,
                height: usedBox.height,
              }}
              className="pointer-events-none absolute no-hover:hidden"
            >
              {tools(used, usedBox.width)}
            </div>
          )}
          {pointer.box && (
            <div
              aria-hidden
              style={pointer.box}
              className="pointer-events-none absolute border border-accent bg-accent/15"
            />
          )}
        </div>
      </div>
      <MonthRail wall={wall} height={viewport} onGo={goDown} />
    </div>
  );
}

function range(first: number, end: number): number[] {
  return Array.from({ length: end - first }, (_, step) => first + step);
}
