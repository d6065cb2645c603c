'use client';
import {
  type KeyboardEvent,
  lazy,
  Suspense,
  useDeferredValue,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslations } from 'use-intl/react';
import { useGallery } from '@/lib/client/gallery/gallery-store';
import { isSearching, searchTiles, withoutFilter } from '@/lib/core/gallery/filters';
import type { WallPlace } from '@/lib/core/gallery/gallery-address';
import {
  changeSelection,
  emptySelection,
  type SelectionChange,
  withinFound,
} from '@/lib/core/gallery/selection';
import { stacked, type Tile, tilesOf } from '@/lib/core/gallery/tiles';
import { isInFlight } from '@/lib/core/runs/run-state';
import { useShortcut } from '../ui/keyboard';
import { FilterBar } from './filter-bar';
import { EmptyGallery, NothingFound, ReadingGallery } from './gallery-states';
import { TileTools } from './tile-tools';
import { UnderWay } from './under-way';
import type { useGalleryAddress } from './use-gallery-address';
import { useOpenCard } from './use-open-card';
import { WallView } from './wall-view';

const GalleryViewer = lazy(() => import('./gallery-viewer'));

/** What is found, on the wall; what it is found by, above it; one of it, in the viewer. */
export function GalleryWall({
  view,
  opened,
  change,
  keepPlace,
}: ReturnType<typeof useGalleryAddress> & { opened: { place: WallPlace | null } }) {
  const t = useTranslations('gallery');
  const { cards, marks, isRead } = useGallery((state) => state);
  const [viewed, setViewed] = useState<string | null>(null);
  const [goTo, setGoTo] = useState<{ key: string } | null>(null);
  const [selected, setSelected] = useState(emptySelection);
  const openCard = useOpenCard();
  const searchBox = useRef<HTMLInputElement>(null);
  useShortcut('/', () => searchBox.current?.focus());

  const search = useDeferredValue(view.search);
  const all = useMemo(() => tilesOf(cards), [cards]);
  const { found, counts } = useMemo(() => searchTiles(all, search, () => undefined), [all, search]);
  const tiles = useMemo(() => (view.isStacked ? stacked(found) : found), [found, view.isStacked]);
  const order = useMemo(() => tiles.map(({ key }) => key), [tiles]);
  const foundKeys = useMemo(() => new Set(order), [order]);
  const selection = withinFound(selected, foundKeys);
  const underWay = cards.filter(isInFlight);
  const select = (next: SelectionChange) =>
    setSelected((before) => changeSelection(withinFound(before, foundKeys), next, order));

  const isStarred = ({ picture }: Tile) =>
    picture !== null && marks.get(picture.hash)?.isStarred === true;

  const open = (tile: Tile) => {
    if (tile.picture) setViewed(tile.key);
    else void openCard(tile.card);
  };
  const close = () => {
    const key = viewed;
    setViewed(null);
    // In a stack it stands for its run's first picture.
    const card = found.find((tile) => tile.key === key)?.card;
    const shown =
      tiles.find((tile) => tile.key === key) ?? tiles.find((tile) => tile.card === card);
    if (shown) setGoTo({ key: shown.key });
  };
  const onTileKey = (event: KeyboardEvent, tile: Tile): boolean => {
    const isCommand = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (isCommand) {
      if (key !== 'a' || event.shiftKey) return false;
      select({ type: 'all' });
      return true;
    }
    if (event.shiftKey) return false;
    if (key === 'enter' || key === ' ') open(tile);
    else if (key === 'x') select({ type: 'toggle', key: tile.key });
    else if (key === 'escape' && selection.keys.size > 0) select({ type: 'clear' });
    else return false;
    return true;
  };

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <h1 className="sr-only">{t('page')}</h1>
      <FilterBar
        searchBox={searchBox}
        view={view}
        counts={counts}
        found={found.length}
        onChange={change}
        onLeave={() => setGoTo(order[0] ? { key: order[0] } : null)}
      />
      {!isRead && tiles.length === 0 && <ReadingGallery />}
      {isRead && all.length === 0 && underWay.length === 0 && <EmptyGallery />}
      {all.length > 0 && found.length === 0 && isSearching(view.search) && (
        <NothingFound
          search={view.search}
          onClear={(kind) =>
            change({ search: kind === 'all' ? {} : withoutFilter(view.search, kind) })
          }
        />
      )}
      {(tiles.length > 0 || underWay.length > 0) && (
        <WallView
          tiles={tiles}
          size={view.size}
          opened={opened.place}
          isRead={isRead}
          selection={selection}
          isStarred={isStarred}
          goTo={goTo}
          before={<UnderWay cards={underWay} />}
          tools={(tile) => (
            <TileTools
              tile={tile}
              isSelected={selection.keys.has(tile.key)}
              onToggle={() => select({ type: 'toggle', key: tile.key })}
            />
          )}
          onPlace={keepPlace}
          onOpen={open}
          onSelect={select}
          onTileKey={onTileKey}
        />
      )}
      {viewed !== null && (
        <Suspense>
          <GalleryViewer
            tiles={found}
            tileKey={viewed}
            onTile={setViewed}
            onClose={close}
            actions={() => null}
          />
        </Suspense>
      )}
    </div>
  );
}
