import { deleteRun } from '../api/api';
import { hearTabs } from '../browser/tabs';
import { conversationHistory } from '../storage/conversations';
import { storageProblem } from '../storage/history';
import { reportStorageProblem } from '../storage/storage-status';
import { chatRuns } from './chat-runs';
import {
  conversationsStore,
  dropConversation,
  findConversation,
  putConversations,
} from './conversations-store';
import { chatStore, dropMessages, findMessage, putMessages, updatePath } from './messages-store';
import {
  lastOpened,
  loadMessages,
  newConversation,
  openConversation,
  openNewest,
} from './open-conversation';

/** How long what was removed can come back, at least. */
const undoMs = 60 * 60 * 1000;

/** Loads the conversations, opens the one that was open, and resumes the answers in flight. */
export async function resumeChat(): Promise<void> {
  const { isReady, isUnreadable } = conversationsStore.getState();
  if (isReady && !isUnreadable) return;
  conversationsStore.setState({ isUnreadable: true });
  try {
    const gone = await conversationHistory.purgeConversations(Date.now() - undoMs);
    for (const key of gone) void deleteRun(key).catch(() => {});
    const found = await conversationHistory.conversations();
    // A conversation that was opened meanwhile, from another page, is newer than what is kept of it.
    putConversations(found.filter(({ id }) => !findConversation(id)));
    await openLast();
    conversationsStore.setState({ isUnreadable: false });
    await takeUpAnswers();
  } catch (error) {
    reportStorageProblem(storageProblem(error));
    if (!findConversation(conversationsStore.getState().openId)) newConversation();
  }
  conversationsStore.setState({ isReady: true });
}

/** Resumes every answer in flight, whichever tab has asked for it. */
export async function takeUpAnswers(): Promise<void> {
  for (const answer of await conversationHistory.answersUnderWay()) {
    if (!findConversation(answer.conversation)) continue;
    if (await loadMessages(answer.conversation)) chatRuns.takeUp([answer]);
  }
}

async function openLast(): Promise<void> {
  const { openId } = conversationsStore.getState();
  if (findConversation(openId)) return;
  const last = findConversation(await lastOpened.load());
  if (last) await openConversation(last.id);
  else await openNewest();
}

/** Follows what other tabs do with the conversations. @returns how to stop */
export function followChatTabs(): () => void {
  return hearTabs((event) => {
    if (event.type === 'conversation-removed') forget(event.id);
    else if (event.type === 'conversation-kept') void hearConversation(event.id);
    else if (event.type === 'message-kept') void hearMessage(event.id, event.conversation);
  });
}

function forget(id: string): void {
  const wasOpen = conversationsStore.getState().openId === id;
  dropConversation(id);
  dropMessages(id);
  if (wasOpen) void openNewest();
}

async function hearConversation(id: string): Promise<void> {
  const found = await conversationHistory.loadConversation(id).catch(() => undefined);
  if (!found) return;
  // Which branch is shown, and what somebody is typing in the settings, is each tab's own affair.
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
