import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { removePlaces, restorePlaces } from '../runs/run-commands';
import { putRuns, runsStore } from '../runs/runs-store';
import { history } from '../storage/history';
import { newestCards } from '../storage/kept-cards';
import { pictureMarks } from '../storage/marks';
import { followGallery, galleryStore, markPictures, showRemoved } from './gallery-store';
import { runAt } from './stored-runs.setup';

vi.mock('../storage/kept-cards', async (load) => {
  const all = await load<typeof import('../storage/kept-cards')>();
  return { ...all, newestCards: vi.fn(all.newestCards) };
});
vi.mock('./store-worker', () => import('./stored-runs.setup'));

const ids = () => galleryStore.getState().cards.map(({ id }) => id);
let stop = () => {};

beforeEach(() => {
  runsStore.setState({ runs: [] });
  galleryStore.setState({ cards: [], marks: new Map(), isRead: false });
});
afterEach(() => stop());

describe('the cards of the gallery', () => {
  it('follow what is made, removed, starred and collected', async () => {
    for (const now of [1, 2]) await history.saveRun(runAt(now));
    stop = followGallery();
    await expect.poll(ids).toEqual(['run-2', 'run-1']);
    await history.saveRun(runAt(3));
    await expect.poll(ids).toEqual(['run-3', 'run-2', 'run-1']);
    await removePlaces([{ run: 'run-2', index: null }]);
    await expect.poll(ids).toEqual(['run-3', 'run-1']);
    // A removal is seen before it is stored.
    const { cards } = galleryStore.getState();
    const pictures = () => galleryStore.getState().cards.map((card) => card.pictures.length);
    const showAgain = showRemoved(cards.map((card) => ({ card, place: 0 })));
    expect(pictures()).toEqual([0, 0]);
    showAgain();
    expect(pictures()).toEqual([1, 1]);
    await restorePlaces([{ run: 'run-2', index: null }]);
    await expect.poll(ids).toEqual(['run-3', 'run-2', 'run-1']);
    const isStarred = () => galleryStore.getState().marks.get('hash-1')?.isStarred;
    await pictureMarks.changeMarks(['hash-1'], (one) => ({ ...one, isStarred: true }));
    await expect.poll(isStarred).toBe(true);
    // A mark is seen before it is stored, and only as long as it can be.
    const stored = vi.spyOn(pictureMarks, 'changeMarks').mockRejectedValueOnce(new Error('full'));
    const failing = markPictures(['hash-1'], (one) => ({ ...one, isStarred: false }));
    expect(isStarred()).toBe(false);
    await expect(failing).rejects.toThrow('full');
    expect(isStarred()).toBe(true);
    stored.mockRestore();
    await pictureMarks.putCollection({ id: 'c', name: 'Winter', createdAt: 1 });
    const names = () => galleryStore.getState().collections.map(({ name }) => name);
    await expect.poll(names).toEqual(['Winter']);
    const put = (collections: string[]) =>
      pictureMarks.changeMarks(['hash-1'], (one) => ({ ...one, collections }));
    await put(['c']);
    expect(await pictureMarks.deleteCollection('c')).toEqual(['hash-1']);
    await expect.poll(names).toEqual([]);
    await expect.poll(() => galleryStore.getState().marks.get('hash-1')?.collections).toEqual([]);
  });

  it('are all read, newest first, however many there are', async () => {
    for (let now = 4; now <= 320; now++) await history.saveRun(runAt(now));
    stop = followGallery();
    await expect.poll(() => galleryStore.getState().isRead).toBe(true);
    expect(ids()).toEqual(Array.from({ length: 320 }, (_, newer) => `run-${320 - newer}`));
  });

  it('are those in memory where the browser stores nothing', async () => {
    vi.mocked(newestCards).mockRejectedValue(new DOMException('', 'SecurityError'));
    putRuns([runAt(7)]);
    stop = followGallery();
    await expect.poll(ids).toEqual(['run-7']);
    putRuns([runAt(8)]);
    await expect.poll(ids).toEqual(['run-8', 'run-7']);
  });
});
