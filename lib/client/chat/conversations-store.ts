import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import type { Conversation } from '../../core/chat/conversation';

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
