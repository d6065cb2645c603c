import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { tilePictures } from '@/lib/client/gallery/tile-pictures';
import type { WallPlace, WallSize } from '@/lib/core/gallery/gallery-address';
import {
  isTooFast,
  lookAhead,
  type ScrollSamples,
  withSample,
} from '@/lib/core/gallery/scroll-speed';
import { type Tile, tileAspect } from '@/lib/core/gallery/tiles';
import { boxOf, layOut, rowAt, type TileBox, type Wall } from '@/lib/core/gallery/wall';
import { useElementSize, useIsWide } from '../ui/viewport';
import { visibleWindow } from '../ui/visible-window';

const rowHeights: Record<WallSize, number> = { small: 120, medium: 210, large: 340 };
const columns: Record<WallSize, number> = { small: 5, medium: 3, large: 2 };
const headingHeight = 44;
const overscan = 2;
/** The view is told apart in steps of so many pixels: each step renders the wall again. */
const stepHeight = 200;
/** After so long without an event a scroller stands still. */
const stillMs = 120;

/**
 * The layout of a wall, the rows that are in view, and where it stands: what the view begins with stays
 * in its place when tiles come before it, or when the wall gets another width.
 */
export function useWall({
  scroller,
  origin,
  tiles,
  size,
  opened,
  isRead,
  onPlace,
}: {
  scroller: RefObject<HTMLDivElement | null>;
  /** The element that the wall's coordinates count from; something may stand above it. */
  origin: RefObject<HTMLDivElement | null>;
  tiles: readonly Tile[];
  size: WallSize;
  /** The place to open at. */
  opened: WallPlace | null;
  /** Whether the tiles are all that there is. */
  isRead: boolean;
  /** Told where the wall stands whenever it is scrolled; null at its top. */
  onPlace: (place: WallPlace | null) => void;
}) {
  const { width = 0, height: viewport = 0 } = useElementSize(scroller) ?? {};
  const isWide = useIsWide();
  const [scroll, setScroll] = useState(0);
  const wall = useMemo(
    () =>
      layOut(
        tiles.map((tile) => ({ at: tile.card.at, aspect: tileAspect(tile) })),
        {
          // The padding of the scroller.
          width: width - (isWide ? 32 : 8),
          gap: isWide ? 6 : 2,
          headingHeight,
          fit: isWide ? { rows: rowHeights[size] } : { columns: columns[size] },
        },
      ),
    [tiles, width, isWide, size],
  );
  const places = useMemo(() => new Map(tiles.map(({ key }, index) => [key, index])), [tiles]);
  const anchor = useRef<Anchor | null>(opened);
  /** Where it was put here, and whether that was as far down as it should be: a later layout may be longer. */
  const put = useRef<{ at: number; isThere: boolean } | null>(null);
  const samples = useRef<ScrollSamples>([]);
  const stillTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lead = () => origin.current?.offsetTop ?? 0;
  const wallTop = () => (scroller.current?.scrollTop ?? 0) - lead();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another layout moves everything
  useLayoutEffect(() => {
    const element = scroller.current;
    const { current: at } = anchor;
    if (!element || !at || width === 0) return;
    const box = boxOf(wall, places.get(at.key) ?? -1);
    // It may not have been read yet.
    if (!box) {
      if (isRead) anchor.current = anchorAt(wall, tiles, wallTop());
      return;
    }
    // Nothing moves it while it is scrolled, unless what it begins with has another place.
    if (at.top === box.top && put.current?.isThere !== false) return;
    const wanted = box.top - at.offset + lead();
    element.scrollTop = wanted;
    anchor.current = { ...at, top: box.top };
    put.current = { at: element.scrollTop, isThere: element.scrollTop >= Math.floor(wanted) };
    setScroll(inSteps(wallTop()));
  }, [wall, isRead]);

  useEffect(
    () => () => {
      clearTimeout(stillTimer.current);
      tilePictures.hold(false);
    },
    [],
  );
  const stand = () => {
    samples.current = [];
    tilePictures.hold(false);
  };
  const onScroll = () => {
    const top = wallTop();
    samples.current = withSample(samples.current, { at: performance.now(), top });
    tilePictures.hold(isTooFast(samples.current, viewport));
    // What could not be reached yet stays wanted.
    if (put.current?.at !== scroller.current?.scrollTop) {
      put.current = null;
      anchor.current = top <= 0 ? null : anchorAt(wall, tiles, top);
    }
    setScroll(inSteps(top));
    // At once: a click may lead away before it stands still.
    onPlace(anchor.current);
    clearTimeout(stillTimer.current);
    stillTimer.current = setTimeout(stand, stillMs);
  };

  const { rows } = wall;
  const window = visibleWindow({
    scroll,
    viewport: viewport + stepHeight,
    overscan,
    items: { count: rows.length, startOf: (index) => rows[index]?.top ?? wall.height },
  });
  return {
    wall,
    viewport,
    rows: rows.slice(window.first, window.last + 1),
    onScroll,
    indexOf: (key: string | null) => (key === null ? undefined : places.get(key)),
    /** How far a box is from the middle of the view, as that will be soon. */
    distance({ top, height }: TileBox): number {
      const middle = wallTop() + viewport / 2 + lookAhead(samples.current, viewport);
      return Math.abs(top + height / 2 - middle);
    },
    /** Scrolls so far down the wall. */
    goDown(top: number): void {
      scroller.current?.scrollTo({ top: top === 0 ? 0 : top + lead() });
    },
    /** Brings a tile into view, as little as needed. */
    show(index: number): void {
      const box = boxOf(wall, index);
      const element = scroller.current;
      if (!box || !element) return;
      const { scrollTop } = element;
      const isFirst = wall.rowOf[index] === 1;
      const top = isFirst ? 0 : lead() + box.top - 8;
      const bottom = lead() + box.top + box.height + 8 - viewport;
      if (scrollTop > top) element.scrollTop = top;
      else if (scrollTop < bottom) element.scrollTop = bottom;
    },
  };
}

function inSteps(top: number): number {
  return Math.floor(top / stepHeight) * stepHeight;
}

/** The place that the wall keeps, and where its tile was on the wall when that was noted. */
type Anchor = WallPlace & { top?: number };

/** The first tile whose upper edge is in view, and where that is. */
function anchorAt(wall: Wall, tiles: readonly Tile[], top: number): Anchor | null {
  for (let row = rowAt(wall, top); row < wall.rows.length; row++) {
    const { first = 0, end = 0, top: its = 0 } = wall.rows[row] ?? {};
    const tile = tiles[first];
    if (end > first && its >= top && tile) {
      return { key: tile.key, offset: its - top, top: its };
    }
  }
  const last = tiles.at(-1);
  const box = boxOf(wall, tiles.length - 1);
  return last && box ? { key: last.key, offset: box.top - top, top: box.top } : null;
}
