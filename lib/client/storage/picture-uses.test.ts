import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { createConnection } from './database';
import { copyMasks } from './masks';
import { createPictureUses } from './picture-uses';
import { copyKinds } from './schema';
import { createTrash } from './trash';

let database: ReturnType<typeof createConnection>;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  database = createConnection();
});

const day = 86_400_000;
const needs = (...pictures: string[]) => ({ pictures, masks: pictures.map((hash) => `m-${hash}`) });

/** Keeps pictures, each with a mask of two operations. */
async function keep(...hashes: string[]): Promise<void> {
  const open = await database();
  for (const hash of hashes) {
    await open.put('pictures', new Blob([hash]), hash);
    for (const kind of copyKinds) await open.put('copies', new Blob([hash]), [hash, kind]);
    await open.put('masks', { position: 2, checkpointAt: 0 }, `m-${hash}`);
    for (const index of [0, 1]) {
      await open.put('maskOperations', { kind: 'invert' }, [`m-${hash}`, index]);
    }
  }
}

async function kept() {
  const open = await database();
  return {
    pictures: await open.getAllKeys('pictures'),
    copies: [...new Set((await open.getAllKeys('copies')).map(([hash]) => hash))],
    masks: await open.getAllKeys('masks'),
    operations: (await open.getAllKeys('maskOperations')).length,
  };
}

it('lets go of what was taken off a draft, once it cannot come back', async () => {
  await keep('stays', 'goes');
  const uses = createPictureUses(database);
  await uses.hold('draft:edit:a', needs('stays', 'goes'), 1);
  await uses.settle('draft:edit:a', needs('stays'), { now: 2, before: 0 });
  expect(await kept()).toEqual({
    pictures: ['stays'],
    copies: ['stays'],
    masks: ['m-stays'],
    operations: 2,
  });
});

it('keeps what another draft, a run in view, a removed run or a message needs', async () => {
  await keep('draft', 'run', 'removed', 'message', 'nobody');
  const uses = createPictureUses(database);
  await uses.hold('draft:edit:other', needs('draft'), 1);
  const open = await database();
  await open.put('runs', { id: 'r', pictures: ['run'], removedPictures: [] } as never);
  await open.put('removedRuns', { id: 's', pictures: ['removed'], removedAt: 1 } as never);
  await open.put('messages', { id: 'm', pictures: ['message'] } as never);
  await uses.hold('draft:edit:a', needs('draft', 'run', 'removed', 'message', 'nobody'), 1);
  await uses.settle('draft:edit:a', needs(), { now: 2, before: 0 });
  const { pictures, masks } = await kept();
  expect(pictures.sort()).toEqual(['draft', 'message', 'removed', 'run']);
  expect(masks).toEqual(['m-draft']);
});

it('lets go of drafts that nobody has opened for long, and of nothing else', async () => {
  await keep('old', 'young', 'composer');
  const uses = createPictureUses(database);
  await uses.hold('draft:edit:old', needs('old'), 1 * day);
  await uses.hold('draft:edit:young', needs('young'), 20 * day);
  await (await database()).put('pictureUses', { owner: 'gallery', pictures: ['composer'] });
  await uses.settle('draft:edit:new', needs(), { now: 40 * day, before: 10 * day });
  expect((await kept()).pictures.sort()).toEqual(['composer', 'young']);
  expect(await (await database()).getAllKeys('pictureUses')).toEqual([
    'draft:edit:young',
    'gallery',
  ]);
});

it('keeps a draft’s picture when the run that has made it goes', async () => {
  await keep('made');
  const open = await database();
  const run = { id: 'r', pictures: ['made'], removedPictures: [], removedAt: 1 };
  await open.put('removedRuns', run as never);
  await createPictureUses(database).hold('draft:edit:a', needs('made'), 1);
  await open.put('cards', { id: run.id, trashedAt: 1, hashes: run.pictures } as never);
  await createTrash(database).purge(100);
  expect((await kept()).pictures).toEqual(['made']);
});

it('copies masks, each with its operations', async () => {
  await keep('a', 'b');
  const copies = [
    { from: 'm-a', to: 'copy' },
    { from: 'none', to: 'other' },
  ];
  await copyMasks(copies, database);
  const open = await database();
  expect(await open.get('masks', 'copy')).toEqual({ position: 2, checkpointAt: 0 });
  expect(await open.getAllKeys('maskOperations')).toContainEqual(['copy', 1]);
  expect(await open.get('masks', 'other')).toBeUndefined();
  expect(await open.count('maskOperations')).toBe(6);
});
