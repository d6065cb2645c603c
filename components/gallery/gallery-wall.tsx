'use client';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useGallery } from '@/lib/client/gallery/gallery-store';
import { isSearching, withoutFilter } from '@/lib/core/gallery/filters';
import {
  changeSelection,
  emptySelection,
  nextAfter,
  type SelectionChange,
  withinFound,
} from '@/lib/core/gallery/selection';
import type { Tile } from '@/lib/core/gallery/tiles';
import { isInFlight } from '@/lib/core/runs/run-state';
import { laterPart } from '../controls/later-part';
import { StageNotices } from '../runs/stage-notices';
import { useShortcut } from '../ui/keyboard';
import { DropTray } from './drop-tray';
import { FilterBar } from './filter-bar';
import {
  EmptyGallery,
  EmptyTrash,
  FillingNotice,
  NothingFound,
  ReadingGallery,
} from './gallery-states';
import { LabelSheet } from './label-sheet';
import { DoneNotice, mostCompared, SelectionBar } from './selection-bar';
import { SpaceNotice } from './space-notice';
import { SpaceSheet } from './space-sheet';
import { TileTools } from './tile-tools';
import { TrashBar } from './trash-bar';
import { UnderWay } from './under-way';
import { useFoundTiles } from './use-found-tiles';
import { useGalleryAddress } from './use-gallery-address';
import { useOpenCard } from './use-open-card';
import { useSendPictures } from './use-send-pictures';
import { hashesOf, useTileActions } from './use-tile-actions';
import { ViewerTools } from './viewer-tools';
import { WallView } from './wall-view';

const GalleryViewer = laterPart(async () => (await import('./gallery-viewer')).default);
const GalleryCompare = laterPart(async () => (await import('./gallery-compare')).default);

