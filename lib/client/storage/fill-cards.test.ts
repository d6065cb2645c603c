import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createConversation } from '../../core/chat/conversation';
import { createAnswer, createUserMessage } from '../../core/chat/message';
import { emptyImageForm } from '../../core/endpoints/image-form';
import { createEntry, type RunEntry, withoutPicture } from '../../core/runs/run-entry';
import { createConversationHistory } from './conversations';
import { createConnection, type HistoryDatabase, openHistory } from './database';
import { fillBatch } from './fill-cards';
import { createHistory } from './history';
import { newestCards, usedSpace } from './kept-cards';
import { createStoredPictures } from './stored-pictures';
import { createTrash } from './trash';

const opened = () => {
  const connection = createConnection();
  return {
    connection,
    ...createHistory(connection),
    ...createStoredPictures(connection),
    ...createConversationHistory(connection),
    ...createTrash(connection),
  };
};
type Opened = ReturnType<typeof opened>;

const picture = (hash: string) => ({
  kind: 'picture' as const,
  hash,
  byteLength: 3,
  header: undefined,
});
function runAt(now: number, prompt = `run ${now}`): RunEntry {
  const id = `run-${now}`;
  const request = { model: 'm', prompt, n: 1 };
  const entry = createEntry({ id, request, form: emptyImageForm, now, expectedMs: null });
  return { ...entry, state: 'done', slots: [picture(`hash-${now}`)] };
}
const edit: RunEntry = {
  ...runAt(7),
  endpoint: 'edits',
  edit: {
    references: [{ ...picture('added'), name: 'a bear.png' }],
    mask: { hash: 'mask', share: 0.5 },
    parent: null,
  },
};
const question = createUserMessage({
  id: 'q',
  conversation: 'c',
  parent: null,
  now: 4,
  text: 'a red dog',
  pictures: [],
});
const request = {
  fields: { model: 'm' },
  systemPrompt: '',
  pictures: [],
  picturesAs: 'blocks' as const,
};
const answer = {
  ...createAnswer({ id: 'a', conversation: 'c', parent: 'q', now: 5, request }),
  state: 'failed' as const,
};

/** What a page of any version has stored, in the order of its writing. */
async function use(page: Opened): Promise<void> {
  for (const hash of ['added', 'mask', 'hash-7']) {
    await page.savePicture(hash, new Blob([hash]), hash === 'added' ? 'added' : 'mask');
  }
  for (const now of [1, 2, 3, 6]) await page.saveRun(runAt(now));
  await page.saveRun(withoutPicture(runAt(3), 0, 30));
  await page.saveRun(edit);
  await page.removeRun('run-2', 20);
  await page.saveConversation(createConversation('c', 5), [question, answer]);
}

/** Fills batch after batch, each by a page that has just been opened. @returns the ids after each batch */
async function fillAll(most: number): Promise<string[][]> {
  const seen: string[][] = [];
  for (let isDone = false; !isDone; ) {
    const { connection } = opened();
    ({ isDone } = await fillBatch(most, connection));
    seen.push((await newestCards(100, connection)).map(({ id }) => id));
    (await connection()).close();
  }
  return seen;
}

const all = async (database: HistoryDatabase) => ({
  cards: await database.getAll('cards'),
  files: await database.getAll('files'),
});

