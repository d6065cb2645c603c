import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { removePlaces, restorePlaces } from '../runs/run-commands';
import { putRuns, runsStore } from '../runs/runs-store';
import { history } from '../storage/history';
import { cardsFrom } from '../storage/kept-cards';
import { pictureMarks } from '../storage/marks';
import { type CardChange, readOlderCards, watchCards } from './card-feed';
import { runAt } from './stored-runs.setup';

vi.mock('./store-worker', () => import('./stored-runs.setup'));

const places = [1, 2].map((now) => ({ run: `run-${now}`, index: 0 }));

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  for (const now of [1, 2, 3]) await history.saveRun(runAt(now));
});

it('what is removed or restored in bulk is heard of in one change, and shown', async () => {
  const changes: CardChange[] = [];
  putRuns([runAt(1)]);
  const stop = watchCards((change) => changes.push(change));
  const heard = () => changes.flatMap(({ cards }) => cards.map(({ id }) => id));
  await expect.poll(heard).toContain('run-3');
  changes.length = 0;
  await removePlaces(places);
  await expect.poll(() => changes).toHaveLength(1);
  expect(
    changes[0]?.cards.map(({ id, pictures, removed }) => [id, pictures, removed?.length]),
  ).toEqual([
    ['run-1', [], 1],
    ['run-2', [], 1],
  ]);
  const slot = () => runsStore.getState().runs.find(({ id }) => id === 'run-1')?.slots[0]?.kind;
  expect(slot()).toBe('removed');
  await restorePlaces(places);
  await expect.poll(() => changes).toHaveLength(2);
  expect(changes[1]?.cards.map(({ pictures }) => pictures.length)).toEqual([1, 1]);
  expect(slot()).toBe('picture');
  await pictureMarks.changeMarks(['hash-3'], (one) => ({ ...one, isStarred: true }));
  await expect.poll(() => changes[2]?.marks).toMatchObject([{ hash: 'hash-3', isStarred: true }]);
  stop();
});

it('the cards after the newest are read from one on', async () => {
  const found: string[] = [];
  await readOlderCards(-2, (cards) => found.push(...cards.map(({ id }) => id)));
  expect(found).toEqual(['run-2', 'run-1']);
});

it('all are read in parts, however many are of one time', async () => {
  for (const id of ['a', 'b', 'c', 'd']) await history.saveRun({ ...runAt(0), id });
  const found = new Set<string>();
  for await (const part of cardsFrom(-2, { most: 2 })) for (const { id } of part) found.add(id);
  expect([...found]).toEqual(['run-2', 'run-1', 'a', 'b', 'c', 'd']);
});
