import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { type Card, cardOfRun } from '../../core/gallery/card';
import { learnTraits } from '../../core/gallery/filters';
import { tilesOf } from '../../core/gallery/tiles';
import { runsStore } from '../runs/runs-store';
import { readPatiently, storageProblem } from '../storage/database';
import { isFilled } from '../storage/fill-cards';
import { newestCards } from '../storage/kept-cards';
import { noMarks, pictureMarks } from '../storage/marks';
import type { Collection, KeptCard, PictureMarks } from '../storage/schema';
import { reportStorageProblem } from '../storage/storage-status';
import { type CardChange, readOlderCards, watchCards } from './card-feed';
import { type GalleryPlace, isOfRun } from './removal';
import { untilSeen } from './tile-pictures';
import { fillingStore } from './upkeep';

interface GalleryState {
  /** What is not removed, newest first. */
  cards: readonly Card[];
  /** What people have noted of pictures, by their hashes. */
  marks: ReadonlyMap<string, PictureMarks>;
  collections: readonly Collection[];
  /** Whether the cards are all that there are. */
  isRead: boolean;
  /** Whether something is kept of which no card was made yet. */
  isFilling: boolean;
  /** Grows with each change, for what is read again then. */
  changes: number;
}

export const galleryStore = createStore<GalleryState>(() => ({
  cards: [],
  marks: new Map(),
  collections: [],
  isRead: false,
  isFilling: false,
  changes: 0,
}));

/** Reads the gallery's store. */
export function useGallery<T>(select: (state: GalleryState) => T): T {
  return useStore(galleryStore, select);
}

/** How far earlier runs have been taken in; null: there is nothing more to take in. */
export function useFilling(): { done: number; total: number } | null {
  return useStore(fillingStore, (state) => state.progress);
}

/** So many cards are read at first: more than are seen at once. */
const firstCards = 300;

/** Reads what is kept, and follows what becomes of it here and in other tabs. @returns how to stop */
export function followGallery(): () => void {
  const aborter = new AbortController();
  const leave = watchCards(applyChange);
  void readAll(aborter.signal);
  // Where nothing can be read, what is in this page's memory is all there is.
  const leaveRuns = runsStore.subscribe(({ runs }, before) => {
    if (runs !== before.runs && isUnreadable) showRunsInMemory();
  });
  const leaveFilling = fillingStore.subscribe(({ progress }, before) => {
    if (before.progress && !progress) galleryStore.setState({ isFilling: false });
  });
  return () => {
    aborter.abort();
    leave();
    leaveFilling();
    leaveRuns();
  };
}

let isFollowed = false;

/** The same once, for as long as the app is open: who comes back to the gallery finds it as it is by now. */
export function keepFollowingGallery(): void {
  if (!isFollowed) followGallery();
  isFollowed = true;
}

let isUnreadable = false;

async function readAll(signal: AbortSignal): Promise<void> {
  try {
    // Asked for together: what else the page reads as it starts would come between.
    const [cards, marks, collections, isAllFilled] = await readPatiently(() =>
      Promise.all([
        newestCards(firstCards),
        pictureMarks.marks(),
        pictureMarks.collections(),
        isFilled(),
      ]),
    );
    if (signal.aborted) return;
    isUnreadable = false;
    galleryStore.setState({
      cards,
      marks: new Map(marks.map((one) => [one.hash, one])),
      collections,
      isFilling: !isAllFilled,
      isRead: cards.length < firstCards,
    });
    const last = cards.at(-1)?.order;
    if (cards.length < firstCards || last === undefined) return;
    await untilSeen();
    const older: KeptCard[] = [];
    const take = (some: readonly KeptCard[]) => {
      older.push(...some);
      // What a search needs of them is found now, as the whole of it would hold up the page.
      learnTraits(tilesOf(some));
    };
    if (!signal.aborted) await readOlderCards(last, take, signal);
    if (signal.aborted) return;
    galleryStore.setState(({ cards: known }) => ({ cards: merged(known, older), isRead: true }));
  } catch (error) {
    if (signal.aborted) return;
    reportStorageProblem(storageProblem(error));
    isUnreadable = true;
    showRunsInMemory();
  }
}

/**
 * Shows at once that pictures are removed: what is stored follows, and is heard of when it is done.
 * @returns how to show them again
 */
export function showRemoved(places: readonly GalleryPlace[]): () => void {
  const gone = new Map<string, Set<number | null>>();
  for (const { card, place } of places.filter(isOfRun)) {
    gone.set(card.id, (gone.get(card.id) ?? new Set()).add(place));
  }
  const before = galleryStore.getState().cards.filter(({ id }) => gone.has(id));
  galleryStore.setState(({ cards }) => ({
    cards: cards.flatMap((card) => {
      const its = gone.get(card.id);
      if (!its) return [card];
      if (its.has(null)) return [];
      return [{ ...card, pictures: card.pictures.filter(({ place }) => !its.has(place)) }];
    }),
  }));
  return () =>
    galleryStore.setState(({ cards }) => ({
      cards: merged(
        before,
        cards.filter(({ id }) => !gone.has(id)),
      ),
    }));
}

/**
 * Changes the marks of pictures, which is seen before it is stored.
 * @returns the marks before
 * @throws the browser's own errors; then the marks are seen as they were
 */
export async function markPictures(
  hashes: readonly string[],
  change: (marks: PictureMarks) => PictureMarks,
): Promise<PictureMarks[]> {
  const { marks: before } = galleryStore.getState();
  const show = (markOf: (hash: string) => PictureMarks) =>
    galleryStore.setState(({ marks }) => ({
      marks: new Map([...marks, ...hashes.map((hash) => [hash, markOf(hash)] as const)]),
    }));
  const known = (hash: string) => before.get(hash) ?? noMarks(hash);
  show((hash) => change(known(hash)));
  try {
    return await pictureMarks.changeMarks(hashes, change);
  } catch (error) {
    show(known);
    throw error;
  }
}

function applyChange({ cards: changed, gone, marks: marked, collections }: CardChange): void {
  galleryStore.setState(({ cards, marks, changes }) => {
    const lost = new Set([...gone, ...changed.map(({ id }) => id)]);
    const kept = changed.filter(({ order }) => order !== undefined);
    const others = lost.size === 0 ? cards : cards.filter(({ id }) => !lost.has(id));
    return {
      cards: lost.size === 0 ? cards : merged(others, kept),
      marks:
        marked.length === 0
          ? marks
          : new Map([...marks, ...marked.map((one) => [one.hash, one] as const)]),
      ...(collections && { collections }),
      changes: changes + 1,
    };
  });
}

function showRunsInMemory(): void {
  const cards = runsStore.getState().runs.map(cardOfRun);
  galleryStore.setState({ cards, isRead: true });
}

/** Two lists of cards as one, newest first; of each card what comes first is the newer state. */
function merged(cards: readonly Card[], further: readonly Card[]): Card[] {
  const known = new Set<string>();
  const all: Card[] = [];
  for (const card of [...cards, ...further]) {
    if (known.has(card.id)) continue;
    known.add(card.id);
    all.push(card);
  }
  return all.sort((one, other) => other.at - one.at);
}