/** Empties the stores that version 2 does not have: what it has stored is left. */
async function forgetCards(): Promise<void> {
  const database = await openHistory();
  for (const store of ['cards', 'files', 'fillings'] as const) await database.clear(store);
  database.close();
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('filling', () => {
  it('makes the very cards that are written with each run and message', async () => {
    await use(opened());
    const database = await openHistory();
    const written = await all(database);
    expect(written.cards.map(({ id }) => id)).toEqual([
      'a',
      'added/added',
      'run-1',
      'run-2',
      'run-3',
      'run-6',
      'run-7',
    ]);
    await forgetCards();
    await fillAll(2);
    const filled = await all(database);
    expect(filled.cards).toEqual(written.cards);
    // Only of what is stored; the pictures of these runs are not.
    const stored = (file: { hash: string }) => ['added', 'mask', 'hash-7'].includes(file.hash);
    expect(filled.files.filter(stored).map(({ hash, bytes }) => [hash, bytes])).toEqual([
      ['added', 3],
      ['hash-7', 3],
      ['mask', 4],
    ]);
    expect(filled.files.find(({ hash }) => hash === 'mask')?.kind).toBe('mask');
    database.close();
  });

  it('goes from the newest to the oldest, and on from where it was left', async () => {
    await use(opened());
    await forgetCards();
    const batches = await fillAll(1);
    expect(batches.slice(0, 5)).toEqual([
      ['added/added', 'run-7'],
      ['added/added', 'run-7', 'run-6'],
      ['added/added', 'run-7', 'run-6', 'a'],
      ['added/added', 'run-7', 'run-6', 'a', 'run-3'],
      ['added/added', 'run-7', 'run-6', 'a', 'run-3', 'run-1'],
    ]);
  });

  it('says how far it is, and does nothing once it is done', async () => {
    const page = opened();
    await use(page);
    await forgetCards();
    const first = await fillBatch(2, page.connection);
    expect(first).toEqual({ done: 2, total: 9, isDone: false });
    await fillAll(2);
    expect(await fillBatch(2, page.connection)).toEqual({ done: 9, total: 9, isDone: true });
  });

  it('is shared by two tabs, none of which does what the other has done', async () => {
    await use(opened());
    await forgetCards();
    const tabs = [opened(), opened()];
    const fill = async ({ connection }: Opened) => {
      let batches = 0;
      for (let isDone = false; !isDone; batches++) {
        ({ isDone } = await fillBatch(1, connection));
      }
      return batches;
    };
    const batches = await Promise.all(tabs.map(fill));
    // Nine records, a batch each: alone, a tab needs at least nine.
    expect(Math.max(...batches)).toBeLessThan(9);
    expect(await newestCards(100, tabs[0]?.connection)).toHaveLength(6);
  });

  it('misses nothing that changes meanwhile', async () => {
    const page = opened();
    await use(page);
    await page.saveConversation(createConversation('old', 1), [
      { ...question, id: 'q2', conversation: 'old' },
      { ...answer, id: 'a2', conversation: 'old', parent: 'q2' },
    ]);
    await forgetCards();
    await fillBatch(2, page.connection);
    // An old conversation becomes the newest, a removed run comes back, another one goes.
    await page.saveConversation(createConversation('old', 99));
    await page.restoreRun('run-2');
    await page.removeRun('run-1', 40);
    await fillAll(2);
    const cards = await newestCards(100, page.connection);
    expect(cards.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['run-7', 'run-6', 'run-3', 'run-2', 'a', 'a2', 'added/added']),
    );
    expect((await page.trashed()).map(({ id }) => id)).toEqual(['run-3', 'run-1']);
  });

  it('keeps the colour that was found before a picture had its turn', async () => {
    const page = opened();
    await use(page);
    await forgetCards();
    await page.saveCopy('added', 'small', new Blob(['small']), '#102030');
    await page.saveCopy('hash-7', 'small', new Blob(['small']), '#405060');
    await fillAll(1);
    const cards = await newestCards(2, page.connection);
    expect(cards.map(({ pictures }) => pictures[0]?.color)).toEqual(['#102030', '#405060']);
    const files = await (await page.connection()).getAll('files');
    expect(files.find(({ hash }) => hash === 'hash-7')).toMatchObject({ kind: 'made', bytes: 3 });
  });

  it('is not held up by a damaged record', async () => {
    const page = opened();
    await use(page);
    await forgetCards();
    const database = await page.connection();
    for (const id of ['x', 'y']) {
      await database.put('runs', { id, createdAt: 5, pictures: [], removedPictures: [] } as never);
    }
    await database.put('runs', {
      ...edit,
      id: 'z',
      edit: { references: 'none' },
      pictures: [],
      removedPictures: [],
    } as never);
    await fillAll(1);
    expect(await database.get('cards', 'run-1')).toBeDefined();
  });
});

it('takes a database of the version before as it is, and loses nothing of it', async () => {
  const before = await openHistory({ version: 2 });
  const { pictures, removedPictures } = { pictures: ['hash-1'], removedPictures: [] };
  for (const now of [1, 2]) await before.put('runs', { ...runAt(now), pictures, removedPictures });
  before.close();
  const page = opened();
  expect(await page.runIds('generations')).toEqual(['run-2', 'run-1']);
  expect(await newestCards(100, page.connection)).toEqual([]);
  await fillAll(1);
  expect((await newestCards(1, page.connection)).map(({ title }) => title)).toEqual(['run 2']);
});

it('sums up what is used by kind', async () => {
  const page = opened();
  await page.savePicture('x', new Blob(['12345']), 'made');
  await page.savePicture('y', new Blob(['123']), 'added');
  // A picture that was added and then made is one that was made.
  await page.savePicture('y', new Blob(['123']), 'made');
  await page.saveCopy('x', 'small', new Blob(['1']));
  await page.saveCopy('x', 'preview', new Blob(['12']));
  const used = await usedSpace(page.connection);
  expect(used.made).toEqual({ files: 2, bytes: 8 });
  expect(used.added).toEqual({ files: 0, bytes: 0 });
  expect(used.copies).toEqual({ files: 2, bytes: 3 });
});
