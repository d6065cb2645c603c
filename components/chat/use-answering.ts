import { useStore } from 'zustand/react';
import { chatStore } from '@/lib/client/stores/chat';
import { useConversations } from '@/lib/client/stores/use-conversations';
import { isUnderWay } from '@/lib/core/run-life';

/** The answer that is under way at the end of the open conversation, by its id; null if none is. */
export function useAnswering(): string | null {
  const openId = useConversations((state) => state.openId);
  return useStore(chatStore, ({ messages, paths }) => {
    const last = messages[paths[openId ?? '']?.at(-1)?.id ?? ''];
    return last?.role === 'assistant' && isUnderWay(last) ? last.id : null;
  });
}
