import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand/react';
import { generateFormStore } from './generate-form';

type State = ReturnType<typeof generateFormStore.getState>;

/** Reads one field of the Generate form's store. */
export function useGenerateForm<T>(select: (state: State) => T): T {
  return useStore(generateFormStore, select);
}

/** Whether the draft of an earlier visit has been looked up; before that, nothing may be typed. */
export function useIsDraftReady(): boolean {
  const { persist } = generateFormStore;
  return useSyncExternalStore(persist.onFinishHydration, persist.hasHydrated, () => false);
}
