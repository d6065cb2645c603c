import { type Card, isOfRun as isRunCard } from '../../core/gallery/card';
import { cardMark } from '../../core/gallery/tiles';
import { removePlaces, restorePlaces } from '../runs/run-commands';
import { pictureMarks } from '../storage/marks';
import { trash } from '../storage/trash';
import { purgeTrash } from './upkeep';

/** A picture of the gallery by its card and its place there; null: what has no picture. */
export interface GalleryPlace {
  card: Pick<Card, 'id' | 'origin' | 'experiment' | 'pictures' | 'removed'>;
  place: number | null;
}

/** What a removal has done. */
export interface Removal {
  /** How many pictures and runs are in Trash. */
  removed: number;
  /**
   * How many are only hidden: an answer belongs to its conversation, and goes back upstream with it, and an
   * added picture belongs to what was sent with it.
   */
  hidden: number;
  undo(): Promise<void>;
}

/** Removes what can be removed, and hides the rest. Throws the browser's own errors. */
export async function removeFromGallery(places: readonly GalleryPlace[]): Promise<Removal> {
  const runs = places.filter(isOfRun).map(({ card, place }) => ({ run: card.id, index: place }));
  const hidden = marksOf(places.filter((one) => !isOfRun(one)));
  const now = Date.now();
  if (runs.length > 0) await removePlaces(runs);
  const before = await pictureMarks.changeMarks(hidden, (marks) => ({ ...marks, hiddenAt: now }));
  return {
    removed: runs.length,
    hidden: hidden.length,
    async undo() {
      if (runs.length > 0) await restorePlaces(runs);
      const earlier = new Map(before.map(({ hash, hiddenAt }) => [hash, hiddenAt]));
      await pictureMarks.changeMarks(hidden, (marks) => ({
        ...marks,
        hiddenAt: earlier.get(marks.hash) ?? null,
      }));
    },
  };
}

/** Restores what was removed or hidden. */
export async function restoreToGallery(places: readonly GalleryPlace[]): Promise<void> {
  const runs = places.filter(isOfRun).map(({ card, place }) => ({ run: card.id, index: place }));
  const hidden = marksOf(places.filter((one) => !isOfRun(one)));
  if (runs.length > 0) await restorePlaces(runs);
  await pictureMarks.changeMarks(hidden, (marks) => ({ ...marks, hiddenAt: null }));
}

/** The cards that have something in Trash. One without `order` is there as a whole. */
export const trashedCards = trash.trashed;

/** Deletes all that is in Trash for good. */
export function emptyTrash(): Promise<void> {
  return purgeTrash(Date.now() + 1);
}

/** Whether it is a picture of a run, which can be removed, and not only hidden. */
export function isOfRun({ card }: GalleryPlace): boolean {
  return isRunCard(card);
}

/** What they are marked by: the hash of the picture, else the card. */
function marksOf(places: readonly GalleryPlace[]): string[] {
  const marks = places.map(({ card, place }) => {
    const pictures = [...card.pictures, ...(card.removed ?? [])];
    if (place === null) return cardMark(card.id);
    return pictures.find((picture) => picture.place === place)?.hash;
  });
  return [...new Set(marks.filter((mark) => mark !== undefined))];
}
