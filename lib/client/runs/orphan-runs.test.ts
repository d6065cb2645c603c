import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { createAnswer } from '../../core/chat/message';
import { emptyImageForm } from '../../core/endpoints/image-form';
import { createCell } from '../../core/experiments/cell';
import { randomId } from '../../core/random-id';
import type { Run } from '../../core/runs/run';
import { createEntry } from '../../core/runs/run-entry';
import { conversationHistory } from '../storage/conversations';
import { history } from '../storage/history';
import { findOrphanRuns, showOrphanRuns } from './orphan-runs';
import { keysBefore } from './run-requests';
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
const server = vi.hoisted(() => ({ runs: [] as Run[], cancelled: [] as string[] }));
vi.mock('../api/api', () => ({
  fetchRuns: async () => ({ serverTime: 4, runs: server.runs }),
  async deleteRun(key: string) {
    server.cancelled.push(key);
    return true;
  },
}));
vi.mock('./image-runs', () => ({
  imageRuns: { save: async () => {}, resume: () => {} },
}));
globalThis.indexedDB = new IDBFactory();

const request = { model: 'm', prompt: 'a dog', n: 1 };
const entryOf = (id: string) =>
  createEntry({ id, request, form: emptyImageForm, now: 1, expectedMs: null });

it('does not replace a stored run that the storage was too slow to find', async () => {
  server.runs = [run];
  await history.saveRun(entryOf(id));
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

const state = 'cancelled' as const;
const firstKeyOf = (key: string, tries: number) => keysBefore(key, tries - 1).at(-1) ?? key;
const conversation = 'c';
const turn = {
  fields: { model: 'm' },
  systemPrompt: '',
  pictures: [],
  picturesAs: 'blocks' as const,
};
it.each<[string, (key: string) => Promise<void>]>([
  ['a run', (key) => history.saveRun({ ...entryOf(key), state })],
  ['one after a 429', (key) => history.saveRun({ ...entryOf(firstKeyOf(key, 2)), key, state })],
  [
    'one that was removed as well',
    async (key) => {
      await history.saveRun({ ...entryOf(key), state });
      await history.removeRun(key, 9);
    },
  ],
  [
    'an answer in its last try',
    (key) => {
      const id = firstKeyOf(key, 5);
      const answer = createAnswer({ id, conversation, parent: 'q', now: 2, request: turn });
      return conversationHistory.saveMessage({ ...answer, key, state });
    },
  ],
  [
    'a cell in its tenth',
    (key) => {
      const cell = { experiment: 'e', key: 'place', attempt: 1 };
      const sends = { endpoint: 'generations' as const, request };
      const made = createCell({ id: firstKeyOf(key, 10), cell, sends, now: 2 });
      return history.saveRun({ ...made, key, state });
    },
  ],
])('cancels what was stopped while the server was away: %s', async (_, stop) => {
  const [stopped, underWay] = [randomId(), randomId()];
  await stop(stopped);
  await history.saveRun({ ...entryOf(underWay), state: 'waiting' });
  server.runs = [stopped, underWay].map((id) => ({ ...run, id, state: 'waiting', endedAt: null }));
  server.cancelled = [];
  await findOrphanRuns();
  expect(server.cancelled).toEqual([stopped]);
});
