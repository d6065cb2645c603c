import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { createConnection } from './database';
import { createMarks } from './marks';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
const opened = () => createMarks(createConnection());

it('marks of many pictures are changed at once, and changed back', async () => {
  const marks = opened();
  await marks.changeMarks(['a'], (one) => ({ ...one, tags: ['sky'] }));
  const before = await marks.changeMarks(['a', 'b', 'b'], (one) => ({ ...one, isStarred: true }));
  expect(await opened().marks()).toMatchObject([
    { hash: 'a', isStarred: true, tags: ['sky'] },
    { hash: 'b', isStarred: true, tags: [] },
  ]);
  await marks.putMarks(before);
  expect(await marks.marks()).toMatchObject([{ hash: 'a', isStarred: false, tags: ['sky'] }]);
  expect(await marks.marksOf(['b'])).toMatchObject([
    { hash: 'b', isStarred: false, hiddenAt: null },
  ]);
});

it('a collection goes without its pictures', async () => {
  const marks = opened();
  await marks.putCollection({ id: 'one', name: 'Bears', createdAt: 1 });
  await marks.putCollection({ id: 'two', name: 'Dogs', createdAt: 2 });
  await marks.changeMarks(['a'], (one) => ({ ...one, collections: ['one', 'two'] }));
  await marks.changeMarks(['b'], (one) => ({ ...one, collections: ['one'] }));
  await marks.deleteCollection('one');
  expect((await marks.collections()).map(({ name }) => name)).toEqual(['Dogs']);
  expect(await marks.marks()).toMatchObject([{ hash: 'a', collections: ['two'] }]);
});
