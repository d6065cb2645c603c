import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand/react';
import type { ImageFormStore } from './image-form-store';

type State = ReturnType<ImageFormStore['store']['getState']>;

/** Reads one field of a form's store. */
export function useImageForm<T>({ store }: ImageFormStore, select: (state: State) => T): T {
  return useStore(store, select);
}

/** Whether the draft of an earlier visit has been looked up; before that, nothing may be typed. */
export function useIsDraftReady({ store: { persist } }: ImageFormStore): boolean {
  return useSyncExternalStore(persist.onFinishHydration, persist.hasHydrated, () => false);
}
