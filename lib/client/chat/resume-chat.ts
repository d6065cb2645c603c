import { conversationHistory } from '../storage/conversations';
import { readPatiently, storageProblem } from '../storage/database';
import { reportStorageProblem } from '../storage/storage-status';
import { conversationsStore, findConversation, putConversations } from './conversations-store';
import {
  lastOpened,
  loadMessages,
  newConversation,
  openConversation,
  openNewest,
} from './open-conversation';

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
    const found = await readPatiently(() => conversationHistory.conversations());
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
  const answers = await conversationHistory.answersInFlight();
  if (answers.length === 0) return;
  const { chatRuns } = await import('./chat-runs');
  for (const answer of answers) {
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
