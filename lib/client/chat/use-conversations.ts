import { useStore } from 'zustand/react';
import type { Conversation } from '../../core/chat/conversation';
import { conversationsStore } from './conversations-store';

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
