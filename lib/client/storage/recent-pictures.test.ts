import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { createConversation } from '../../core/chat/conversation';
import { type Answer, createAnswer, createUserMessage } from '../../core/chat/message';
import { emptyImageForm } from '../../core/endpoints/image-form';
import { createEntry } from '../../core/runs/run-entry';
import { createConversationHistory } from './conversations';
import { createConnection } from './database';
import { createHistory } from './history';
import { recentPictures } from './recent-pictures';

const header = { format: 'png', width: 1, height: 1, hasAlpha: false, orientation: 1 } as const;
const picture = (hash: string) => ({ hash, byteLength: 3, header });
const writing = { prefix: '', alphabet: 'base64', isPadded: true } as const;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

it('finds the newest pictures of all pages, each once, and none that was removed', async () => {
  const database = createConnection();
  const history = createHistory(database);
  const conversations = createConversationHistory(database);
  const run = (id: string, now: number, hashes: string[]) => ({
    ...createEntry({
      id,
      request: { model: 'm', prompt: 'a red kite', n: 1 },
      form: emptyImageForm,
      now,
      expectedMs: null,
    }),
    slots: hashes.map((hash) => ({ kind: 'picture' as const, ...picture(hash) })),
  });
  await history.saveRun(run('old', 1, ['one', 'two']));
  await history.saveRun(run('new', 5, ['five']));
  const asked = createUserMessage({
    id: 'u',
    conversation: 'c',
    parent: null,
    now: 2,
    text: 'a blue kite',
    pictures: [{ ...picture('mine'), id: 'x', name: 'mine.png' }],
  });
  const request = {
    fields: { model: 'm' },
    systemPrompt: '',
    pictures: [],
    picturesAs: 'blocks',
  } as const;
  const answer: Answer = {
    ...createAnswer({
      id: 'a',
      conversation: 'c',
      parent: 'u',
      now: 3,
      request: { ...request, pictures: [] },
    }),
    parts: [
      { kind: 'text', text: 'Here', fields: null },
      { kind: 'picture', ...picture('three'), writing, block: {} },
      { kind: 'picture', ...picture('one'), writing, block: {} },
    ],
  };
  await conversations.saveConversation(createConversation('c', 1), [asked, answer]);
  const gone = { ...asked, id: 'g', conversation: 'gone', pictures: [] };
  await conversations.saveConversation(createConversation('gone', 9), [
    gone,
    { ...answer, id: 'h', conversation: 'gone', createdAt: 9, parent: 'g' },
  ]);
  await conversations.removeConversation('gone', 10);

  const found = await recentPictures(10, database);
  expect(found.map(({ hash }) => hash)).toEqual(['five', 'three', 'one', 'mine', 'two']);
  expect(found[1]?.name).toMatch(/^blue-kite-.*-1\.png$/);
  expect(found[3]).toEqual({ ...picture('mine'), name: 'mine.png', at: 2 });
  expect(await recentPictures(2, database)).toHaveLength(2);
});
