import { useStore } from 'zustand/react';
import { runsStore } from './runs-store';

type State = ReturnType<typeof runsStore.getState>;

/** Reads one field of the runs' store. */
export function useRuns<T>(select: (state: State) => T): T {
  return useStore(runsStore, select);
}
