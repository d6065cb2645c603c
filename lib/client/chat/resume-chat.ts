import { createConversation } from '../../core/chat/conversation';
import { createAnswer, createUserMessage } from '../../core/chat/message';
import { randomId } from '../../core/random-id';
import { hearTabs } from '../browser/tabs';
import { takeOrphanRuns } from '../runs/orphan-runs-store';
import { conversationHistory } from '../storage/conversations';
import { storageProblem } from '../storage/database';
import { reportStorageProblem } from '../storage/storage-status';
import { chatRuns } from './chat-runs';
import {
  chatStore,
  conversationsStore,
  dropConversation,
  dropMessages,
  findConversation,
  findMessage,
  putConversations,
  putMessages,
  updatePath,
} from './conversations-store';
import {
  lastOpened,
  loadMessages,
  newConversation,
  openConversation,
  openNewest,
} from './open-conversation';
import { saveTurn } from './save-turn';

let resuming: Promise<void> | undefined;

/** Loads the conversations, opens the one that was open, and resumes the answers in flight; only once. */
export async function resumeChat(): Promise<void> {
  const { isReady, isUnreadable } = conversationsStore.getState();
  if (isReady && !isUnreadable) return;
  resuming ??= resume().finally(() => {
    resuming = undefined;
  });
  return resuming;
}

async function resume(): Promise<void> {
  conversationsStore.setState({ isUnreadable: true });
  try {
    const found = await conversationHistory.conversations();
    // A conversation that another page has opened meanwhile is newer than the stored one.
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
  for (const answer of await conversationHistory.answersInFlight()) {
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

/**
 * Puts each answer that only the server knows into a new conversation, because its question is lost.
 * @param words the conversation's title, and the text in place of the question
 */
export async function showFoundAnswers(words: { title: string; question: string }): Promise<void> {
  for (const run of takeOrphanRuns('chat')) {
    const now = run.createdAt;
    const conversation = {
      ...createConversation(randomId(), now),
      title: words.title,
      isNamed: true,
    };
    const own = { conversation: conversation.id, now };
    const question = createUserMessage({
      ...own,
      id: randomId(),
      parent: null,
      text: words.question,
      pictures: [],
    });
    const request = {
      fields: { model: run.model ?? '' },
      systemPrompt: '',
      pictures: [],
      picturesAs: 'blocks' as const,
    };
    const answer = createAnswer({ ...own, id: run.id, parent: question.id, request });
    const messages = [question, { ...answer, state: 'waiting' as const }];
    putConversations([conversation]);
    putMessages(conversation.id, messages);
    await saveTurn(conversation, messages);
    void chatRuns.resume(answer.id);
    await openConversation(conversation.id);
  }
}
