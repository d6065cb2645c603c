import { useStore } from 'zustand/react';
import { editReferencesStore } from './edit-references';

type State = ReturnType<typeof editReferencesStore.getState>;

/** Reads one field of the Edit page's references. */
export function useEditReferences<T>(select: (state: State) => T): T {
  return useStore(editReferencesStore, select);
}
