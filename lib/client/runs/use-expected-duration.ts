import { useEffect, useState } from 'react';
import { kindOfRun } from '../../core/runs/run-estimate';
import { loadExpectedDuration } from './expected-duration';
import { useRuns } from './use-runs';

/** How long such a request took before, in ms; undefined where nothing is known. */
export function useExpectedDuration(run: Parameters<typeof kindOfRun>[0]): number | undefined {
  const kind = kindOfRun(run);
  const doneRuns = useRuns((state) => state.runs.filter((run) => run.state === 'done').length);
  const [known, setKnown] = useState<{ kind: string; expected: number | undefined }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: requests of one kind take as long, and another run that is done is news
  useEffect(() => {
    let isWanted = true;
    void loadExpectedDuration(run).then((expected) => {
      if (isWanted) setKnown({ kind, expected });
    });
    return () => {
      isWanted = false;
    };
  }, [kind, doneRuns]);
  return known?.kind === kind ? known.expected : undefined;
}
