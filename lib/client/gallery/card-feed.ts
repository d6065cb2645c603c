import { hearCards } from '../browser/tabs';
import { cardsById } from '../storage/kept-cards';
import { pictureMarks } from '../storage/marks';
import type { Collection, KeptCard, PictureMarks } from '../storage/schema';
import { storeWorker } from './store-worker';

/**
 * Reads the cards from one on in a worker, because they may be thousands.
 * @param order that of the last card that is known
 * @param onCards called with some at a time, newest first; those that are known may be among them
 */
export function readOlderCards(
  order: number,
  onCards: (cards: KeptCard[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  return storeWorker.call('older', { order }, { onEvent: onCards, signal });
}

/** What has changed of the cards and marks, in this tab or in another one. */
export interface CardChange {
  /** As they are now. Those that are removed have no `order`. */
  cards: KeptCard[];
  /** The ids of cards that are not there any more. */
  gone: string[];
  /** The marks as they are now; without any: of a picture that has none any more. */
  marks: PictureMarks[];
  /** All of them, if one was made, named or deleted. */
  collections?: Collection[];
}

/** Changes of this long are reported as one. */
const collectMs = 50;

/** Follows the cards and marks. @returns how to stop */
export function watchCards(onChange: (change: CardChange) => void): () => void {
  const cards = new Set<string>();
  const marks = new Set<string>();
  let hasCollections = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWatching = true;
  const read = async () => {
    timer = undefined;
    const [ids, hashes] = [[...cards], [...marks]];
    const isCollected = hasCollections;
    cards.clear();
    marks.clear();
    hasCollections = false;
    const found = await cardsById(ids);
    const change: CardChange = {
      cards: found,
      gone: ids.filter((id) => !found.some((card) => card.id === id)),
      marks: await pictureMarks.marksOf(hashes),
      ...(isCollected && { collections: await pictureMarks.collections() }),
    };
    if (isWatching) onChange(change);
  };
  const stop = hearCards((event) => {
    for (const id of event.cards) cards.add(id);
    for (const hash of event.marks) marks.add(hash);
    hasCollections ||= event.hasCollections === true;
    timer ??= setTimeout(() => void read().catch(() => {}), collectMs);
  });
  return () => {
    isWatching = false;
    clearTimeout(timer);
    stop();
  };
}
