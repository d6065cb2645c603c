import { useStore } from 'zustand/react';
import { generateFormStore } from './generate-form';

type State = ReturnType<typeof generateFormStore.getState>;

/** Reads one field of the Generate form's store. */
export function useGenerateForm<T>(select: (state: State) => T): T {
  return useStore(generateFormStore, select);
}
