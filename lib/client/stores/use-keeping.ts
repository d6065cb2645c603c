import { useStore } from 'zustand/react';
import { keepingStore } from './keeping';

/** Why the browser does not keep everything; null while it does. */
export function useKeepingProblem() {
  return useStore(keepingStore, (state) => state.problem);
}
