import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import type { EndpointName } from '../../core/models/model';
import type { Run } from '../../core/runs/run';

/** The visitor's runs at the server of which nothing is kept here. */
export const orphanRunsStore = createStore<{ found: readonly Run[] }>(() => ({ found: [] }));

/** How many runs of an endpoint are at the server of which nothing is kept here. */
export function useOrphanRuns(endpoint: EndpointName): number {
  return useStore(
    orphanRunsStore,
    ({ found }) => found.filter((run) => run.endpoint === endpoint).length,
  );
}

/** Takes the runs of an endpoint off the list: they are shown now, or not wanted. */
export function takeOrphanRuns(endpoint: EndpointName): Run[] {
  const { found } = orphanRunsStore.getState();
  orphanRunsStore.setState({ found: found.filter((run) => run.endpoint !== endpoint) });
  return found.filter((run) => run.endpoint === endpoint);
}
