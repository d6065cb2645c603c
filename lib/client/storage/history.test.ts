import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyImageForm } from '../../core/endpoints/image-form';
import { createEntry, type RunEntry, type Slot } from '../../core/runs/run-entry';
import { createConnection, migrations, openHistory } from './database';
import { createHistory } from './history';
import { createStoredPictures } from './stored-pictures';
import { createStoredValues } from './stored-values';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** What a page that has just been opened finds stored. */
const openedHistory = () => {
  const connection = createConnection();
  return {
    ...createHistory(connection),
    ...createStoredPictures(connection),
    ...createStoredValues(connection),
  };
};

const picture = (hash: string): Slot => ({
  kind: 'picture',
  hash,
  byteLength: 3,
  header: undefined,
});

function entryAt(id: string, now: number, hashes: string[] = [], prompt = id): RunEntry {
  const request = { model: 'm', prompt, n: 1 };
  const entry = createEntry({ id, request, form: emptyImageForm, now, expectedMs: null });
  return { ...entry, slots: hashes.map(picture) };
}

describe('history', () => {
  it('keeps runs and finds them newest first, also after the page was left', async () => {
    const before = openedHistory();
    await before.saveRun(entryAt('old', 1));
    await before.saveRun(entryAt('new', 2));
    await before.saveRun({ ...entryAt('edit', 3), endpoint: 'edits' });
    const after = openedHistory();
    expect(await after.runIds('generations')).toEqual(['new', 'old']);
    expect(await after.runIds('edits')).toEqual(['edit']);
    expect(await after.loadRun('old')).toEqual(entryAt('old', 1));
    expect(await after.loadRun('none')).toBeUndefined();
  });

  it('finds the newest runs, and all of them in parts, also where many are of one time', async () => {
    const history = openedHistory();
    const times = [1, 2, 2, 2, 2, 3, 4];
    for (const [number, at] of times.entries()) await history.saveRun(entryAt(`run-${number}`, at));
    await history.saveRun({ ...entryAt('edit', 9), endpoint: 'edits' });
    const all = ['run-6', 'run-5', 'run-4', 'run-3', 'run-2', 'run-1', 'run-0'];
    expect(await history.newestRunIds('generations', 2)).toEqual(all.slice(0, 2));
    expect(await history.newestRunIds('generations', 20)).toEqual(all);
    for (const most of [1, 2, 3, 7, 8]) {
      expect(await history.runIds('generations', most), `${most} at a time`).toEqual(all);
    }
  });

  it('keeps one small copy of a picture, and none of a picture that is not stored', async () => {
    const history = openedHistory();
    const database = await openHistory();
    await history.savePicture('hash', new Blob(['abc']), 'made');
    await database.put('copies', new Blob(['older']), ['hash', 'thumbnail']);
    expect(await (await history.loadThumbnail('hash'))?.text()).toBe('older');
    await history.saveCopy('hash', 'small', new Blob(['newer']));
    await history.saveCopy('gone', 'small', new Blob(['x']));
    expect(await (await history.loadThumbnail('hash'))?.text()).toBe('newer');
    expect(await database.getAllKeys('copies')).toEqual([['hash', 'small']]);
    database.close();
  });

  it('keeps a run whole though another tab is reading it still, loses it or stops it', async () => {
    const history = openedHistory();
    const whole = { ...entryAt('a', 1, ['hash']), state: 'done' as const };
    await history.saveRun(whole);
    for (const state of ['answering', 'failed', 'cancelled'] as const) {
      await history.saveRun({ ...entryAt('a', 1), state });
      expect(await history.loadRun('a'), state).toEqual(whole);
    }
    await history.saveRun({ ...entryAt('a', 1, ['hash', 'more']), state: 'done' });
    expect((await history.loadRun('a'))?.slots).toHaveLength(2);
    await history.saveRun({ ...entryAt('b', 1), state: 'failed' });
    await history.saveRun({ ...entryAt('b', 1), state: 'queued' });
    expect((await history.loadRun('b'))?.state).toBe('queued');
  });

  it('leaves a run out of view that another tab has removed, and has it whole if it comes back', async () => {
    const history = openedHistory();
    await history.saveRun({ ...entryAt('a', 1), state: 'waiting' });
    await history.removeRun('a', 10);
    await history.saveRun({ ...entryAt('a', 1, ['hash']), state: 'done' });
    expect(await history.runIds('generations')).toEqual([]);
    await history.restoreRun('a');
    expect((await history.loadRun('a'))?.state).toBe('done');
  });

  it('finds the runs that were under way, however old', async () => {
    const history = openedHistory();
    await history.saveRun({ ...entryAt('ended', 3), state: 'done' });
    await history.saveRun({ ...entryAt('paused', 1), state: 'pausing' });
    await history.saveRun({ ...entryAt('waiting', 2), state: 'waiting' });
    const found = await history.runsInFlight();
    expect(found.map(({ id }) => id).sort()).toEqual(['paused', 'waiting']);
  });

  it('gives earlier prompts once each, newest first', async () => {
    const history = openedHistory();
    for (const [index, prompt] of ['bear', 'fox', 'bear', 'owl'].entries()) {
      await history.saveRun(entryAt(`run-${index}`, index, [], prompt));
    }
    expect((await history.prompts(10)).map(({ text }) => text)).toEqual(['owl', 'bear', 'fox']);
    expect((await history.prompts(2)).map(({ text }) => text)).toEqual(['owl', 'bear']);
  });

  it('keeps drafts and the last ten durations of a kind', async () => {
    const history = openedHistory();
    await history.saveDraft('form', 'half a sentence');
    expect(await openedHistory().loadDraft('form')).toBe('half a sentence');
    for (let run = 1; run <= 12; run++) await history.addDuration('kind', run);
    expect(await history.durations('kind')).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    expect(await history.durations('other')).toEqual([]);
  });

  it('tries again after the database could not be opened', async () => {
    let attempts = 0;
    const history = createHistory(
      createConnection(() => {
        attempts++;
        return attempts === 1 ? Promise.reject(new Error('blocked')) : openHistory();
      }),
    );
    await expect(history.runIds('generations')).rejects.toThrow('blocked');
    expect(await history.runIds('generations')).toEqual([]);
  });
});

describe('migrations', () => {
  it('bring every earlier version to the newest, with what it held', async () => {
    for (let from = 1; from <= migrations.length; from++) {
      globalThis.indexedDB = new IDBFactory();
      const old = await openHistory({ version: from });
      await old.put('drafts', 'kept', 'form');
      old.close();
      const now = await openHistory();
      expect(now.version).toBe(migrations.length);
      expect([...now.objectStoreNames]).toEqual([
        'cards',
        'cells',
        'collections',
        'conversations',
        'copies',
        'drafts',
        'durations',
        'experiments',
        'files',
        'fillings',
        'judgements',
        'lanes',
        'marks',
        'maskOperations',
        'masks',
        'messages',
        'pictureUses',
        'pictures',
        'removedRuns',
        'runs',
        'snippets',
      ]);
      expect(await now.get('drafts', 'form')).toBe('kept');
      now.close();
    }
  });
});
