import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import type { StorageProblem } from './history';

interface KeepingState {
  /** Why the browser does not keep everything; null while it does. */
  problem: StorageProblem | null;
}

/** Whether the browser keeps what is made here. */
export const storageStatusStore = createStore<KeepingState>(() => ({ problem: null }));

/** Notes that something could not be kept. */
export function reportStorageProblem(problem: StorageProblem): void {
  storageStatusStore.setState({ problem });
}

/** Why the browser does not keep everything; null while it does. */
export function useStorageProblem() {
  return useStore(storageStatusStore, (state) => state.problem);
}
