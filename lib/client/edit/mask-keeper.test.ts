import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MaskOperation } from '../../core/mask/operations';
import { createConnection, SlowDatabaseError } from '../storage/database';
import { createMasks, type Masks } from '../storage/masks';
import { storageStatusStore } from '../storage/storage-status';
import { createMaskKeeper, type QuickStorage } from './mask-keeper';

/** A tab's storage, which outlives the pages of the tab. */
function createTab() {
  const kept = new Map<string, string>();
  const storage: QuickStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
  };
  return { kept, storage };
}

let tab = createTab();

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  storageStatusStore.setState({ problem: null });
  tab = createTab();
});

const open = (masks: Masks = createMasks(createConnection())) =>
  createMaskKeeper('a', masks, () => tab.storage);
const grow = (pixels: number): MaskOperation => ({ kind: 'grow', pixels });

/** A database that never answers, as if the page went before it could. */
const tooLate = { ...createMasks(createConnection()), save: () => new Promise<void>(() => {}) };

describe('the keeper of a mask', () => {
  it('finds a stroke after a reload that came before the database had it', async () => {
    const before = open(tooLate);
    before.note({ from: 0, operations: [grow(1)], position: 1 });
    before.note({ from: 1, operations: [grow(2)], position: 2 });
    before.note({ from: 2, operations: [], position: 1 });
    const expected = { operations: [grow(1), grow(2)], position: 1 };
    expect(await open().load()).toEqual(expected);
    // It is in the database by then, for other tabs and later days.
    await expect.poll(() => tab.kept.size).toBe(0);
    expect(await open().load()).toEqual(expected);
  });

  it('waits for a database that is slow to open, and does not start over an empty mask', async () => {
    open().note({ from: 0, operations: [grow(1)], position: 1 });
    await expect.poll(() => tab.kept.size).toBe(0);
    const masks = createMasks(createConnection());
    let tries = 0;
    const load = async (id: string) => {
      if (++tries < 3) throw new SlowDatabaseError();
      return masks.load(id);
    };
    expect((await open({ ...masks, load }).load()).operations).toEqual([grow(1)]);
    expect(storageStatusStore.getState().problem).toBe('unavailable');
  });

  it('keeps the bytes of an imported mask over such a reload', async () => {
    const raster = { width: 4, height: 2, bytes: new Uint8Array([16, 255]) };
    open(tooLate).note({ from: 0, operations: [{ kind: 'import', raster }], position: 1 });
    expect((await open().load()).operations).toEqual([{ kind: 'import', raster }]);
  });

  it('leaves nothing in the tab once the database has it, whatever came meanwhile', async () => {
    const keeper = open();
    for (let step = 0; step < 20; step++) {
      keeper.note({ from: step, operations: [grow(step)], position: step + 1 });
      if (step % 3 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    await expect.poll(() => tab.kept.size).toBe(0);
    const { operations, position } = await open().load();
    expect(operations).toEqual(Array.from({ length: 20 }, (_, step) => grow(step)));
    expect(position).toBe(20);
  });

  it('says when the browser’s storage is full, and tries again with the next stroke', async () => {
    const real = createMasks(createConnection());
    let isFull = true;
    const masks: Masks = {
      ...real,
      save: (...change) =>
        isFull ? Promise.reject(new DOMException('', 'QuotaExceededError')) : real.save(...change),
    };
    const keeper = open(masks);
    keeper.note({ from: 0, operations: [grow(1)], position: 1 });
    await expect.poll(() => storageStatusStore.getState().problem).toBe('full');
    isFull = false;
    keeper.note({ from: 1, operations: [grow(2)], position: 2 });
    await expect.poll(() => tab.kept.size).toBe(0);
    expect((await open().load()).operations).toEqual([grow(1), grow(2)]);
  });

  it('works where the tab’s storage is forbidden', async () => {
    const masks = createMasks(createConnection());
    const forbidden = () => {
      throw new DOMException('', 'SecurityError');
    };
    const keeper = createMaskKeeper('a', masks, forbidden);
    keeper.note({ from: 0, operations: [grow(1)], position: 1 });
    await expect.poll(async () => (await masks.load('a'))?.position).toBe(1);
    const later = createMaskKeeper('a', masks, forbidden);
    expect((await later.load()).operations).toEqual([grow(1)]);
  });

  it('comes back with a checkpoint', async () => {
    const keeper = open();
    keeper.note({ from: 0, operations: [grow(1)], position: 1 });
    const checkpoint = {
      position: 1,
      raster: { width: 1, height: 1, bytes: new Uint8Array([2, 9]) },
    };
    await keeper.noteCheckpoint(checkpoint);
    expect((await open().load()).checkpoint).toEqual(checkpoint);
  });
});
