import { useStore } from 'zustand/react';
import type { EndpointName } from '../../core/models/model';
import { foundRunsStore } from './found-runs';

/** How many runs of an endpoint are at the server of which nothing is kept here. */
export function useFoundRuns(endpoint: EndpointName): number {
  return useStore(
    foundRunsStore,
    ({ found }) => found.filter((run) => run.endpoint === endpoint).length,
  );
}
