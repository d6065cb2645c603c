import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { type Conversation, type PathStep, stepsOf } from '../../core/chat/conversation';
import type { ChatMessage } from '../../core/chat/message';

interface ConversationsState {
  /** Everything kept, the one that was written in last first. */
  conversations: Conversation[];
  /** The conversation that is shown. */
  openId: string | null;
  /** The conversation that was removed last; it can still come back. */
  removed: Conversation | null;
  /** The stored conversations have been looked up; before that, the list is merely not loaded. */
  isReady: boolean;
  /** The look-up failed, so the list may lack conversations; the next one tries again. */
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

/** Puts conversations into the list, each in its place; one that is there already is replaced. */
export function putConversations(found: readonly Conversation[]): void {
  conversationsStore.setState(({ conversations }) => {
    const byId = new Map([...conversations, ...found].map((one) => [one.id, one]));
    return {
      conversations: [...byId.values()].sort((one, other) => other.updatedAt - one.updatedAt),
    };
  });
}

/** Takes a conversation off the list. */
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
  /** The messages of every conversation that was opened here, by their ids. */
  messages: Readonly<Record<string, ChatMessage>>;
  /** The messages that are shown, by their conversation; absent: not loaded yet. */
  paths: Readonly<Record<string, readonly PathStep[]>>;
  /** The conversations whose messages could not be read from the browser's storage. */
  unreadable: readonly string[];
}

/** The messages. What happens within an answer changes that answer only, and no path. */
export const chatStore = createStore<ChatState>(() => ({
  messages: {},
  paths: {},
  unreadable: [],
}));

/** The message with this id, if its conversation was opened here. */
export function findMessage(id: string): ChatMessage | undefined {
  return chatStore.getState().messages[id];
}

/** The messages of a conversation, in no order. */
export function messagesOf(conversation: string): ChatMessage[] {
  return Object.values(chatStore.getState().messages).filter(
    (message) => message.conversation === conversation,
  );
}

/** Puts messages into a conversation; those that are there already are replaced. */
export function putMessages(conversation: string, found: readonly ChatMessage[]): void {
  chatStore.setState(({ messages }) => ({
    messages: { ...messages, ...Object.fromEntries(found.map((one) => [one.id, one])) },
  }));
  updatePath(conversation);
}

/** Changes what a message holds, and not where it stands. */
export function changeMessage<M extends ChatMessage>(id: string, change: (message: M) => M): void {
  chatStore.setState(({ messages }) => {
    const message = messages[id];
    return message ? { messages: { ...messages, [id]: change(message as M) } } : {};
  });
}

/** Shows the way through a conversation that is chosen now. */
export function updatePath(conversation: string): void {
  const chosen = findConversation(conversation)?.chosen ?? {};
  const path = stepsOf(messagesOf(conversation), chosen);
  chatStore.setState(({ paths }) => {
    const isSame = JSON.stringify(paths[conversation]) === JSON.stringify(path);
    return isSame ? {} : { paths: { ...paths, [conversation]: path } };
  });
}

/** Lets go of the messages of a conversation. */
export function dropMessages(conversation: string): void {
  chatStore.setState(({ messages, paths }) => ({
    messages: Object.fromEntries(
      Object.entries(messages).filter(([, message]) => message.conversation !== conversation),
    ),
    paths: Object.fromEntries(Object.entries(paths).filter(([id]) => id !== conversation)),
  }));
}

const nothing: readonly PathStep[] = [];

/** The messages that the open conversation shows; undefined while they are looked up. */
export function useOpenPath(): readonly PathStep[] | undefined {
  const openId = useConversations((state) => state.openId);
  return useStore(chatStore, ({ paths }) => (openId === null ? nothing : paths[openId]));
}

/** Whether the messages of the open conversation could not be read from the browser's storage. */
export function useIsUnreadable(): boolean {
  const openId = useConversations((state) => state.openId);
  return useStore(chatStore, ({ unreadable }) => openId !== null && unreadable.includes(openId));
}

/** One message; nothing that happens to another one is noticed. */
export function useMessage(id: string): ChatMessage | undefined {
  return useStore(chatStore, ({ messages }) => messages[id]);
}
