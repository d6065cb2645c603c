import { hearTabs } from '../browser/tabs';
import { conversationHistory } from '../storage/conversations';
import { chatRuns } from './chat-runs';
import {
  chatStore,
  conversationsStore,
  dropConversation,
  dropMessages,
  findConversation,
  findMessage,
  messagesOf,
  putConversations,
  putMessages,
  updatePath,
} from './conversations-store';
import { openNewest } from './open-conversation';

let isFollowing = false;

/** Follows what other tabs do with the conversations, on other pages too: what is loaded of them is loaded once. */
export function followChatTabs(): void {
  if (isFollowing) return;
  isFollowing = true;
  hearTabs((event) => {
    if (event.type === 'conversation-removed') forget(event.id);
    else if (event.type === 'conversation-kept') void hearConversation(event.id);
    else if (event.type === 'message-kept') void hearMessage(event.id, event.conversation);
  });
}

function forget(id: string): void {
  const wasOpen = conversationsStore.getState().openId === id;
  dropConversation(id);
  // Read anew from the storage when the removal is undone, an answer would lack what had come for it meanwhile.
  if (!messagesOf(id).some((one) => chatRuns.isCarried(one.id))) dropMessages(id);
  if (wasOpen) void openNewest();
}

async function hearConversation(id: string): Promise<void> {
  const found = await conversationHistory.loadConversation(id).catch(() => undefined);
  if (!found) return;
  // The shown branch and the settings that are being typed belong to each tab.
  const here = findConversation(id);
  const { title, isNamed, updatedAt } = found;
  putConversations([here ? { ...here, title, isNamed, updatedAt } : found]);
  if (!chatStore.getState().paths[id]) return;
  const messages = await conversationHistory.messages(id).catch(() => []);
  putMessages(
    id,
    messages.filter((message) => !findMessage(message.id)),
  );
  updatePath(id);
}

async function hearMessage(id: string, conversation: string): Promise<void> {
  if (!chatStore.getState().paths[conversation]) return;
  const found = await conversationHistory.loadMessage(id).catch(() => undefined);
  if (found?.role !== 'assistant') return;
  chatRuns.hear(found, true);
}
