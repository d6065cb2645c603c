import { useStore } from 'zustand/react';
import { storageStatusStore } from './storage-status';

/** Why the browser does not keep everything; null while it does. */
export function useStorageProblem() {
  return useStore(storageStatusStore, (state) => state.problem);
}
