import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useExperiments } from '@/lib/client/experiments/experiments-store';
import { useGallery } from '@/lib/client/gallery/gallery-store';
import { trashedCards } from '@/lib/client/gallery/removal';
import type { KeptCard } from '@/lib/client/storage/schema';
import { searchTiles } from '@/lib/core/gallery/filters';
import { markOf, removedTilesOf, stacked, type Tile, tilesOf } from '@/lib/core/gallery/tiles';
import type { GalleryView } from './use-gallery-address';

const any = () => true;

/**
 * The tiles that the search finds, in their order, on the wall or in Trash.
 * @param isOffered which of all there are at all; always the same function, or all is found anew
 */
export function useFoundTiles(
  { search, isStacked, isTrash }: GalleryView,
  isOffered: (tile: Tile) => boolean = any,
) {
  const { cards, marks, isRead, isFilling } = useGallery((state) => state);
  const trashed = useTrashed(isTrash);
  // A key is shown at once, and then what it finds.
  const deferred = useDeferredValue(search);
  const all = useMemo(() => {
    const isHidden = (tile: Tile) => (marks.get(markOf(tile))?.hiddenAt ?? null) !== null;
    const listed = tilesOf(cards).filter(isOffered);
    if (!isTrash) return listed.filter((tile) => !isHidden(tile));
    const both = [...listed.filter(isHidden), ...removedTilesOf(trashed ?? [])];
    return both.sort((one, other) => other.card.at - one.card.at);
  }, [cards, marks, isTrash, trashed, isOffered]);
  // As one text, so that all is searched anew only where a set has come or gone.
  const sets = useExperiments(({ experiments }) =>
    experiments.flatMap(({ id, madeOn }) => (madeOn ? `${madeOn} ${id}` : [])).join('\n'),
  );
  const { found, counts } = useMemo(() => {
    const pages = new Map(
      sets.split('\n').map((set) => set.split(' ', 2).reverse() as [string, string]),
    );
    return searchTiles(all, deferred, {
      markOf: (hash) => marks.get(hash),
      now: Date.now(),
      madeOn: (experiment) => pages.get(experiment),
    });
  }, [all, deferred, marks, sets]);
  const tiles = useMemo(() => (isStacked ? stacked(found) : found), [found, isStacked]);
  const order = useMemo(() => tiles.map(({ key }) => key), [tiles]);
  return {
    all,
    found,
    counts,
    tiles,
    order,
    isRead: isRead && (isTrash ? trashed !== undefined : !isFilling),
  };
}

/** The cards that have something in Trash; undefined until they were read. */
function useTrashed(isTrash: boolean): readonly KeptCard[] | undefined {
  const changes = useGallery((state) => state.changes);
  const [trashed, setTrashed] = useState<readonly KeptCard[]>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has changed is read again
  useEffect(() => {
    if (!isTrash) return;
    let isWanted = true;
    trashedCards().then(
      (found) => isWanted && setTrashed(found),
      () => isWanted && setTrashed([]),
    );
    return () => {
      isWanted = false;
    };
  }, [isTrash, changes]);
  return trashed;
}
