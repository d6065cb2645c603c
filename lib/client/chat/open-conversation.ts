import {
  type ChatSettings,
  type Conversation,
  childrenOf,
  createConversation,
  emptyChatSettings,
  isUnused,
  renamed,
  withChosen,
} from '../../core/chat/conversation';
import type { AttachedPicture } from '../../core/chat/message';
import { randomId } from '../../core/random-id';
import { tellTabs } from '../browser/tabs';
import { wantPrompt } from '../forms/prompt-focus';
import { conversationHistory } from '../storage/conversations';
import { storageProblem } from '../storage/database';
import { draftStorage } from '../storage/draft-storage';
import { reportStorageProblem } from '../storage/storage-status';
import { changeDraft, dropDraft, findDraft } from './composer-store';
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

// The user's actions on conversations, except for sending a message.

const retryLoadMs = 3000;
let retryTimer: ReturnType<typeof setTimeout> | undefined;

/** Opens an empty conversation with the settings of the one that was open. @returns its id */
export function newConversation(): string {
  const { openId, conversations } = conversationsStore.getState();
  const open = findConversation(openId);
  // An unused conversation is used again.
  const unused = conversations.find(isFree);
  const settings: ChatSettings = { ...(open?.settings ?? emptyChatSettings), systemPrompt: '' };
  const conversation = unused ?? createConversation(randomId(), Date.now(), settings);
  putConversations([conversation]);
  putMessages(conversation.id, []);
  show(conversation.id);
  void keepConversation(conversation.id);
  return conversation.id;
}

/**
 * Opens an empty conversation for pictures. If the open one has no message yet it stays, so that several
 * pictures can be collected.
 * @returns the conversation's id
 */
export function conversationForPictures(): string {
  const open = findConversation(conversationsStore.getState().openId);
  return open && isUnused(open) ? open.id : newConversation();
}

/** Opens an empty conversation with a picture in its draft. @returns the conversation's id */
export function startConversationWith(picture: Omit<AttachedPicture, 'id'>): string {
  const id = conversationForPictures();
  attachPicture(id, picture);
  wantPrompt('chat');
  return id;
}

/** Adds a stored picture to the draft of a conversation. */
export function attachPicture(conversation: string, picture: Omit<AttachedPicture, 'id'>): void {
  changeDraft(conversation, ({ pictures }) => ({
    pictures: [...pictures, { ...picture, id: randomId() }],
  }));
}

/** Shows a conversation, and loads its messages if needed. */
export async function openConversation(id: string): Promise<void> {
  show(id);
  await loadMessages(id);
}

/** Shows the conversation with the latest message, or a new one. */
export async function openNewest(): Promise<void> {
  const [newest] = conversationsStore.getState().conversations;
  if (newest) await openConversation(newest.id);
  else newConversation();
}

/**
 * Loads the messages of a conversation. Messages in the store are newer than stored ones and stay. If the
 * messages cannot be read, the conversation counts as unreadable and not as empty, because a message sent
 * now would start a second root without the history. The open conversation is read again until it works.
 * @returns whether the messages are loaded
 */
export async function loadMessages(id: string): Promise<boolean> {
  if (chatStore.getState().paths[id]) return true;
  try {
    const found = await conversationHistory.messages(id);
    markUnreadable(id, false);
    putMessages(
      id,
      found.filter((message) => !findMessage(message.id)),
    );
    return true;
  } catch (error) {
    const problem = storageProblem(error);
    reportStorageProblem(problem);
    markUnreadable(id, true);
    const isOpen = () => conversationsStore.getState().openId === id;
    // One timer, or each click on "Read again" would start another series of reads.
    if (problem !== 'outdated' && isOpen()) {
      clearTimeout(retryTimer);
      retryTimer = setTimeout(() => isOpen() && loadMessages(id), retryLoadMs);
    }
    return false;
  }
}

function markUnreadable(id: string, isUnreadable: boolean): void {
  chatStore.setState(({ unreadable }) => {
    const others = unreadable.filter((one) => one !== id);
    return { unreadable: isUnreadable ? [...others, id] : others };
  });
}

