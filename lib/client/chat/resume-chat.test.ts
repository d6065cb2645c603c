import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createConversation } from '../../core/chat/conversation';
import { type Answer, createAnswer, createUserMessage } from '../../core/chat/message';
import { failureOfTicket } from '../../core/runs/run-failure';
import type { TabEvent } from '../browser/tabs';
import { conversationHistory } from '../storage/conversations';
import { SlowDatabaseError } from '../storage/database';
import { storageStatusStore } from '../storage/storage-status';
import { followChatTabs } from './chat-tabs';
import {
  changeMessage,
  chatStore,
  conversationsStore,
  findConversation,
  findMessage,
  putConversations,
  putMessages,
} from './conversations-store';
import {
  changeSettings,
  loadMessages,
  openConversation,
  removeConversation,
  restoreConversation,
} from './open-conversation';
import { resumeChat, takeUpAnswers } from './resume-chat';
import { sendMessage } from './send-message';

const world = vi.hoisted(() => ({
  /** The tries that are going on, by the ids of their answers, and how each ends. */
  tries: new Map<string, () => void>(),
  hear: (_event: TabEvent): void => {},
}));
vi.mock('../runs/run-attempt', async (importOriginal) => ({
  ...(await importOriginal<typeof import('../runs/run-attempt')>()),
  attemptRun: ({ run, signal }: { run: Answer; signal: AbortSignal }) =>
    new Promise((resolve) => {
      const end = () => {
        world.tries.delete(run.id);
        resolve({ type: 'cancel', now: 0 });
      };
      world.tries.set(run.id, end);
      signal.addEventListener('abort', end);
    }),
}));
vi.mock('../browser/tabs', async (importOriginal) => ({
  ...(await importOriginal<typeof import('../browser/tabs')>()),
  tellTabs: () => {},
  hearTabs(listener: (event: TabEvent) => void) {
    world.hear = listener;
    return () => {};
  },
}));

const request = {
  fields: { model: 'm' },
  systemPrompt: '',
  pictures: [],
  picturesAs: 'blocks' as const,
};
const question = (id: string, conversation: string, parent: string | null = null, now = 1) =>
  createUserMessage({ id, conversation, parent, now, text: id, pictures: [] });
const answer = (id: string, conversation: string, parent: string): Answer =>
  createAnswer({ id, conversation, parent, now: 2, request });
const { saveConversation, saveMessage } = conversationHistory;
const pathOf = (id: string) => chatStore.getState().paths[id]?.map((step) => step.id);

beforeEach(async () => {
  for (const end of world.tries.values()) end();
  chatStore.setState({ messages: {}, paths: {}, unreadable: [] });
  conversationsStore.setState({
    conversations: [],
    openId: null,
    removed: null,
    isReady: false,
    isUnreadable: false,
  });
  // The connection is the page's: what an earlier test has kept is let go of.
  for (const { id } of await conversationHistory.conversations().catch(() => [])) {
    await conversationHistory.removeConversation(id, 0);
  }
  await conversationHistory.purgeConversations(1).catch(() => []);
});
globalThis.indexedDB = new IDBFactory();

describe('after a reload', () => {
  it('what was said is there, and an answer under way goes on', async () => {
    await saveConversation(createConversation('old', 1), [question('o', 'old')]);
    await saveConversation(createConversation('new', 2), [question('n', 'new')]);
    await saveMessage(answer('under way', 'old', 'o'));
    await saveMessage({ ...answer('whole', 'new', 'n'), state: 'done' });
    // The database may open late.
    vi.spyOn(conversationHistory, 'conversations').mockRejectedValueOnce(new SlowDatabaseError());
    await resumeChat();
    expect(storageStatusStore.getState().problem).toBeNull();
    const { conversations, openId, isReady } = conversationsStore.getState();
    expect(conversations.map(({ id }) => id)).toEqual(['new', 'old']);
    expect({ openId, isReady }).toEqual({ openId: 'new', isReady: true });
    expect(pathOf('new')).toEqual(['n', 'whole']);
    expect([...world.tries.keys()]).toEqual(['under way']);
    expect(findMessage('under way')?.conversation).toBe('old');
  });

  it('there is a conversation to write in', async () => {
    await resumeChat();
    const { conversations, openId } = conversationsStore.getState();
    expect(conversations.map(({ id }) => id)).toEqual([openId]);
    expect(pathOf(openId ?? '')).toEqual([]);
  });

  it('one that another page has begun meanwhile stays open', async () => {
    await saveConversation(createConversation('kept', 1));
    putConversations([createConversation('begun', 5)]);
    conversationsStore.setState({ openId: 'begun' });
    await resumeChat();
    expect(conversationsStore.getState().openId).toBe('begun');
    expect(conversationsStore.getState().conversations).toHaveLength(2);
  });
});

