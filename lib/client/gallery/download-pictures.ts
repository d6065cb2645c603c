import type { CardPicture } from '../../core/gallery/card';
import type { PictureRecord } from '../../core/gallery/picture-records';
import { type Tile, tilesIn } from '../../core/gallery/tiles';
import type { Model } from '../../core/models/model';
import { saveBlob } from '../pictures/downloads';
import { loadPicture } from '../pictures/picture-files';
import { saveZips } from '../pictures/zip-pieces';
import { type CardDetails, loadCardDetails } from './card-details';
import { galleryStore } from './gallery-store';

interface Found {
  blob: Blob;
  bytes: number;
  record: PictureRecord;
}

/**
 * Saves the originals of pictures: one as it is, several in ZIPs of at most 400 MB each, with a CSV and
 * a JSON file that say what has made them.
 * @returns how many are not stored any more
 * @throws if none is left, or a file cannot be read
 */
export async function downloadTiles(
  tiles: readonly Tile[],
  models: readonly Model[],
): Promise<{ missing: number }> {
  const wanted = tiles
    .flatMap(tilesIn)
    .flatMap(({ card, pictures }) => pictures.map((picture) => ({ card, picture })));
  const found: Found[] = [];
  let details: { of: string; known: CardDetails | undefined } | undefined;
  for (const { card, picture } of wanted) {
    if (details?.of !== card.id) {
      details = { of: card.id, known: await loadCardDetails(card, models) };
    }
    const blob = await loadPicture(picture.hash);
    if (blob)
      found.push({ blob, bytes: blob.size, record: recordOf(card, picture, details.known) });
  }
  const [first] = found;
  if (!first) throw new Error('None of the pictures is stored any more.');
  if (wanted.length === 1) saveBlob(first.blob, first.record.file);
  else await savePictureZips(found);
  return { missing: wanted.length - found.length };
}

async function savePictureZips(found: readonly Found[]): Promise<void> {
  // Loaded at the first ZIP.
  const { recordsAsCsv, recordsAsJson } = await import('../../core/gallery/picture-records');
  const named = found.map((one) => ({ ...one, name: one.record.file }));
  await saveZips(named, {
    stem: 'pictures',
    listsOf(piece) {
      const records = piece.map(({ record, name }) => ({ ...record, file: name }));
      return [
        { name: 'pictures.csv', blob: new Blob([recordsAsCsv(records)]) },
        { name: 'pictures.json', blob: new Blob([recordsAsJson(records)]) },
      ];
    },
  });
}

function recordOf(
  card: Tile['card'],
  picture: CardPicture,
  details: CardDetails | undefined,
): PictureRecord {
  const { marks, collections } = galleryStore.getState();
  const mark = marks.get(picture.hash);
  const its = details?.pictures.find(({ place }) => place === picture.place);
  const extension = picture.format === 'jpeg' ? 'jpg' : (picture.format ?? 'bin');
  return {
    file: its?.fileName ?? `picture-${picture.hash.slice(0, 12)}.${extension}`,
    prompt: details?.prompt ?? card.title,
    origin: card.origin,
    model: card.model,
    at: new Date(card.at).toISOString(),
    width: picture.width ?? null,
    height: picture.height ?? null,
    bytes: picture.bytes,
    sha256: picture.hash,
    isStarred: mark?.isStarred ?? false,
    tags: mark?.tags ?? [],
    collections: (mark?.collections ?? []).flatMap(
      (id) => collections.find((one) => one.id === id)?.name ?? [],
    ),
    settings: details?.settings ?? null,
  };
}