/**
 * Renames a conversation; with an empty name, its title is again that of its first message. Where that cannot be
 * read, it keeps its name.
 */
export async function renameConversation(id: string, name: string): Promise<void> {
  if (name.trim() === '' && !(await loadMessages(id))) return;
  const [first] = childrenOf(messagesOf(id), null);
  changeConversation(id, (one) => renamed(one, { name, first }));
}

/** Changes the settings of a conversation. */
export function changeSettings(id: string, change: Partial<ChatSettings>): void {
  changeConversation(id, (one) => ({ ...one, settings: { ...one.settings, ...change } }));
}

/** Shows another branch: another message with the same parent. */
export function chooseBranch(messageId: string): void {
  const message = findMessage(messageId);
  if (!message) return;
  changeConversation(message.conversation, (one) => ({
    ...one,
    chosen: withChosen(one.chosen, message),
  }));
  updatePath(message.conversation);
}

/** Chooses whether the next request sends a picture; null: the default. */
export function choosePicture(id: string, key: string, isSent: boolean | null): void {
  changeConversation(id, (one) => {
    const { [key]: _before, ...others } = one.pictures;
    return { ...one, pictures: isSent === null ? others : { ...others, [key]: isSent } };
  });
}

/**
 * Removes a conversation; it can be restored until another one is removed. An answer that waits to be sent is stopped:
 * it would be paid for, and nobody would see it.
 */
export async function removeConversation(id: string): Promise<void> {
  const conversation = findConversation(id);
  if (!conversation) return;
  forgetRemovedConversation();
  const waiting = messagesOf(id).filter(
    (one) => one.role === 'assistant' && (one.state === 'pausing' || one.state === 'queued'),
  );
  if (waiting.length > 0) {
    const { chatRuns } = await import('./chat-runs');
    for (const one of waiting) void chatRuns.stop(one.id);
  }
  const wasOpen = conversationsStore.getState().openId === id;
  dropConversation(id);
  conversationsStore.setState({ removed: conversation });
  if (wasOpen) void openNewest();
  await conversationHistory.removeConversation(id, Date.now()).catch(() => {});
  tellTabs({ type: 'conversation-removed', id });
}

/** Restores the removed conversation, and shows it. */
export async function restoreConversation(): Promise<void> {
  const { removed } = conversationsStore.getState();
  if (!removed) return;
  putConversations([removed]);
  conversationsStore.setState({ removed: null });
  void openConversation(removed.id);
  await conversationHistory.restoreConversation(removed.id).catch(() => {});
  tellTabs({ type: 'conversation-kept', id: removed.id });
}

/** Ends the possibility to restore the removed conversation. */
export function forgetRemovedConversation(): void {
  const { removed } = conversationsStore.getState();
  conversationsStore.setState({ removed: null });
  if (!removed) return;
  dropMessages(removed.id);
  dropDraft(removed.id);
}

/** The id of the conversation that this tab showed last, for a reload. */
export const lastOpened = {
  load: async (): Promise<string | null> => draftStorage.getItem('chat-open'),
  save: async (id: string): Promise<void> => void (await draftStorage.setItem('chat-open', id)),
};

/** Changes a conversation, and saves it. */
export function changeConversation(
  id: string,
  change: (conversation: Conversation) => Conversation,
): void {
  const conversation = findConversation(id);
  if (!conversation) return;
  putConversations([change(conversation)]);
  void keepConversation(id);
}

function show(id: string): void {
  conversationsStore.setState({ openId: id });
  void lastOpened.save(id);
}

async function keepConversation(id: string): Promise<void> {
  const keep = async () => {
    const conversation = findConversation(id);
    if (!conversation) return;
    await conversationHistory.saveConversation(conversation);
    tellTabs({ type: 'conversation-kept', id });
  };
  await keep().catch((error) =>
    reportStorageProblem(storageProblem(error), { name: `conversation ${id}`, keep }),
  );
}

function isFree(conversation: Conversation): boolean {
  const { text, pictures } = findDraft(conversation.id);
  return isUnused(conversation) && text === '' && pictures.length === 0;
}
