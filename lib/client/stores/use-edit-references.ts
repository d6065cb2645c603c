import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand/react';
import { editReferencesStore } from './edit-references';

type State = ReturnType<typeof editReferencesStore.getState>;

/** Reads one field of the Edit page's references. */
export function useEditReferences<T>(select: (state: State) => T): T {
  return useStore(editReferencesStore, select);
}

/** Whether the draft of an earlier visit has been looked up; until then the list is not complete. */
export function useAreReferencesReady(): boolean {
  const { persist } = editReferencesStore;
  return useSyncExternalStore(persist.onFinishHydration, persist.hasHydrated, () => false);
}