describe('a database that is too slow or blocked', () => {
  const unavailable = new Error('The browser’s database does not open.');

  it('does not make a full conversation look empty, and a message in it is not sent', async () => {
    await saveConversation(createConversation('c', 1), [question('q', 'c')]);
    const messages = vi.spyOn(conversationHistory, 'messages').mockRejectedValueOnce(unavailable);
    await resumeChat();
    expect(pathOf('c')).toBeUndefined();
    expect(chatStore.getState().unreadable).toEqual(['c']);
    expect(() => sendMessage('c', [])).toThrow('not loaded');
    messages.mockRestore();
    expect(await loadMessages('c')).toBe(true);
    expect(pathOf('c')).toEqual(['q']);
    expect(chatStore.getState().unreadable).toEqual([]);
  });

  it('reads the open conversation again once at a time, however often it was asked for', async () => {
    await saveConversation(createConversation('c', 1), [question('q', 'c')]);
    const messages = vi.spyOn(conversationHistory, 'messages').mockRejectedValue(unavailable);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      conversationsStore.setState({ openId: 'c' });
      for (let asked = 0; asked < 3; asked++) await loadMessages('c');
      messages.mockClear();
      await vi.advanceTimersByTimeAsync(3000);
      expect(messages).toHaveBeenCalledTimes(1);
    } finally {
      vi.useRealTimers();
      messages.mockRestore();
    }
  });

  it('does not carry an answer whose conversation cannot be read', async () => {
    await saveConversation(createConversation('c', 1), [question('q', 'c')]);
    await saveMessage({ ...answer('a', 'c', 'q'), state: 'waiting' });
    const messages = vi.spyOn(conversationHistory, 'messages').mockRejectedValue(unavailable);
    await resumeChat();
    expect(pathOf('c')).toBeUndefined();
    expect(world.tries.size).toBe(0);
    messages.mockRestore();
    await takeUpAnswers();
    expect(pathOf('c')).toEqual(['q', 'a']);
    expect([...world.tries.keys()]).toEqual(['a']);
  });

  it('shows the stored conversations as soon as they can be read', async () => {
    await saveConversation(createConversation('c', 1), [question('q', 'c')]);
    const list = vi.spyOn(conversationHistory, 'conversations').mockRejectedValueOnce(unavailable);
    await resumeChat();
    expect(findConversation('c')).toBeUndefined();
    list.mockRestore();
    await resumeChat();
    expect(findConversation('c')).toBeDefined();
  });
});

it('a conversation that was never opened here is loaded when its removal is undone', async () => {
  await saveConversation(createConversation('old', 1), [question('o', 'old')]);
  await saveConversation(createConversation('new', 2), [question('n', 'new')]);
  await resumeChat();
  await removeConversation('old');
  await restoreConversation();
  await vi.waitFor(() => expect(pathOf('old')).toEqual(['o']));
});

it('what waits for its turn or a connection in a conversation that is removed is not sent any more', async () => {
  vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }));
  await saveConversation(createConversation('c', 1), [question('q', 'c')]);
  await saveMessage({ ...answer('sent', 'c', 'q'), state: 'waiting' });
  await saveMessage(answer('waits for a connection', 'c', 'q'));
  await resumeChat();
  const nextTry = { key: 'waits', at: Date.now() + 60_000 };
  const waits = { ...answer('waits', 'c', 'q'), state: 'pausing' as const, nextTry };
  putMessages('c', [{ ...waits, trouble: failureOfTicket() }]);
  await removeConversation('c');
  await restoreConversation();
  expect(findMessage('waits')).toMatchObject({ state: 'cancelled', durationMs: null });
  expect(findMessage('waits for a connection')).toMatchObject({ state: 'cancelled' });
  expect(findMessage('sent')).toMatchObject({ state: 'waiting' });
  vi.unstubAllGlobals();
});

