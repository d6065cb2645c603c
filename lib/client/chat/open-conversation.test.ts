import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Conversation, createConversation } from '../../core/chat/conversation';
import { createUserMessage } from '../../core/chat/message';
import { conversationHistory } from '../storage/conversations';
import {
  chatStore,
  conversationsStore,
  findConversation,
  putConversations,
} from './conversations-store';
import {
  conversationForPictures,
  newConversation,
  openConversation,
  renameConversation,
} from './open-conversation';

beforeEach(() => {
  chatStore.setState({ messages: {}, paths: {} });
  conversationsStore.setState({ conversations: [], openId: null });
});

/** As after a reload: the conversation is in the list, and its message is not loaded. */
async function keep(conversation: Conversation, text: string): Promise<void> {
  const { id } = conversation;
  const own = { id: `${id}-1`, conversation: id, parent: null, now: conversation.updatedAt };
  const first = createUserMessage({ ...own, text, pictures: [] });
  await conversationHistory.saveConversation(conversation, [first]);
  putConversations([conversation]);
}
const pathOf = (id: string) => chatStore.getState().paths[id]?.map((step) => step.id);

describe('a conversation whose name is taken back', () => {
  const named = { ...createConversation('a', 1), title: 'Towers', isNamed: true, updatedAt: 2 };

  it('is called after its first message, though it was never opened, and is no new one', async () => {
    await keep(named, 'a lighthouse');
    await renameConversation('a', ' ');
    expect(findConversation('a')).toMatchObject({ title: 'a lighthouse', isNamed: false });
    expect(newConversation()).not.toBe('a');
    await openConversation('a');
    expect(pathOf('a')).toEqual(['a-1']);
  });

  it('keeps its name as long as its messages cannot be read', async () => {
    await keep(named, 'a lighthouse');
    const messages = vi.spyOn(conversationHistory, 'messages');
    messages.mockRejectedValueOnce(new Error('The browser’s database does not open.'));
    await renameConversation('a', '');
    expect(findConversation('a')).toMatchObject({ title: 'Towers', isNamed: true });
    await renameConversation('a', '');
    expect(findConversation('a')).toMatchObject({ title: 'a lighthouse', isNamed: false });
  });
});

it('a conversation that nothing gave a title is no new one', async () => {
  await keep({ ...createConversation('b', 1), updatedAt: 2 }, '');
  expect(newConversation()).not.toBe('b');
  await openConversation('b');
  expect(conversationForPictures()).not.toBe('b');
  expect(pathOf('b')).toEqual(['b-1']);
});
