import { useContext } from 'react';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import { type PictureInstead, RunActionsContext } from './run-actions';

const useNothing = () => undefined;

/** What the page shows and saves in place of a run's picture; undefined: the picture itself. */
export function usePictureInstead(run: RunEntry, index: number): PictureInstead | undefined {
  // A page has it or not, for as long as it is there.
  const { usePictureInstead: useInstead = useNothing } = useContext(RunActionsContext);
  return useInstead(run, index);
}
