import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyImageForm } from '../../core/endpoints/image-form';
import { createEntry, type RunEntry, type Slot, withoutPicture } from '../../core/runs/run-entry';
import { createConnection, openHistory } from './database';
import { createHistory } from './history';
import { createStoredPictures } from './stored-pictures';
import { createTrash } from './trash';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const opened = () => {
  const connection = createConnection();
  return {
    ...createHistory(connection),
    ...createStoredPictures(connection),
    ...createTrash(connection),
  };
};

const picture = (hash: string): Slot => ({
  kind: 'picture',
  hash,
  byteLength: 3,
  header: undefined,
});

function entryAt(id: string, now: number, hashes: string[] = []): RunEntry {
  const request = { model: 'm', prompt: id, n: 1 };
  const entry = createEntry({ id, request, form: emptyImageForm, now, expectedMs: null });
  return { ...entry, slots: hashes.map(picture), state: 'done' };
}

describe('what was removed', () => {
  it('keeps a picture that two runs show once, until neither shows it', async () => {
    const history = opened();
    for (const id of ['a', 'b']) await history.saveRun(entryAt(id, 1, ['hash']));
    await history.savePicture('hash', new Blob(['abc']), 'made');
    await history.saveCopy('hash', 'preview', new Blob(['t']));
    await history.removeRun('a', 10);
    await history.purge(100);
    expect(await (await history.loadPicture('hash'))?.text()).toBe('abc');
    await history.removeRun('b', 10);
    expect(await history.purge(100)).toEqual({
      gone: [{ key: 'b', createdAt: 1 }],
      changed: ['b'],
      isDone: true,
    });
    expect(await history.loadPicture('hash')).toBeUndefined();
    expect(await history.loadCopy('hash', 'preview')).toBeUndefined();
  });

  it('lets a removed run come back, picture and all', async () => {
    const history = opened();
    await history.saveRun(entryAt('a', 1, ['hash']));
    await history.savePicture('hash', new Blob(['abc']), 'made');
    await history.removeRun('a', 10);
    expect(await history.runIds('generations')).toEqual([]);
    // Removed only just now: another tab that opens meanwhile must not take the way back.
    expect((await history.purge(5)).gone).toEqual([]);
    await history.restoreRun('a');
    expect(await history.loadRun('a')).toEqual(entryAt('a', 1, ['hash']));
    expect(await history.loadPicture('hash')).toBeDefined();
  });

  it('lets a removed picture go for good, and leaves the others', async () => {
    const history = opened();
    await history.saveRun(withoutPicture(entryAt('a', 1, ['gone', 'stays']), 0, 10));
    for (const hash of ['gone', 'stays']) await history.savePicture(hash, new Blob([hash]), 'made');
    await history.purge(5);
    expect(await history.loadPicture('gone')).toBeDefined();
    expect(await history.purge(100)).toEqual({ gone: [], changed: ['a'], isDone: true });
    expect(await history.loadPicture('gone')).toBeUndefined();
    expect(await history.loadPicture('stays')).toBeDefined();
    expect((await history.loadRun('a'))?.slots).toEqual([{ kind: 'missing' }, picture('stays')]);
  });

  it('does not let go of a picture that no run shows yet', async () => {
    const history = opened();
    await history.savePicture('arriving', new Blob(['abc']), 'made');
    await history.purge(100);
    expect(await history.loadPicture('arriving')).toBeDefined();
  });
});

describe('a run whose pictures were removed', () => {
  it('goes with its last picture, and not before that is gone for good', async () => {
    const history = opened();
    await history.saveRun(entryAt('a', 1, ['x', 'y']));
    await history.remove([{ run: 'a', index: 0 }], 10);
    await history.remove([{ run: 'a', index: 1 }], 20);
    expect((await history.purge(15)).gone).toEqual([]);
    expect((await history.loadRun('a'))?.slots[0]).toEqual({ kind: 'missing' });
    expect((await history.purge(25)).gone).toEqual([{ key: 'a', createdAt: 1 }]);
    expect(await history.loadRun('a')).toBeUndefined();
    expect(await history.trashed()).toEqual([]);
  });

  it('has the pictures back that are restored, also after it was removed as a whole', async () => {
    const history = opened();
    await history.saveRun(entryAt('a', 1, ['x', 'y']));
    await history.remove([{ run: 'a', index: 0 }], 10);
    await history.restore([{ run: 'a', index: 0 }]);
    expect(await history.loadRun('a')).toEqual(entryAt('a', 1, ['x', 'y']));
    await history.removeRun('a', 20);
    expect(await history.trashed()).toMatchObject([{ id: 'a', trashedAt: 20 }]);
    await history.restore([{ run: 'a', index: 1 }]);
    expect((await history.loadRun('a'))?.slots).toEqual([
      { kind: 'removed', picture: picture('x'), at: 20 },
      picture('y'),
    ]);
  });

  it('goes in batches, the oldest removal first', async () => {
    const history = opened();
    for (const at of [3, 1, 2]) {
      await history.saveRun(entryAt(`r${at}`, at, [`h${at}`]));
      await history.removeRun(`r${at}`, at * 10);
    }
    expect(await history.purge(100, 2)).toMatchObject({
      gone: expect.arrayContaining([
        { key: 'r1', createdAt: 1 },
        { key: 'r2', createdAt: 2 },
      ]),
      isDone: false,
    });
    expect(await history.purge(100, 2)).toEqual({
      gone: [{ key: 'r3', createdAt: 3 }],
      changed: ['r3'],
      isDone: true,
    });
  });

  it('are looked up by what is due, however many others are in Trash', async () => {
    const history = opened();
    for (let run = 0; run < 20; run++) {
      await history.saveRun(entryAt(`run-${run}`, 1, [`hash-${run}`]));
      await history.savePicture(`hash-${run}`, new Blob(['abc']), 'made');
      await history.removeRun(`run-${run}`, run < 3 ? 10 : 1000);
    }
    const reads = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    await history.purge(100);
    expect(reads).not.toHaveBeenCalled();
    reads.mockRestore();
    expect(await history.loadPicture('hash-2')).toBeUndefined();
    expect(await history.loadPicture('hash-3')).toBeDefined();
  });

  it('is removed and restored as it is, even if it is damaged', async () => {
    const history = opened();
    const database = await openHistory();
    const damaged = {
      ...entryAt('a', 1),
      slots: null,
      pictures: ['x'],
      removedPictures: [],
    } as never;
    await database.put('runs', damaged);
    await history.removeRun('a', 10);
    expect(await database.count('runs')).toBe(0);
    await history.restoreRun('a');
    expect(await database.get('runs', 'a')).toEqual(damaged);
    await history.removeRun('a', 10);
    expect((await history.purge(100)).gone).toHaveLength(1);
    database.close();
  });

  it('leaves nothing of its pictures behind', async () => {
    const history = opened();
    const database = await openHistory();
    await history.saveRun(entryAt('a', 1, ['x']));
    await history.savePicture('x', new Blob(['abc']), 'made');
    for (const kind of ['small', 'preview'] as const) {
      await history.saveCopy('x', kind, new Blob(['c']), '#010203');
    }
    await database.put('marks', {
      hash: 'x',
      isStarred: true,
      tags: [],
      collections: [],
      hiddenAt: null,
    });
    await history.removeRun('a', 10);
    await history.purge(100);
    for (const store of [
      'runs',
      'removedRuns',
      'pictures',
      'copies',
      'files',
      'cards',
      'marks',
    ] as const) {
      expect(await database.count(store), store).toBe(0);
    }
    database.close();
  });
});
