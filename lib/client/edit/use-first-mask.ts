import { useStore } from 'zustand/react';
import { firstMaskStore } from './first-mask';

type State = ReturnType<typeof firstMaskStore.getState>;

/** Reads one field of the store of the mask that is being painted. */
export function useFirstMask<T>(select: (state: State) => T): T {
  return useStore(firstMaskStore, select);
}
