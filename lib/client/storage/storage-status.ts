import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import type { StorageProblem } from './history';

interface KeepingState {
  /** Why the browser cannot store everything; null if it can. */
  problem: StorageProblem | null;
}

/** Whether the browser stores everything. */
export const storageStatusStore = createStore<KeepingState>(() => ({ problem: null }));

/** Reports that something could not be stored. */
export function reportStorageProblem(problem: StorageProblem): void {
  storageStatusStore.setState({ problem });
}

/** Why the browser cannot store everything; null if it can. */
export function useStorageProblem() {
  return useStore(storageStatusStore, (state) => state.problem);
}
