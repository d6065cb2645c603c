import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyImageForm } from '../../core/endpoints/image-form';
import { createEntry, type RunEntry, type Slot, withoutPicture } from '../../core/runs/run-entry';
import { createConnection, migrations, openHistory } from './database';
import { createHistory } from './history';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** A history of a page that has just been opened. */
const openedHistory = () => createHistory(createConnection());

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

  it('keeps a picture that two runs show once, until neither shows it', async () => {
    const history = openedHistory();
    for (const id of ['a', 'b']) await history.saveRun(entryAt(id, 1, ['hash']));
    await history.savePicture('hash', new Blob(['abc']));
    await history.saveCopy('hash', 'preview', new Blob(['t']));
    await history.removeRun('a', 10);
    await history.purge(100);
    expect(await (await history.loadPicture('hash'))?.text()).toBe('abc');
    await history.removeRun('b', 10);
    expect(await history.purge(100)).toEqual(['b']);
    expect(await history.loadPicture('hash')).toBeUndefined();
    expect(await history.loadCopy('hash', 'preview')).toBeUndefined();
  });

  it('keeps one small copy of a picture, and none of a picture that is not stored', async () => {
    const history = openedHistory();
    const database = await openHistory();
    await history.savePicture('hash', new Blob(['abc']));
    await database.put('copies', new Blob(['older']), ['hash', 'thumbnail']);
    expect(await (await history.loadThumbnail('hash'))?.text()).toBe('older');
    await history.saveCopy('hash', 'small', new Blob(['newer']));
    await history.saveCopy('gone', 'small', new Blob(['x']));
    expect(await (await history.loadThumbnail('hash'))?.text()).toBe('newer');
    expect(await database.getAllKeys('copies')).toEqual([['hash', 'small']]);
    database.close();
  });

  it('keeps a run whole though another tab is reading it still', async () => {
    const history = openedHistory();
    await history.saveRun({ ...entryAt('a', 1, ['hash']), state: 'done' });
    await history.saveRun({ ...entryAt('a', 1), state: 'answering' });
    expect((await history.loadRun('a'))?.state).toBe('done');
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

  it('lets a removed run come back, picture and all', async () => {
    const history = openedHistory();
    await history.saveRun(entryAt('a', 1, ['hash']));
    await history.savePicture('hash', new Blob(['abc']));
    await history.removeRun('a', 10);
    expect(await history.runIds('generations')).toEqual([]);
    // Removed only just now: another tab that opens meanwhile must not take the way back.
    expect(await history.purge(5)).toEqual([]);
    await history.restoreRun('a');
    expect(await history.loadRun('a')).toEqual(entryAt('a', 1, ['hash']));
    expect(await history.loadPicture('hash')).toBeDefined();
  });

  it('lets a removed picture go for good, and leaves the others', async () => {
    const history = openedHistory();
    await history.saveRun(withoutPicture(entryAt('a', 1, ['gone', 'stays']), 0, 10));
    for (const hash of ['gone', 'stays']) await history.savePicture(hash, new Blob([hash]));
    await history.purge(5);
    expect(await history.loadPicture('gone')).toBeDefined();
    await history.purge(100);
    expect(await history.loadPicture('gone')).toBeUndefined();
    expect(await history.loadPicture('stays')).toBeDefined();
    expect((await history.loadRun('a'))?.slots).toEqual([{ kind: 'missing' }, picture('stays')]);
  });

  it('reads the removed runs once, however many pictures go', async () => {
    const history = openedHistory();
    for (let run = 0; run < 20; run++) {
      await history.saveRun(entryAt(`run-${run}`, 1, [`hash-${run}`]));
      await history.savePicture(`hash-${run}`, new Blob(['abc']));
      await history.removeRun(`run-${run}`, run < 10 ? 10 : 1000);
    }
    const reads = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    await history.purge(100);
    const stores = (reads.mock.contexts as IDBObjectStore[]).map(({ name }) => name);
    reads.mockRestore();
    // Once to find the runs that are too old, once to find the pictures that must stay.
    expect(stores.filter((name) => name === 'removedRuns')).toHaveLength(2);
    expect(await history.loadPicture('hash-3')).toBeUndefined();
    expect(await history.loadPicture('hash-13')).toBeDefined();
  });

  it('does not let go of a picture that no run shows yet', async () => {
    const history = openedHistory();
    await history.savePicture('arriving', new Blob(['abc']));
    await history.purge(100);
    expect(await history.loadPicture('arriving')).toBeDefined();
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
    expect(await history.prompts(10)).toEqual(['owl', 'bear', 'fox']);
    expect(await history.prompts(2)).toEqual(['owl', 'bear']);
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
        'conversations',
        'copies',
        'drafts',
        'durations',
        'maskOperations',
        'masks',
        'messages',
        'pictureUses',
        'pictures',
        'removedRuns',
        'runs',
      ]);
      expect(await now.get('drafts', 'form')).toBe('kept');
      now.close();
    }
  });
});
