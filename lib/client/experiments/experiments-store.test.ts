import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createExperiment, emptyDefinition } from '../../core/experiments/experiment';
import { SlowDatabaseError } from '../storage/database';
import { experimentHistory } from '../storage/experiments';
import { storageStatusStore } from '../storage/storage-status';
import {
  addExperiment,
  experimentsStore,
  findExperiment,
  forgetExperiment,
  holdTyped,
  keepTyped,
  loadExperiments,
} from './experiments-store';

const tea = createExperiment('tea', 1, { definition: emptyDefinition });
const typed = { ...tea, updatedAt: 2, definition: { ...emptyDefinition, template: 'a tin' } };

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  const held = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, text: string) => held.set(key, text),
    removeItem: (key: string) => held.delete(key),
  });
  await addExperiment(tea);
  holdTyped(typed);
});

async function reload(): Promise<void> {
  experimentsStore.setState({ experiments: [], isReady: false });
  await loadExperiments();
}

describe('what was typed last, after a reload', () => {
  it('is there where it could not be stored', async () => {
    vi.spyOn(experimentHistory, 'change').mockRejectedValueOnce(new Error('The disk is full'));
    await keepTyped(typed);
    await reload();
    expect(findExperiment('tea')?.definition.template).toBe('a tin');
  });

  it('does not bring back an experiment that was removed in the same moment', async () => {
    await forgetExperiment('tea');
    await reload();
    expect(findExperiment('tea')).toBeUndefined();
  });
});

it('an experiment comes back with what was typed right before it was removed', async () => {
  const undo = await forgetExperiment('tea');
  await undo();
  expect(findExperiment('tea')?.definition.template).toBe('a tin');
  await reload();
  expect(findExperiment('tea')?.definition.template).toBe('a tin');
});

it('a database that opens late is waited for: the experiments are there, and nothing is said', async () => {
  storageStatusStore.setState({ problem: null });
  const other = createExperiment('other', 3);
  await experimentHistory.save(other);
  vi.spyOn(experimentHistory, 'all').mockRejectedValueOnce(new SlowDatabaseError());
  await reload();
  expect(findExperiment('other')).toEqual(other);
  expect(storageStatusStore.getState().problem).toBeNull();
});
