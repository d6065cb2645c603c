import { createStore } from 'zustand/vanilla';
import type { KeepingProblem } from '../history/history';

interface KeepingState {
  /** Why the browser does not keep everything; null while it does. */
  problem: KeepingProblem | null;
}

/** Whether the browser keeps what is made here. */
export const keepingStore = createStore<KeepingState>(() => ({ problem: null }));

/** Notes that something could not be kept. */
export function reportKeeping(problem: KeepingProblem): void {
  keepingStore.setState({ problem });
}
