'use client';
import { type ReactNode, useContext, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useExperiments } from '@/lib/client/experiments/experiments-store';
import { type CardDetails, loadCardDetails } from '@/lib/client/gallery/card-details';
import { requirePicture, usePictureUrls } from '@/lib/client/pictures/picture-files';
import type { Card } from '@/lib/core/gallery/card';
import type { Tile } from '@/lib/core/gallery/tiles';
import { nothingExpected } from '@/lib/core/pictures/stored-picture';
import { PictureDetails } from '../controls/details/picture-details';
import { PictureFacts } from '../controls/picture-facts';
import Viewer from '../controls/viewer/viewer';
import type { ViewerPicture } from '../controls/viewer/viewer-stage';
import { ChatAbout, EditPicture } from '../runs/continue-picture';
import { DoneAgain } from '../runs/done-again';
import { LineageStrip } from '../runs/lineage-strip';
import { Button, buttonClasses } from '../ui/button';
import { useFilterWords } from './filter-words';
import { GalleryModels, useTileWords } from './tile-words';
import { useOpenCard } from './use-open-card';

const look = buttonClasses('plain');

/** The full view of all pictures that are found, from one to the next across runs and pages. */
export default function GalleryViewer({
  tiles,
  tileKey,
  onTile,
  onClose,
  actions,
}: {
  tiles: readonly Tile[];
  tileKey: string;
  onTile: (key: string) => void;
  onClose: () => void;
  /** Further buttons for a picture. */
  actions: (tile: Tile) => ReactNode;
}) {
  const t = useTranslations('gallery');
  const words = useTileWords();
  const models = useContext(GalleryModels);
  const index = tiles.findIndex(({ key }) => key === tileKey);
  const card = tiles[index]?.card;
  // The pictures of this run, so that Home and End find them, and one on either side.
  const first = card ? firstOf(tiles, index, card) : 0;
  const last = card ? lastOf(tiles, index, card) : -1;
  const near = tiles.slice(Math.max(0, first - 1), last + 2).filter(({ picture }) => picture);
  const urls = usePictureUrls(near.map(({ picture }) => picture?.hash ?? ''));
  const details = useDetails(near.map((tile) => tile.card));
  const pictureIn = ({ card: { id }, picture }: Tile) =>
    details.get(id)?.pictures.find(({ place }) => place === picture?.place);
  const at = near.findIndex(({ key }) => key === tileKey);
  const pictures = near.map((tile): ViewerPicture => {
    const { key, picture } = tile;
    const known = details.get(tile.card.id);
    const its = pictureIn(tile);
    const hash = picture?.hash ?? '';
    return {
      id: key,
      group: tile.card.id,
      position: t('position', { number: tiles.indexOf(tile) + 1, count: tiles.length }),
      prompt: known?.prompt ?? tile.card.title,
      url: urls.get(hash) ?? '',
      alt: words.label(tile, false),
      fileName: its?.fileName ?? '',
      facts: (
        <div className="flex flex-wrap items-center gap-x-2.5">
          <span className="text-small text-muted">
            {[words.model(tile.card.model), words.moment(tile.card.at)].filter(Boolean).join(' · ')}
          </span>
          {tile.card.experiment !== undefined && (
            <OfExperiment card={tile.card} id={tile.card.experiment} onDone={onClose} />
          )}
          {its && (
            <PictureFacts
              header={its.header}
              byteLength={its.byteLength}
              isTransparent={its.isTransparent}
              expected={known?.expected ?? nothingExpected}
            />
          )}
        </div>
      ),
      hasAlpha: picture?.hasAlpha === true,
      width: picture?.width,
      height: picture?.height,
      getBlob: () => requirePicture(hash),
    };
  });
  if (at === -1 || urls.size === 0) return null;
  return (
    <Viewer
      pictures={pictures}
      index={at}
      onIndex={(to) => near[to] && onTile(near[to].key)}
      onClose={onClose}
      details={(of) => {
        const tile = near[of];
        const its = tile && pictureIn(tile);
        if (!tile || !its) return null;
        const { sent, expected = nothingExpected } = details.get(tile.card.id) ?? {};
        return (
          <PictureDetails picture={{ ...its, expected, sent }}>
            <LineageStrip hash={its.hash} onDone={onClose} />
          </PictureDetails>
        );
      }}
      actions={(of) => {
        const tile = near[of];
        const its = tile && pictureIn(tile);
        const sent = tile && details.get(tile.card.id)?.sent;
        if (!tile) return null;
        return (
          <>
            {actions(tile)}
            {its?.header && <Further picture={{ ...its, header: its.header }} onDone={onClose} />}
            {sent && (
              <DoneAgain
                sent={sent}
                models={models}
                className={`${look} max-wide:[&>span]:sr-only`}
                onDone={onClose}
              />
            )}
          </>
        );
      }}
    />
  );
}

/** Names the experiment whose cell made a picture, and leads to it. */
function OfExperiment({ card, id, onDone }: { card: Card; id: string; onDone: () => void }) {
  const t = useTranslations('gallery');
  const words = useFilterWords();
  const isThere = useExperiments(({ experiments }) => experiments.some((one) => one.id === id));
  const openCard = useOpenCard();
  const label = t('ofExperiment', { name: words.value('experiment', id) });
  // Of one that was removed only the cells are left.
  if (!isThere) return <span className="text-small text-muted">{label}</span>;
  return (
    <Button
      look="link"
      className="max-w-72 text-small"
      onClick={() => {
        onDone();
        void openCard(card);
      }}
    >
      <span className="truncate">{label}</span>
    </Button>
  );
}

function Further({
  picture: { hash, byteLength, header, fileName: name, parent },
  onDone,
}: {
  picture: CardDetails['pictures'][number] & {
    header: NonNullable<CardDetails['pictures'][number]['header']>;
  };
  onDone: () => void;
}) {
  const further = {
    className: look,
    picture: { hash, byteLength, header, name, parent },
    onDone,
  };
  return (
    <>
      <EditPicture {...further} />
      <ChatAbout {...further} />
    </>
  );
}

/** What the cards stand for, by their ids, as it is read. */
function useDetails(cards: readonly Card[]): ReadonlyMap<string, CardDetails> {
  const models = useContext(GalleryModels);
  const [found, setFound] = useState<ReadonlyMap<string, CardDetails>>(new Map());
  const ids = [...new Set(cards.map(({ id }) => id))].join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids name the cards
  useEffect(() => {
    let isWanted = true;
    const distinct = new Map(cards.map((card) => [card.id, card]));
    for (const card of distinct.values()) {
      loadCardDetails(card, models).then(
        (details) =>
          isWanted && details && setFound((known) => new Map(known).set(card.id, details)),
        // The picture is shown all the same.
        () => {},
      );
    }
    return () => {
      isWanted = false;
    };
  }, [ids, models]);
  return found;
}

function firstOf(tiles: readonly Tile[], index: number, card: Card): number {
  let first = index;
  while (tiles[first - 1]?.card.id === card.id) first--;
  return first;
}

function lastOf(tiles: readonly Tile[], index: number, card: Card): number {
  let last = index;
  while (tiles[last + 1]?.card.id === card.id) last++;
  return last;
}
