import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MaskOperation } from '../../core/mask/operations';
import { createConnection } from './database';
import { copyMasks, createMasks } from './masks';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** The masks as a page finds them that has just been opened. */
const openedMasks = () => createMasks(createConnection());

const grow = (pixels: number): MaskOperation => ({ kind: 'grow', pixels });
const raster = { width: 4, height: 2, bytes: new Uint8Array([16, 255]) };

describe('kept masks', () => {
  it('come back with all their steps and where they were left', async () => {
    const masks = openedMasks();
    await masks.save('a', { from: 0, operations: [grow(1)], position: 1 });
    await masks.save('a', {
      from: 1,
      operations: [grow(2), { kind: 'import', raster }],
      position: 3,
    });
    await masks.save('b', { from: 0, operations: [grow(7)], position: 1 });
    await masks.save('a', { from: 3, operations: [], position: 2 });
    expect(await openedMasks().load('a')).toEqual({
      operations: [grow(1), grow(2), { kind: 'import', raster }],
      position: 2,
    });
    expect(await openedMasks().load('none')).toBeUndefined();
  });

  it('lose the steps that were replaced', async () => {
    const masks = openedMasks();
    await masks.save('a', { from: 0, operations: [1, 2, 3, 4, 5].map(grow), position: 2 });
    await masks.save('a', { from: 2, operations: [grow(9)], position: 3 });
    expect((await masks.load('a'))?.operations).toEqual([1, 2, 9].map(grow));
  });

  it('keep a checkpoint until one of its steps is replaced', async () => {
    const masks = openedMasks();
    await masks.save('a', { from: 0, operations: [1, 2, 3].map(grow), position: 3 });
    await masks.saveCheckpoint('a', { position: 2, raster });
    await masks.save('a', { from: 3, operations: [grow(4)], position: 4 });
    const kept = await openedMasks().load('a');
    expect(kept?.checkpoint).toEqual({ position: 2, raster });
    expect(kept?.operations).toHaveLength(4);
    await masks.save('a', { from: 1, operations: [grow(9)], position: 2 });
    expect(await masks.load('a')).toEqual({ operations: [grow(1), grow(9)], position: 2 });
  });

  it('are copied with their checkpoint', async () => {
    const database = createConnection();
    const masks = createMasks(database);
    await masks.save('a', { from: 0, operations: [1, 2].map(grow), position: 2 });
    await masks.saveCheckpoint('a', { position: 2, raster });
    await copyMasks([{ from: 'a', to: 'b' }], database);
    await masks.save('a', { from: 0, operations: [], position: 0 });
    expect(await masks.load('b')).toEqual({
      operations: [1, 2].map(grow),
      position: 2,
      checkpoint: { position: 2, raster },
    });
  });
});
