import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { type Conversation, type PathStep, pathTo, stepsOf } from '../../core/chat/conversation';
import type { ChatMessage } from '../../core/chat/message';

interface ConversationsState {
  /** All conversations; the one with the latest message is the first. */
  conversations: Conversation[];
  /** The conversation that is shown. */
  openId: string | null;
  /** The conversation that was removed last; it can be restored. */
  removed: Conversation | null;
  /** The stored conversations are loaded. Before that, an empty list does not mean that there are none. */
  isReady: boolean;
  /** Loading failed, so conversations may be missing; it is tried again. */
  isUnreadable: boolean;
}

export const conversationsStore = createStore<ConversationsState>(() => ({
  conversations: [],
  openId: null,
  removed: null,
  isReady: false,
  isUnreadable: false,
}));

/** The conversation with this id. */
export function findConversation(id: string | null): Conversation | undefined {
  return conversationsStore.getState().conversations.find((one) => one.id === id);
}

/** Adds conversations to the list in their order, or replaces them. */
export function putConversations(found: readonly Conversation[]): void {
  conversationsStore.setState(({ conversations }) => {
    const byId = new Map([...conversations, ...found].map((one) => [one.id, one]));
    return {
      conversations: [...byId.values()].sort((one, other) => other.updatedAt - one.updatedAt),
    };
  });
}

/** Removes a conversation from the list. */
export function dropConversation(id: string): void {
  conversationsStore.setState(({ conversations, openId }) => ({
    conversations: conversations.filter((one) => one.id !== id),
    openId: openId === id ? null : openId,
  }));
}

type State = ReturnType<typeof conversationsStore.getState>;

/** Reads one field of the store of conversations. */
export function useConversations<T>(select: (state: State) => T): T {
  return useStore(conversationsStore, select);
}

/** The conversation that is shown. */
export function useOpenConversation(): Conversation | undefined {
  return useConversations(({ conversations, openId }) =>
    conversations.find(({ id }) => id === openId),
  );
}

interface ChatState {
  /** The messages of every conversation that was opened in this tab, by their ids. */
  messages: Readonly<Record<string, ChatMessage>>;
  /** The messages that are shown, by their conversation; absent until they are loaded. */
  paths: Readonly<Record<string, readonly PathStep[]>>;
  /** The conversations whose messages could not be read from the browser's storage. */
  unreadable: readonly string[];
}

/** The messages. A change within an answer changes that answer and no path. */
export const chatStore = createStore<ChatState>(() => ({
  messages: {},
  paths: {},
  unreadable: [],
}));

/** The message with this id, if its conversation was opened in this tab. */
export function findMessage(id: string): ChatMessage | undefined {
  return chatStore.getState().messages[id];
}

/** The messages before one, the first of its conversation first. */
export function messagesBefore({ parent }: Pick<ChatMessage, 'parent'>): ChatMessage[] {
  return pathTo(new Map(Object.entries(chatStore.getState().messages)), parent ?? '');
}

/** The messages of a conversation, in no order. */
export function messagesOf(conversation: string): ChatMessage[] {
  return Object.values(chatStore.getState().messages).filter(
    (message) => message.conversation === conversation,
  );
}

/** Adds messages to a conversation, or replaces them. */
export function putMessages(conversation: string, found: readonly ChatMessage[]): void {
  chatStore.setState(({ messages }) => ({
    messages: { ...messages, ...Object.fromEntries(found.map((one) => [one.id, one])) },
  }));
  updatePath(conversation);
}

/** Changes the content of a message; its parent stays. */
export function changeMessage<M extends ChatMessage>(id: string, change: (message: M) => M): void {
  chatStore.setState(({ messages }) => {
    const message = messages[id];
    return message ? { messages: { ...messages, [id]: change(message as M) } } : {};
  });
}

/** Updates the shown path of a conversation to the chosen branches. */
export function updatePath(conversation: string): void {
  const chosen = findConversation(conversation)?.chosen ?? {};
  const path = stepsOf(messagesOf(conversation), chosen);
  chatStore.setState(({ paths }) => {
    const isSame = JSON.stringify(paths[conversation]) === JSON.stringify(path);
    return isSame ? {} : { paths: { ...paths, [conversation]: path } };
  });
}

/** Drops the messages of a conversation. */
export function dropMessages(conversation: string): void {
  chatStore.setState(({ messages, paths }) => ({
    messages: Object.fromEntries(
      Object.entries(messages).filter(([, message]) => message.conversation !== conversation),
    ),
    paths: Object.fromEntries(Object.entries(paths).filter(([id]) => id !== conversation)),
  }));
}

const nothing: readonly PathStep[] = [];

/** The messages that the open conversation shows; undefined until they are loaded. */
export function useOpenPath(): readonly PathStep[] | undefined {
  const openId = useConversations((state) => state.openId);
  return useStore(chatStore, ({ paths }) => (openId === null ? nothing : paths[openId]));
}

/** Whether the messages of the open conversation could not be read from the browser's storage. */
export function useIsUnreadable(): boolean {
  const openId = useConversations((state) => state.openId);
  return useStore(chatStore, ({ unreadable }) => openId !== null && unreadable.includes(openId));
}

/** One message. Changes to other messages cause no render. */
export function useMessage(id: string): ChatMessage | undefined {
  return useStore(chatStore, ({ messages }) => messages[id]);
}
