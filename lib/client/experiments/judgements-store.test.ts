import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeAll, expect, it, vi } from 'vitest';
import { createExperiment } from '../../core/experiments/experiment';
import { writeJudgementsFile } from '../../core/experiments/files/judgements-file';
import { judgement } from '../../core/experiments/judging/judgements.setup';
import { judgementHistory } from '../storage/judgements';
import { addExperiment, findExperiment, forgetExperiment } from './experiments-store';
import {
  addJudgements,
  importJudgements,
  judgementsStore,
  loadJudgements,
  undoJudgement,
} from './judgements-store';

beforeAll(() => {
  globalThis.indexedDB = new IDBFactory();
});

const kept = async () => (await judgementHistory.judgementsOf('tea')).map(({ id }) => id);

it('judgements are stored, undone, and merged with another judge’s file', async () => {
  const [first, second, theirs] = [
    judgement('a b', 'left'),
    judgement('b c', 'tie'),
    judgement('a c', 'right', { judge: { id: 'another', name: 'Bo' } }),
  ];
  await loadJudgements('tea');
  await addJudgements([first]);
  await addJudgements([second]);
  expect(await kept()).toEqual([first.id, second.id]);
  await undoJudgement(second.id);
  expect(await kept()).toEqual([first.id]);

  const file = new Blob([writeJudgementsFile('tea', [first, theirs], true)]);
  const outcome = { kind: 'added', added: 1, known: 1, unreadable: 0 };
  expect(await importJudgements('tea', file)).toEqual(outcome);
  expect(await kept()).toEqual([first.id, theirs.id]);
  expect(await importJudgements('tea', file)).toMatchObject({ added: 0, known: 2 });
});

it('judgements of another tab are there as they are made, and go as they are undone', async () => {
  await loadJudgements('tea');
  const theirs = judgement('a b', 'tie');
  const ids = () => judgementsStore.getState().judgements.map(({ id }) => id);
  const otherTab = new BroadcastChannel('turing-playground');
  await judgementHistory.putJudgements([theirs]);
  otherTab.postMessage({ type: 'judgements-kept', id: 'tea' });
  await vi.waitFor(() => expect(ids()).toContain(theirs.id));
  await judgementHistory.removeJudgement(theirs.id);
  otherTab.postMessage({ type: 'judgement-removed', id: theirs.id });
  await vi.waitFor(() => expect(ids()).not.toContain(theirs.id));
  otherTab.close();
});

it('judgements go with their experiment, and come back with it', async () => {
  const experiment = createExperiment('tea', 1, { name: 'Tea' });
  await addExperiment(experiment);
  const before = await kept();
  expect(before).not.toEqual([]);
  const undo = await forgetExperiment('tea');
  expect(await kept()).toEqual([]);
  await undo();
  expect(await kept()).toEqual(before);
  expect(findExperiment('tea')).toEqual(experiment);
});

it('a file of another experiment changes nothing', async () => {
  await loadJudgements('tea');
  const before = await kept();
  const file = new Blob([writeJudgementsFile('coffee', [judgement('a b', 'left')], true)]);
  expect(await importJudgements('tea', file)).toEqual({
    kind: 'refused',
    reason: 'other_experiment',
  });
  expect(await kept()).toEqual(before);
});
