import { useStore } from 'zustand/react';
import { chatIntakeStore } from './chat-intake-store';

/** Reads one field of the store of files that are put into messages. */
export function useChatIntake<T>(
  select: (state: ReturnType<typeof chatIntakeStore.getState>) => T,
): T {
  return useStore(chatIntakeStore, select);
}
