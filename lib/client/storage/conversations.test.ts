import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createConversation } from '../../core/chat/conversation';
import { type Answer, createAnswer, createUserMessage } from '../../core/chat/message';
import { createConversationHistory } from './conversations';
import { createConnection } from './database';
import { createHistory } from './history';
import { createStoredPictures } from './stored-pictures';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** What a page finds that has just been opened. */
const opened = () => {
  const connection = createConnection();
  return {
    ...createHistory(connection),
    ...createStoredPictures(connection),
    ...createConversationHistory(connection),
  };
};
const conversationAt = (id: string, now: number) => createConversation(id, now);
const question = (id: string, conversation: string, hashes: string[] = []) =>
  createUserMessage({
    id,
    conversation,
    parent: null,
    now: 1,
    text: id,
    pictures: hashes.map((hash) => ({
      id: hash,
      hash,
      name: hash,
      byteLength: 1,
      header: undefined,
    })),
  });
const request = {
  fields: { model: 'm' },
  systemPrompt: '',
  pictures: [],
  picturesAs: 'blocks' as const,
};
const answer = (id: string, conversation: string, changed: Partial<Answer> = {}): Answer => ({
  ...createAnswer({ id, conversation, parent: 'q', now: 2, request }),
  ...changed,
});

describe('conversations', () => {
  it('are found with their messages, the one written in last first', async () => {
    const before = opened();
    await before.saveConversation(conversationAt('old', 1), [question('q', 'old')]);
    await before.saveConversation(conversationAt('new', 2), [question('r', 'new')]);
    await before.saveMessage(answer('a', 'old'));
    const after = opened();
    expect((await after.conversations()).map(({ id }) => id)).toEqual(['new', 'old']);
    expect(await after.loadConversation('old')).toEqual(conversationAt('old', 1));
    expect((await after.messages('old')).map(({ id }) => id).sort()).toEqual(['a', 'q']);
    expect(await after.loadMessage('q')).toEqual(question('q', 'old'));
    expect(await after.loadMessage('none')).toBeUndefined();
  });

  it('lose nothing that two tabs say at the same time', async () => {
    const [one, other] = [opened(), opened()];
    await one.saveConversation(conversationAt('c', 1), [question('q', 'c')]);
    await Promise.all([
      one.saveConversation(conversationAt('c', 2), [question('one', 'c')]),
      other.saveConversation(conversationAt('c', 3), [question('other', 'c')]),
    ]);
    const found = (await opened().messages('c')).map(({ id }) => id).sort();
    expect(found).toEqual(['one', 'other', 'q']);
  });

  it('know their answers under way', async () => {
    const { saveMessage, answersInFlight } = opened();
    await saveMessage(answer('a', 'c'));
    await saveMessage(answer('b', 'c', { state: 'done' }));
    await saveMessage(question('q', 'c'));
    expect((await answersInFlight()).map(({ id }) => id)).toEqual(['a']);
  });

  it('keep a whole answer whole, though another tab is reading it still, loses it or stops it', async () => {
    const { saveMessage, loadMessage } = opened();
    await saveMessage(answer('a', 'c', { state: 'done', finishReason: 'stop' }));
    for (const state of ['answering', 'failed', 'cancelled'] as const) {
      await saveMessage(answer('a', 'c', { state }));
      expect(await loadMessage('a')).toMatchObject({ state: 'done', finishReason: 'stop' });
    }
    await saveMessage(answer('b', 'c', { state: 'failed' }));
    await saveMessage(answer('b', 'c', { state: 'queued' }));
    expect(await loadMessage('b')).toMatchObject({ state: 'queued' });
  });

  it('can come back after they were removed, and stay removed if another tab writes on', async () => {
    const history = opened();
    await history.saveConversation(conversationAt('c', 1), [question('q', 'c')]);
    await history.removeConversation('c', 10);
    await history.saveConversation(conversationAt('c', 2));
    expect(await history.conversations()).toEqual([]);
    expect(await history.loadConversation('c')).toBeUndefined();
    await history.restoreConversation('c');
    expect((await history.conversations()).map(({ id }) => id)).toEqual(['c']);
    expect(await history.messages('c')).toHaveLength(1);
  });

  it('go for good with their pictures, but for those that something else needs', async () => {
    const history = opened();
    await history.saveConversation(conversationAt('c', 1), [
      question('q', 'c', ['mine', 'shared']),
      answer('a', 'c', { key: 'second try' }),
    ]);
    await history.saveConversation(conversationAt('d', 1), [question('r', 'd', ['shared'])]);
    for (const hash of ['mine', 'shared'])
      await history.savePicture(hash, new Blob([hash]), 'made');
    await history.removeConversation('c', 10);
    expect(await history.purgeConversations(10)).toEqual([]);
    expect(await history.loadPicture('mine')).toBeDefined();
    expect(await history.purgeConversations(11)).toEqual([{ key: 'second try', createdAt: 2 }]);
    expect(await history.messages('c')).toEqual([]);
    expect(await history.loadPicture('mine')).toBeUndefined();
    expect(await history.loadPicture('shared')).toBeDefined();
  });
});
