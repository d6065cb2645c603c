import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { emptyImageForm } from '../../core/endpoints/image-form';
import { createEntry } from '../../core/runs/run-entry';
import { SlowDatabaseError } from '../storage/database';
import { history } from '../storage/history';
import { storageStatusStore } from '../storage/storage-status';
import { followTabs, listAllRuns, resumeRuns } from './run-commands';
import { putRuns, runsStore } from './runs-store';

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