/** What is found, on the wall; what it is found by, above it; one of it, in the viewer. */
export function GalleryWall() {
  const t = useTranslations('gallery');
  const { view, opened, change, keepPlace } = useGalleryAddress();
  const { cards, marks } = useGallery((state) => state);
  const { all, found, counts, tiles, order, isRead } = useFoundTiles(view);
  const [viewed, setViewed] = useState<string | null>(null);
  const [sheet, setSheet] = useState<{
    kind: 'labels' | 'compare' | 'space';
    tiles: Tile[];
  } | null>(null);
  const [goTo, setGoTo] = useState<{ key: string } | null>(null);
  const [selected, setSelected] = useState(emptySelection);
  const actions = useTileActions();
  const openCard = useOpenCard();
  const sendTo = useSendPictures(() => actions.say('notSent'));
  const [dragged, setDragged] = useState<readonly Tile[] | null>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  useShortcut('/', () => searchBox.current?.focus());

  const { isTrash } = view;
  // Each key of a search renders this again, with thousands of tiles.
  const selection = useMemo(
    () => (selected.keys.size === 0 ? selected : withinFound(selected, new Set(order))),
    [selected, order],
  );
  const chosen = useMemo(
    () => (selection.keys.size === 0 ? [] : tiles.filter(({ key }) => selection.keys.has(key))),
    [selection, tiles],
  );
  const inFlight = useMemo(() => cards.filter(isInFlight), [cards]);
  const underWay = isTrash ? [] : inFlight;
  const isBare = all.length === 0 && underWay.length === 0;
  const select = (next: SelectionChange) =>
    setSelected((before) => changeSelection(withinFound(before, new Set(order)), next, order));
  /** What a key on a tile is for: all that is selected, if it is one of that. */
  const meant = (tile: Tile) => (selection.keys.has(tile.key) ? chosen : [tile]);
  const isStarred = ({ picture }: Tile) =>
    picture !== null && marks.get(picture.hash)?.isStarred === true;

  const open = (tile: Tile) => {
    if (tile.picture) setViewed(tile.key);
    else void openCard(tile.card);
  };
  const close = () => {
    const card = found.find(({ key }) => key === viewed)?.card;
    setViewed(null);
    // In a stack it stands behind its run's first picture.
    const shown =
      tiles.find(({ key }) => key === viewed) ?? tiles.find((tile) => tile.card.id === card?.id);
    if (shown) setGoTo({ key: shown.key });
  };
  const removeTiles = (gone: readonly Tile[], from: string) => {
    const next = nextAfter(order, from, new Set(gone.map(({ key }) => key)));
    if (isTrash) actions.restore(gone);
    else actions.remove(gone);
    if (next !== null && next !== from) setGoTo({ key: next });
  };
  const compare = (of: Tile[]) => {
    const pictures = of.filter(({ picture }) => picture);
    if (pictures.length < 2 || pictures.length > mostCompared) return;
    setSheet({ kind: 'compare', tiles: pictures });
  };
  const label = (of: Tile[]) => {
    if (hashesOf(of).length > 0) setSheet({ kind: 'labels', tiles: of });
  };
  const openSpace = () =>
    setSheet({ kind: 'space', tiles: isTrash ? [] : all.filter((tile) => !isStarred(tile)) });
  const onTileKey = (event: KeyboardEvent, tile: Tile): boolean => {
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      if (key !== 'a' || event.shiftKey) return false;
      select({ type: 'all' });
      return true;
    }
    if (event.shiftKey) return false;
    if (key === 'enter' || key === ' ') open(tile);
    else if (key === 'x') select({ type: 'toggle', key: tile.key });
    else if (key === 'escape' && selection.keys.size > 0) select({ type: 'clear' });
    else if (key === 's' && !isTrash) actions.star(meant(tile));
    else if (key === 't' && !isTrash) label(meant(tile));
    else if (key === 'c' && !isTrash) compare(meant(tile));
    else if (key === 'd') actions.download(meant(tile));
    else if (key === 'delete' && !isTrash) removeTiles(meant(tile), tile.key);
    else return false;
    return true;
  };
  const toolsOf = (tile: Tile, width: number) => (
    <TileTools
      tile={tile}
      width={width}
      isSelected={selection.keys.has(tile.key)}
      isStarred={isStarred(tile)}
      isTrash={isTrash}
      actions={actions}
      onToggle={() => select({ type: 'toggle', key: tile.key })}
      onRemove={() => removeTiles([tile], tile.key)}
    />
  );

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <h1 className="sr-only">{t('page')}</h1>
      <FilterBar
        searchBox={searchBox}
        view={view}
        counts={counts}
        found={found.length}
        onSpace={openSpace}
        onChange={change}
        onLeave={() => setGoTo(order[0] ? { key: order[0] } : null)}
      />
      <StageNotices />
      <SpaceNotice onOpen={openSpace} />
      <FillingNotice />
      {isTrash && <TrashBar tiles={all} onLeave={() => change({ isTrash: false })} />}
      {isBare && (isRead ? isTrash ? <EmptyTrash /> : <EmptyGallery /> : <ReadingGallery />)}
      {all.length > 0 && found.length === 0 && isSearching(view.search) && (
        <NothingFound
          search={view.search}
          onClear={(kind) =>
            change({ search: kind === 'all' ? {} : withoutFilter(view.search, kind) })
          }
        />
      )}
      {/* What the address says is not known to the server, nor in the first render. */}
      {opened && (tiles.length > 0 || underWay.length > 0) && (
        <WallView
          key={String(isTrash)}
          tiles={tiles}
          size={view.size}
          opened={opened.place}
          isRead={isRead}
          selection={selection}
          isStarred={isStarred}
          goTo={goTo}
          before={<UnderWay cards={underWay} />}
          tools={toolsOf}
          onPlace={keepPlace}
          onOpen={open}
          onSelect={select}
          onTileKey={onTileKey}
          onDrag={(tile) => !isTrash && setDragged(meant(tile))}
        />
      )}
      {dragged && (
        <DropTray
          count={hashesOf(dragged).length}
          onCollect={(collection) => actions.collect(dragged, collection)}
          onNewCollection={() => label([...dragged])}
          onPage={(page) => sendTo(page, dragged)}
          onEnd={() => setDragged(null)}
        />
      )}
      <DoneNotice notice={actions.notice} onDismiss={actions.dismiss} />
      {chosen.length > 0 && (
        <SelectionBar
          tiles={chosen}
          actions={actions}
          isTrash={isTrash}
          onLabel={() => label(chosen)}
          onCompare={() => compare(chosen)}
          onClear={() => select({ type: 'clear' })}
        />
      )}
      {sheet?.kind === 'labels' && (
        <LabelSheet tiles={sheet.tiles} onClose={() => setSheet(null)} />
      )}
      {sheet?.kind === 'space' && (
        <SpaceSheet
          unstarred={sheet.tiles}
          onRemove={actions.remove}
          onClose={() => setSheet(null)}
        />
      )}
      {sheet?.kind === 'compare' && (
        <GalleryCompare tiles={sheet.tiles} onClose={() => setSheet(null)} />
      )}
      {viewed !== null && (
        <GalleryViewer
          tiles={found}
          tileKey={viewed}
          onTile={setViewed}
          onClose={close}
          actions={(tile) => (
            <ViewerTools
              tile={tile}
              isStarred={isStarred(tile)}
              isTrash={isTrash}
              actions={actions}
              onRemove={() => {
                const next = nextAfter(
                  found.map(({ key }) => key),
                  tile.key,
                  new Set([tile.key]),
                );
                actions[isTrash ? 'restore' : 'remove']([tile]);
                setViewed(next);
              }}
            />
          )}
        />
      )}
    </div>
  );
}
