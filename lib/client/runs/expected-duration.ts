import { useEffect, useState } from 'react';
import { expectedDuration } from '../../core/runs/run-estimate';
import { storedValues } from '../storage/stored-values';
import { useRuns } from './runs-store';

/** How long runs of a kind took before, in ms; undefined where nothing is known. */
export async function loadExpectedDuration(kind: string): Promise<number | undefined> {
  return expectedDuration(await storedValues.durations(kind).catch(() => []));
}

/** The same for a component. */
export function useExpectedDuration(kind: string): number | undefined {
  const doneRuns = useRuns((state) => state.runs.filter((run) => run.state === 'done').length);
  const [known, setKnown] = useState<{ kind: string; expected: number | undefined }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further run that is done changes the expectation
  useEffect(() => {
    let isWanted = true;
    void loadExpectedDuration(kind).then((expected) => {
      if (isWanted) setKnown({ kind, expected });
    });
    return () => {
      isWanted = false;
    };
  }, [kind, doneRuns]);
  return known?.kind === kind ? known.expected : undefined;
}
