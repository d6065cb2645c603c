import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { emptyImageForm } from '../../core/endpoints/image-form';
import { cardOfAdded, cardOfRun } from '../../core/gallery/card';
import { createEntry, type RunEntry } from '../../core/runs/run-entry';
import { putRuns, runsStore } from '../runs/runs-store';
import { history } from '../storage/history';
import { newestCards } from '../storage/kept-cards';
import { pictureMarks } from '../storage/marks';
import { emptyTrash, removeFromGallery, restoreToGallery, trashedCards } from './removal';

vi.mock('./store-worker', async () => {
  const { trash } = await import('../storage/trash');
  return {
    storeWorker: {
      call: async (_: string, { before }: { before: number }) => (await trash.purge(before)).gone,
    },
  };
});
vi.mock('../api/api', async (load) => ({
  ...(await load<typeof import('../api/api')>()),
  deleteRun: async () => true,
}));

const picture = (hash: string) => ({ hash, byteLength: 3, header: undefined });
function run(id: string, hashes: string[]): RunEntry {
  const request = { model: 'm', prompt: 'p', n: 1 };
  const entry = createEntry({ id, request, form: emptyImageForm, now: 1, expectedMs: null });
  const slots = hashes.map((hash) => ({ kind: 'picture' as const, ...picture(hash) }));
  return { ...entry, state: hashes.length > 0 ? 'done' : 'failed', slots };
}
const two = run('two', ['x', 'y']);
const failed = run('failed', []);
const added = cardOfAdded({ ...picture('bear'), name: 'bear.png' }, 1);
const unanswered = { ...cardOfRun(failed), id: 'answer', origin: 'chat' as const };
const places = [
  { card: cardOfRun(two), place: 1 },
  { card: cardOfRun(failed), place: null },
  { card: added, place: 0 },
  { card: unanswered, place: null },
];
const shown = async () =>
  (await newestCards(10)).map(({ id, pictures }) => [id, pictures.map(({ hash }) => hash)]);
const all = [
  ['failed', []],
  ['two', ['x', 'y']],
];

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  runsStore.setState({ runs: [], keptIds: { generations: ['two', 'failed'], edits: [] } });
  for (const one of [two, failed]) await history.saveRun(one);
});

it('what can be removed is removed, the rest is hidden, and all of it comes back', async () => {
  putRuns([two, failed]);
  const removal = await removeFromGallery(places);
  expect(removal).toMatchObject({ removed: 2, hidden: 2 });
  expect(await shown()).toEqual([['two', ['x']]]);
  expect(runsStore.getState().runs.map(({ id }) => id)).toEqual(['two']);
  expect(await pictureMarks.marks()).toMatchObject([
    { hash: 'bear', hiddenAt: expect.any(Number) },
    // An answer without a picture is marked by its card.
    { hash: 'card/answer', hiddenAt: expect.any(Number) },
  ]);
  await pictureMarks.changeMarks(['bear'], (marks) => ({ ...marks, isStarred: true }));
  await removal.undo();
  expect(await shown()).toEqual(all);
  expect(runsStore.getState().keptIds.generations.toSorted()).toEqual(['failed', 'two']);
  expect(await pictureMarks.marks()).toMatchObject([
    { hash: 'bear', hiddenAt: null, isStarred: true },
  ]);
});

it('what is in Trash is found there, restored, or deleted for good', async () => {
  await removeFromGallery(places);
  const [first, second] = await trashedCards();
  expect([first?.id, second?.id].toSorted()).toEqual(['failed', 'two']);
  expect([first, second].find((card) => card?.id === 'failed')).not.toHaveProperty('order');
  await restoreToGallery(places);
  expect(await shown()).toEqual(all);
  await removeFromGallery([
    { card: cardOfRun(two), place: 0 },
    { card: cardOfRun(two), place: 1 },
  ]);
  await emptyTrash();
  expect(await shown()).toEqual([['failed', []]]);
  expect(await trashedCards()).toEqual([]);
  expect(await history.loadRun('two')).toBeUndefined();
});
