import { useStore } from 'zustand/react';
import type { EndpointName } from '../../core/models/model';
import { orphanRunsStore } from './orphan-runs-store';

/** How many runs of an endpoint are at the server of which nothing is kept here. */
export function useOrphanRuns(endpoint: EndpointName): number {
  return useStore(
    orphanRunsStore,
    ({ found }) => found.filter((run) => run.endpoint === endpoint).length,
  );
}
