import { useStore } from 'zustand/react';
import { chatStore } from '@/lib/client/chat/conversations-store';
import { isInFlight } from '@/lib/core/runs/run-state';

/** The id of the answer in flight at the end of a conversation, or null. */
export function useAnswering(conversation: string): string | null {
  return useStore(chatStore, ({ messages, paths }) => {
    const last = messages[paths[conversation]?.at(-1)?.id ?? ''];
    return last?.role === 'assistant' && isInFlight(last) ? last.id : null;
  });
}
