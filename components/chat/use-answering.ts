import { useStore } from 'zustand/react';
import { chatStore } from '@/lib/client/chat/messages-store';
import { isInFlight } from '@/lib/core/runs/run-state';

/** The answer that is under way at the end of a conversation, by its id; null if none is. */
export function useAnswering(conversation: string): string | null {
  return useStore(chatStore, ({ messages, paths }) => {
    const last = messages[paths[conversation]?.at(-1)?.id ?? ''];
    return last?.role === 'assistant' && isInFlight(last) ? last.id : null;
  });
}
