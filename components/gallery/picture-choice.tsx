'use client';
import { type KeyboardEvent, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { loadKeptPictures } from '@/lib/client/gallery/card-details';
import { keepFollowingGallery, useGallery } from '@/lib/client/gallery/gallery-store';
import type { KeptPicture } from '@/lib/client/pictures/dragged-picture';
import { isSearching, withoutFilter } from '@/lib/core/gallery/filters';
import { startAddress } from '@/lib/core/gallery/gallery-address';
import {
  changeSelection,
  emptySelection,
  type SelectionChange,
  withinFound,
} from '@/lib/core/gallery/selection';
import type { Tile } from '@/lib/core/gallery/tiles';
import type { IntakeLimits } from '@/lib/core/references/intake';
import { Button } from '../ui/button';
import { FilterBar } from './filter-bar';
import { NothingFound, ReadingGallery } from './gallery-states';
import { GalleryModels } from './tile-words';
import { useFoundTiles } from './use-found-tiles';
import type { GalleryView } from './use-gallery-address';
import { WallView } from './wall-view';

const { place: _place, ...startView } = startAddress;

/** The wall of all pages' pictures that a model takes: a click chooses, and leaves what was chosen before. */
export function PictureChoice({
  limits: { formats },
  onAdd,
}: {
  limits: IntakeLimits;
  onAdd: (pictures: readonly KeptPicture[]) => void;
}) {
  const t = useTranslations('references.recent');
  const models = useContext(GalleryModels);
  const [view, setView] = useState<GalleryView>({ ...startView, size: 'small' });
  const [selected, setSelected] = useState(emptySelection);
  const [goTo, setGoTo] = useState<{ key: string } | null>(null);
  const [isGone, setGone] = useState(false);
  const searchBox = useRef<HTMLInputElement>(null);
  const marks = useGallery((state) => state.marks);
  useEffect(keepFollowingGallery, []);
  const isTaken = useCallback(
    ({ picture }: Tile) => picture?.format !== undefined && formats.includes(picture.format),
    [formats],
  );
  const { all, found, counts, tiles, order, isRead } = useFoundTiles(view, isTaken);
  // What is not found any more stays chosen: another search goes on choosing.
  const chosen = all.filter(({ key }) => selected.keys.has(key));
  const select = (change: SelectionChange) =>
    setSelected((before) => {
      const seen = withinFound(before, new Set(order));
      const others = [...before.keys].filter((key) => !seen.keys.has(key));
      const { keys, anchor } = changeSelection(seen, change, order);
      return { keys: new Set([...others, ...keys]), anchor };
    });
  const toggle = ({ key }: Tile) => select({ type: 'toggle', key });
  const onTileKey = ({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent, tile: Tile): boolean => {
    if (ctrlKey || metaKey || shiftKey || !['Enter', ' ', 'x'].includes(key)) return false;
    toggle(tile);
    return true;
  };
  const add = async () => {
    const pictures = await loadKeptPictures(chosen, models);
    const there = pictures.filter((picture) => picture !== undefined);
    if (there.length === pictures.length) onAdd(there);
    else setGone(true);
  };
  return (
    <div className="-m-4 flex h-[min(76dvh,900px)] flex-col">
      <FilterBar
        searchBox={searchBox}
        view={view}
        counts={counts}
        found={found.length}
        onChange={(change) => setView((before) => ({ ...before, ...change }))}
        onLeave={() => setGoTo(order[0] ? { key: order[0] } : null)}
      />
      {all.length === 0 &&
        (isRead ? <p className="p-6 text-muted">{t('none')}</p> : <ReadingGallery />)}
      {all.length > 0 && found.length === 0 && isSearching(view.search) && (
        <NothingFound
          search={view.search}
          onClear={(kind) =>
            setView((before) => ({
              ...before,
              search: kind === 'all' ? {} : withoutFilter(before.search, kind),
            }))
          }
        />
      )}
      {tiles.length > 0 && (
        <WallView
          tiles={tiles}
          size={view.size}
          opened={null}
          isRead={isRead}
          selection={selected}
          isStarred={({ picture }) =>
            picture !== null && marks.get(picture.hash)?.isStarred === true
          }
          goTo={goTo}
          before={null}
          tools={() => null}
          onPlace={() => {}}
          onOpen={toggle}
          onSelect={select}
          onTileKey={onTileKey}
        />
      )}
      <div className="border-t border-line p-3">
        {isGone && (
          <p role="alert" className="mb-2 text-error">
            {t('gone')}
          </p>
        )}
        <Button
          look="primary"
          why={chosen.length === 0 ? t('add', { count: 0 }) : undefined}
          className="w-full"
          onClick={() => void add()}
        >
          {t('add', { count: chosen.length })}
        </Button>
      </div>
    </div>
  );
}