describe('two tabs', () => {
  const begin = async () => {
    await saveConversation(createConversation('c', 1), [question('q', 'c')]);
    await resumeChat();
    followChatTabs();
  };

  it('see what the other one says, and keep settings of their own', async () => {
    await begin();
    changeSettings('c', { systemPrompt: 'mine' });
    const theirs = { ...createConversation('c', 1), title: 'named', isNamed: true };
    await saveConversation({ ...theirs, updatedAt: 9 }, [question('later', 'c', 'q', 8)]);
    world.hear({ type: 'conversation-kept', id: 'c' });
    await vi.waitFor(() => expect(pathOf('c')).toEqual(['q', 'later']));
    expect(findConversation('c')).toMatchObject({
      title: 'named',
      updatedAt: 9,
      settings: { systemPrompt: 'mine' },
    });
  });

  it('follow an answer of the other one until they read it themselves', async () => {
    await begin();
    await saveMessage({ ...answer('a', 'c', 'q'), state: 'answering' });
    world.hear({ type: 'message-kept', id: 'a', conversation: 'c' });
    await vi.waitFor(() => expect(pathOf('c')).toEqual(['q', 'a']));
    expect([...world.tries.keys()]).toEqual(['a']);
    changeMessage<Answer>('a', (one) => ({ ...one, finishReason: 'here' }));
    await saveMessage({ ...answer('a', 'c', 'q'), state: 'done' });
    world.hear({ type: 'message-kept', id: 'a', conversation: 'c' });
    world.hear({ type: 'conversation-kept', id: 'c' });
    // What was asked of the database before this has been answered by then.
    for (let asked = 0; asked < 3; asked++) await conversationHistory.messages('c');
    expect(findMessage('a')).toMatchObject({ finishReason: 'here' });
  });

  it('take an answer up that the other one has sent, in case that one is closed', async () => {
    await begin();
    await saveMessage(answer('a', 'c', 'q'));
    world.hear({ type: 'message-kept', id: 'a', conversation: 'c' });
    await vi.waitFor(() => expect(pathOf('c')).toEqual(['q', 'a']));
    expect(world.tries.size).toBe(0);
    await saveMessage({ ...answer('a', 'c', 'q'), state: 'waiting' });
    world.hear({ type: 'message-kept', id: 'a', conversation: 'c' });
    await vi.waitFor(() => expect([...world.tries.keys()]).toEqual(['a']));
  });

  it('stop together', async () => {
    await begin();
    await saveMessage({ ...answer('a', 'c', 'q'), state: 'waiting' });
    world.hear({ type: 'message-kept', id: 'a', conversation: 'c' });
    await vi.waitFor(() => expect(world.tries.size).toBe(1));
    await saveMessage({ ...answer('a', 'c', 'q'), state: 'cancelled' });
    world.hear({ type: 'message-kept', id: 'a', conversation: 'c' });
    await vi.waitFor(() => expect(world.tries.size).toBe(0));
    expect(findMessage('a')).toMatchObject({ state: 'cancelled' });
  });

  it('lose nothing of an answer that comes here while the other one removes it and brings it back', async () => {
    await saveConversation(createConversation('other', 0));
    await begin();
    await saveMessage({ ...answer('a', 'c', 'q'), state: 'answering' });
    await takeUpAnswers();
    world.hear({ type: 'conversation-removed', id: 'c' });
    expect(findConversation('c')).toBeUndefined();
    changeMessage<Answer>('a', (one) => ({ ...one, finishReason: 'meanwhile' }));
    world.hear({ type: 'conversation-kept', id: 'c' });
    await vi.waitFor(() => expect(findConversation('c')).toBeDefined());
    await openConversation('c');
    expect(pathOf('c')).toEqual(['q', 'a']);
    expect(findMessage('a')).toMatchObject({ finishReason: 'meanwhile' });
  });

  it('lose what the other one removes, and have something else open', async () => {
    await saveConversation(createConversation('other', 0));
    await begin();
    await openConversation('c');
    world.hear({ type: 'conversation-removed', id: 'c' });
    expect(findConversation('c')).toBeUndefined();
    await vi.waitFor(() => expect(conversationsStore.getState().openId).toBe('other'));
  });
});

it('a conversation that was removed comes back as it was', async () => {
  await saveConversation(createConversation('c', 1), [question('q', 'c')]);
  await resumeChat();
  await removeConversation('c');
  expect(findConversation('c')).toBeUndefined();
  expect((await conversationHistory.conversations()).map(({ id }) => id)).not.toContain('c');
  await restoreConversation();
  expect(conversationsStore.getState()).toMatchObject({ openId: 'c', removed: null });
  expect(pathOf('c')).toEqual(['q']);
  expect((await conversationHistory.conversations()).map(({ id }) => id)).toContain('c');
});
