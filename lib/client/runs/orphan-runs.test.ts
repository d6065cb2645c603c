import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { emptyImageForm } from '../../core/endpoints/image-form';
import type { Run } from '../../core/runs/run';
import { createEntry } from '../../core/runs/run-entry';
import { history } from '../storage/history';
import { findOrphanRuns, showOrphanRuns } from './orphan-runs';
import { runsStore } from './runs-store';

const id = '123e4567-e89b-42d3-a456-426614174000';
const run: Run = {
  id,
  endpoint: 'generations',
  model: 'm',
  state: 'done',
  status: 200,
  createdAt: 1,
  firstByteAt: 2,
  endedAt: 3,
  receivedBytes: 10,
  bytes: 10,
  error: null,
};
vi.mock('../api/api', () => ({ fetchRuns: async () => ({ serverTime: 4, runs: [run] }) }));
vi.mock('./image-runs', () => ({
  imageRuns: { save: async () => {}, resume: () => {} },
}));
globalThis.indexedDB = new IDBFactory();

it('does not replace a stored run that the storage was too slow to find', async () => {
  const request = { model: 'm', prompt: 'a dog', n: 1 };
  const entry = createEntry({ id, request, form: emptyImageForm, now: 1, expectedMs: null });
  await history.saveRun(entry);
  const slow = new Error('The browser’s database does not open.');
  const reads = [
    vi.spyOn(history, 'loadRun').mockRejectedValue(slow),
    vi.spyOn(history, 'knows').mockRejectedValue(slow),
  ];
  await findOrphanRuns();
  for (const read of reads) read.mockRestore();
  await showOrphanRuns('generations');
  expect(runsStore.getState().runs.map(({ request: { prompt } }) => prompt)).toEqual(['a dog']);
});
