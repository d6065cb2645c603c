import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { expect, it } from 'vitest';
import { createExperiment, emptyDefinition } from '../../core/experiments/experiment';
import { createConnection, migrations, openHistory } from './database';

it('a database that does not open holds nobody up, and is used once it is there', async () => {
  let wait: (() => void) | undefined;
  let opened: (database: never) => void = () => {};
  const connect = createConnection(
    () => new Promise((resolve) => (opened = resolve)),
    (action) => {
      wait = action;
      return () => {};
    },
  );
  const first = connect();
  wait?.();
  await expect(first).rejects.toThrow('does not open');
  const database = {} as never;
  opened(database);
  expect(await connect()).toBe(database);
});

it('is opened again after all data was cleared', async () => {
  globalThis.indexedDB = new IDBFactory();
  const connect = createConnection();
  await (await connect()).put('drafts', 'text', 'a');
  await deleteDB('turing-playground');
  await (await connect()).put('drafts', 'text', 'b');
  expect(await (await connect()).getAllKeys('drafts')).toEqual(['b']);
});

it('that a newer page has made is opened as it is', async () => {
  globalThis.indexedDB = new IDBFactory();
  await (await openHistory()).put('drafts', 'text', 'a');
  const newer = migrations.length + 1;
  const theirs = await openDB('turing-playground', newer, {
    upgrade: (database) => void database.createObjectStore('later'),
    // Its migration waits for nobody.
    blocking: () => {},
  });
  const connect = createConnection();
  expect(await (await connect()).get('drafts', 'a')).toBe('text');
  await (await connect()).put('drafts', 'still', 'a');
  expect(await theirs.get('drafts', 'a')).toBe('still');
  expect((await connect()).version).toBe(newer);
});

it('of the version before experiments keeps all it has, and takes experiments', async () => {
  globalThis.indexedDB = new IDBFactory();
  const before = await openHistory({ version: 3 });
  expect([...before.objectStoreNames]).not.toContain('cells');
  await before.put('drafts', 'text', 'a');
  before.close();
  const connect = createConnection();
  const database = await connect();
  expect(await database.get('drafts', 'a')).toBe('text');
  const experiment = createExperiment('tins', 1, { name: 'Tins', definition: emptyDefinition });
  await database.put('experiments', experiment);
  expect(await database.getAllFromIndex('experiments', 'updatedAt')).toEqual([experiment]);
  for (const name of ['cells', 'judgements', 'lanes'] as const) {
    expect(await database.count(name)).toBe(0);
  }
});

it('that failed to open is tried again the next time', async () => {
  let attempts = 0;
  const connect = createConnection(async () => {
    if (++attempts === 1) throw new DOMException('', 'UnknownError');
    return {} as never;
  });
  await expect(connect()).rejects.toThrow();
  await expect(connect()).resolves.toBeDefined();
});
