import { useStore } from 'zustand/react';
import type { ChatMessage } from '../../core/chat/message';
import type { PathStep } from '../../core/chat/message-tree';
import { chatStore } from './messages-store';
import { useConversations } from './use-conversations';

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
