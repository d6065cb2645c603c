import { createStore } from 'zustand/vanilla';
import type { Run } from '../../core/runs/run';

interface FoundRunsState {
  /** The visitor's runs at the server of which nothing is kept here. */
  found: readonly Run[];
}

export const orphanRunsStore = createStore<FoundRunsState>(() => ({ found: [] }));

/** Takes runs of an endpoint off the list: they are shown now, or not wanted. */
export function takeOrphanRuns(endpoint: Run['endpoint']): Run[] {
  const { found } = orphanRunsStore.getState();
  orphanRunsStore.setState({ found: found.filter((run) => run.endpoint !== endpoint) });
  return found.filter((run) => run.endpoint === endpoint);
}
