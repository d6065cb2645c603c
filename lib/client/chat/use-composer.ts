import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand/react';
import { composerStore, emptyDraft, type MessageDraft } from './composer-store';

/** What is being written in a conversation. */
export function useDraft(conversation: string): MessageDraft {
  return useStore(composerStore, ({ drafts }) => drafts[conversation] ?? emptyDraft);
}

/** Whether something is being written for a conversation or an earlier message. */
export function useHasDraft(id: string): boolean {
  return useStore(composerStore, ({ drafts }) => drafts[id] !== undefined);
}

/** Whether the drafts of an earlier visit have been looked up; before that, nothing may be typed. */
export function useIsComposerReady(): boolean {
  const { persist } = composerStore;
  return useSyncExternalStore(persist.onFinishHydration, persist.hasHydrated, () => false);
}
