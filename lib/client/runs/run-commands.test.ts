import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { emptyImageForm } from '../../core/endpoints/image-form';
import { createCell } from '../../core/experiments/cell';
import { createEntry } from '../../core/runs/run-entry';
import { findCell, putCells } from '../experiments/cells-store';
import { SlowDatabaseError } from '../storage/database';
import { history } from '../storage/history';
import { storageStatusStore } from '../storage/storage-status';
import { trash } from '../storage/trash';
import { followTabs, listAllRuns, resumeRuns } from './run-commands';
import { findRun, putRuns, runsStore } from './runs-store';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

function run(number: number) {
  const request = { model: 'm', prompt: 'a bear', n: 1 };
  const id = `run-${number}`;
  const entry = createEntry({ id, request, form: emptyImageForm, now: number, expectedMs: null });
  return { ...entry, state: 'done' as const };
}

it('a start lists the newest of many runs, and later all of them, also what was started meanwhile', async () => {
  for (let number = 1; number <= 70; number++) await history.saveRun(run(number));
  await resumeRuns();
  const { keptIds, runs, isReady } = runsStore.getState();
  expect(isReady).toBe(true);
  expect(keptIds.generations.slice(0, 2)).toEqual(['run-70', 'run-69']);
  expect(keptIds.generations.length).toBeLessThan(70);
  expect(runs[0]?.id).toBe('run-70');
  putRuns([run(71)]);
  await listAllRuns();
  const all = Array.from({ length: 71 }, (_, index) => `run-${71 - index}`);
  expect(runsStore.getState().keptIds.generations).toEqual(all);
});

it('a start waits for a database that opens late: its runs are listed, and nothing is said', async () => {
  await history.saveRun(run(80));
  runsStore.setState(runsStore.getInitialState());
  vi.spyOn(history, 'newestRunIds').mockRejectedValueOnce(new SlowDatabaseError());
  await resumeRuns();
  const { keptIds, runs, isReady } = runsStore.getState();
  expect(keptIds.generations[0]).toBe('run-80');
  expect([runs[0]?.id, isReady]).toEqual(['run-80', true]);
  expect(storageStatusStore.getState().problem).toBeNull();
});

it('a run that another tab restores is shown, and listed by its age', async () => {
  for (const number of [91, 92]) await history.saveRun(run(number));
  runsStore.setState({
    ...runsStore.getInitialState(),
    keptIds: { generations: ['run-92'], edits: [] },
  });
  const otherTab = new BroadcastChannel('turing-playground');
  const leave = followTabs();
  otherTab.postMessage({ type: 'restored', id: 'run-91' });
  const shown = () => runsStore.getState().runs.map(({ id }) => id);
  await expect.poll(shown).toEqual(['run-91']);
  const { keptIds } = runsStore.getState();
  expect(keptIds.generations.slice(0, 2)).toEqual(['run-92', 'run-91']);
  leave();
  otherTab.close();
});

it('no card, of a run or in a set, offers to restore what is gone for good', async () => {
  const picture = { kind: 'picture', hash: 'h', byteLength: 3, header: undefined } as const;
  const removed = { kind: 'removed', picture, at: 1 } as const;
  const sends = {
    endpoint: 'generations' as const,
    request: { model: 'm', prompt: 'a bear', n: 2 },
  };
  const cell = (key: string) => ({
    ...createCell({ id: key, cell: { experiment: 'e', key, attempt: 1 }, sends, now: 1 }),
    state: 'done' as const,
  });
  const card = { ...run(90), slots: [removed] };
  const emptied = { ...cell('emptied'), slots: [removed, removed] };
  const half = { ...cell('half'), slots: [removed, picture] };
  for (const one of [card, emptied, half]) await history.saveRun(one);
  putRuns([card]);
  putCells([emptied, half]);
  const worker = new BroadcastChannel('turing-playground');
  const leave = followTabs();
  const { changed: ids } = await trash.purge(2);
  worker.postMessage({ type: 'changed', ids });
  await expect.poll(() => findRun(card.id)).toBeUndefined();
  const missing = { kind: 'missing' };
  await expect.poll(() => findCell('half')?.slots).toEqual([missing, picture]);
  // It was paid for: an experiment that runs must find it there.
  const left = { state: 'done', slots: [missing, missing] };
  await expect.poll(() => findCell('emptied')).toMatchObject(left);
  leave();
  worker.close();
});
