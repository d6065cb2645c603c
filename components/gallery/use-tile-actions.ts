import { useContext, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { downloadTiles } from '@/lib/client/gallery/download-pictures';
import { galleryStore, markPictures, showRemoved } from '@/lib/client/gallery/gallery-store';
import {
  type GalleryPlace,
  removeFromGallery,
  restoreToGallery,
} from '@/lib/client/gallery/removal';
import type { Collection } from '@/lib/client/storage/schema';
import { type Tile, tilesIn } from '@/lib/core/gallery/tiles';
import { GalleryModels } from './tile-words';

/** What was done last, to be read and perhaps undone. */
export interface ActionNotice {
  text: string;
  undo?: () => void;
}

/** What can be done with tiles, and what was done last. */
export function useTileActions() {
  const t = useTranslations('gallery.done');
  const models = useContext(GalleryModels);
  const [notice, setNotice] = useState<ActionNotice | null>(null);
  const [isPacking, setPacking] = useState(false);
  const attempt = (action: () => Promise<void>) =>
    void action().catch(() => setNotice({ text: t('failed') }));

  return {
    notice,
    dismiss: () => setNotice(null),
    isPacking,
    say: (words: 'notSent') => setNotice({ text: t(words) }),
    /** Stars pictures; if all of them have their star, takes it off. */
    star: (tiles: readonly Tile[]) =>
      attempt(async () => {
        const { marks } = galleryStore.getState();
        const hashes = hashesOf(tiles);
        const isStarred = !hashes.every((hash) => marks.get(hash)?.isStarred);
        await markPictures(hashes, (its) => ({ ...its, isStarred }));
      }),
    /** Removes pictures, and runs that have none; a click brings them back. */
    remove: (tiles: readonly Tile[]) =>
      attempt(async () => {
        const places = placesOf(tiles);
        const showAgain = showRemoved(places);
        const removal = removeFromGallery(places);
        const { removed, hidden, undo } = await removal.catch((error) => {
          showAgain();
          throw error;
        });
        const said = [
          removed > 0 && t('removed', { count: removed }),
          hidden > 0 && t('hidden', { count: hidden }),
        ];
        const bringBack = () =>
          attempt(async () => {
            showAgain();
            await undo();
            setNotice({ text: t('restored', { count: removed + hidden }) });
          });
        setNotice({
          text: said.filter(Boolean).join(' '),
          undo: bringBack,
        });
      }),
    /** Puts pictures into a collection; a click takes out what was not in it before. */
    collect: (tiles: readonly Tile[], { id, name }: Collection) =>
      attempt(async () => {
        const before = await markPictures(hashesOf(tiles), (its) => ({
          ...its,
          collections: [...new Set([...its.collections, id])],
        }));
        const added = before.filter(({ collections }) => !collections.includes(id));
        const undo = () =>
          attempt(async () => {
            await markPictures(
              added.map(({ hash }) => hash),
              (its) => ({ ...its, collections: its.collections.filter((one) => one !== id) }),
            );
          });
        const text = t('collected', { count: before.length, name });
        setNotice(added.length > 0 ? { text, undo } : { text });
      }),
    restore: (tiles: readonly Tile[]) =>
      attempt(async () => {
        const places = placesOf(tiles);
        await restoreToGallery(places);
        setNotice({ text: t('restored', { count: places.length }) });
      }),
    download: (tiles: readonly Tile[]) => {
      if (isPacking) return;
      setPacking(true);
      void downloadTiles(tiles, models)
        .then(
          ({ missing }) => missing > 0 && setNotice({ text: t('missing', { count: missing }) }),
          () => setNotice({ text: t('notDownloaded') }),
        )
        .finally(() => setPacking(false));
    },
  };
}

export type TileActions = ReturnType<typeof useTileActions>;

/** The hashes of all pictures that tiles stand for, each once. */
export function hashesOf(tiles: readonly Tile[]): string[] {
  return [...new Set(tiles.flatMap(({ pictures }) => pictures.map(({ hash }) => hash)))];
}

function placesOf(tiles: readonly Tile[]): GalleryPlace[] {
  return tiles
    .flatMap(tilesIn)
    .flatMap(({ card, pictures }): GalleryPlace[] =>
      pictures.length === 0
        ? [{ card, place: null }]
        : pictures.map(({ place }) => ({ card, place })),
    );
}
