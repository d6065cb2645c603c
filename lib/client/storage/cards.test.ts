import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createConversation } from '../../core/chat/conversation';
import { type Answer, createAnswer, createUserMessage } from '../../core/chat/message';
import { emptyImageForm } from '../../core/endpoints/image-form';
import { createEntry, type RunEntry } from '../../core/runs/run-entry';
import { createConversationHistory } from './conversations';
import { createConnection } from './database';
import { createHistory } from './history';
import { newestCards } from './kept-cards';
import { createStoredPictures } from './stored-pictures';
import { createTrash } from './trash';

let page: ReturnType<typeof opened>;
function opened() {
  const connection = createConnection();
  return {
    connection,
    ...createHistory(connection),
    ...createStoredPictures(connection),
    ...createConversationHistory(connection),
    ...createTrash(connection),
  };
}
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  page = opened();
});

const listed = async () => newestCards(100, page.connection);
const ids = async () => (await listed()).map(({ id }) => id);
const picture = (hash: string) => ({ hash, byteLength: 3, header: undefined });

function run(changes: Partial<RunEntry> = {}): RunEntry {
  const request = { model: 'm', prompt: 'a Red dog', n: 1 };
  const asked = { id: 'run', request, form: emptyImageForm, now: 10, expectedMs: null };
  return { ...createEntry(asked), ...changes };
}
const done = run({ state: 'done', slots: [{ kind: 'picture', ...picture('x') }] });

describe('the card of a run', () => {
  it.each(['queued', 'waiting', 'failed', 'cancelled'] as const)('%s is there', async (state) => {
    await page.saveRun(run({ state }));
    expect(await listed()).toMatchObject([{ id: 'run', state, title: 'a Red dog', pictures: [] }]);
  });

  it('has the colour of its picture, whichever is stored first', async () => {
    const small = new Blob(['small']);
    await page.savePicture('x', new Blob(['abc']), 'made');
    await page.saveCopy('x', 'small', small, '#102030');
    await page.saveRun(done);
    expect((await listed())[0]?.pictures).toMatchObject([{ hash: 'x', color: '#102030' }]);
    await page.saveCopy('x', 'small', small, '#405060');
    expect((await listed())[0]?.pictures).toMatchObject([{ color: '#405060' }]);
    await page.saveRun({ ...done, durationMs: 5 });
    expect((await listed())[0]?.pictures).toMatchObject([{ color: '#405060' }]);
  });

  it('leaves the list while the run is removed', async () => {
    await page.saveRun(done);
    await page.removeRun('run', 20);
    expect(await ids()).toEqual([]);
    expect(await page.trashed()).toMatchObject([{ id: 'run', trashedAt: 20 }]);
    await page.restoreRun('run');
    expect(await ids()).toEqual(['run']);
    expect(await page.trashed()).toEqual([]);
  });
});

describe('the card of an added picture', () => {
  const edit = (id: string, now: number, hash: string): RunEntry => ({
    ...run({ id, createdAt: now, state: 'failed' }),
    endpoint: 'edits',
    edit: { references: [{ ...picture(hash), name: `${hash}.png` }], mask: null, parent: null },
  });

  it('is there once, from its first use on', async () => {
    await page.saveRun(edit('later', 30, 'bear'));
    await page.saveRun(edit('earlier', 20, 'bear'));
    const added = (await listed()).filter(({ origin }) => origin === 'added');
    expect(added).toMatchObject([{ id: 'added/bear', at: 20, title: 'bear.png' }]);
  });

  it('is none where a run has made the picture', async () => {
    await page.saveRun(done);
    await page.saveRun(edit('edit', 30, 'x'));
    expect(await ids()).toEqual(['edit', 'run']);
  });

  it('goes with the last run that needs the picture', async () => {
    await page.saveRun(edit('one', 20, 'bear'));
    await page.saveRun(edit('two', 30, 'bear'));
    await page.removeRun('one', 40);
    await page.purge(50);
    expect(await ids()).toEqual(['two', 'added/bear']);
    await page.removeRun('two', 40);
    await page.purge(50);
    expect(await ids()).toEqual([]);
  });
});

describe('the card of an answer', () => {
  const request = {
    fields: { model: 'm' },
    systemPrompt: '',
    pictures: [],
    picturesAs: 'blocks' as const,
  };
  const own = { conversation: 'c', pictures: [] };
  const first = createUserMessage({ ...own, id: 'q1', parent: null, now: 1, text: 'A bear' });
  const second = createUserMessage({ ...own, id: 'q2', parent: 'a1', now: 3, text: 'now blue' });
  const answer = (id: string, parent: string, now: number): Answer =>
    createAnswer({ id, conversation: 'c', parent, now, request });
  const part = {
    kind: 'picture' as const,
    ...picture('y'),
    block: {},
    writing: { prefix: '', alphabet: 'base64', isPadded: true } as const,
  };

  it('is there while it comes and once it has a picture, and goes where it has none', async () => {
    await page.saveConversation(createConversation('c', 1), [first, answer('a1', 'q1', 2)]);
    expect(await listed()).toMatchObject([{ id: 'a1', state: 'queued' }]);
    await page.saveMessage({ ...answer('a1', 'q1', 2), state: 'done' });
    expect(await ids()).toEqual([]);
    await page.saveMessage({ ...answer('a1', 'q1', 2), state: 'done', parts: [part] });
    expect(await listed()).toMatchObject([{ id: 'a1', pictures: [{ hash: 'y' }] }]);
  });

  it('is found by all that was said before it', async () => {
    await page.saveConversation(createConversation('c', 1), [first, answer('a1', 'q1', 2)]);
    await page.saveConversation(createConversation('c', 3), [second, answer('a2', 'q2', 4)]);
    expect((await listed())[0]).toMatchObject({ id: 'a2', title: 'now blue' });
    expect((await listed())[0]?.words).toContain('a bear');
  });

  it('leaves the list with its conversation, and goes for good with it', async () => {
    await page.saveConversation(createConversation('c', 1), [first, answer('a1', 'q1', 2)]);
    await page.removeConversation('c', 10);
    expect(await ids()).toEqual([]);
    await page.saveMessage({ ...answer('a1', 'q1', 2), state: 'failed' });
    expect(await ids()).toEqual([]);
    await page.restoreConversation('c');
    expect(await ids()).toEqual(['a1']);
    await page.removeConversation('c', 10);
    await page.purgeConversations(11);
    expect(await (await page.connection()).count('cards')).toBe(0);
  });
});
