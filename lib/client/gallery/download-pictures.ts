import type { CardPicture } from '../../core/gallery/card';
import type { PictureRecord } from '../../core/gallery/picture-records';
import { type Tile, tilesIn } from '../../core/gallery/tiles';
import type { Model } from '../../core/models/model';
import { uniqueNames } from '../../core/pictures/file-name';
import { type NamedBlob, saveBlob, zipPictures } from '../pictures/downloads';
import { loadPicture } from '../pictures/picture-files';
import { type CardDetails, loadCardDetails } from './card-details';
import { galleryStore } from './gallery-store';

/** No ZIP is larger: what packs it holds it in memory, or on the disk where that is full soon. */
const mostBytes = 400_000_000;

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
  else await saveZips(found);
  return { missing: wanted.length - found.length };
}

async function saveZips(found: readonly Found[]): Promise<void> {
  // Loaded at the first ZIP.
  const { inPieces, recordsAsCsv, recordsAsJson } = await import(
    '../../core/gallery/picture-records'
  );
  const names = uniqueNames(found.map(({ record }) => record.file));
  const named = found.map((one, index) => ({
    ...one,
    record: { ...one.record, file: names[index] ?? one.record.file },
  }));
  const pieces = inPieces(named, mostBytes);
  for (const [index, piece] of pieces.entries()) {
    const records = piece.map(({ record }) => record);
    const files: NamedBlob[] = [
      ...piece.map(({ blob, record }) => ({ name: record.file, blob })),
      { name: 'pictures.csv', blob: new Blob([recordsAsCsv(records)]) },
      { name: 'pictures.json', blob: new Blob([recordsAsJson(records)]) },
    ];
    const number = pieces.length > 1 ? `-${index + 1}-of-${pieces.length}` : '';
    saveBlob(await zipPictures(files), `pictures${number}.zip`);
  }
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
