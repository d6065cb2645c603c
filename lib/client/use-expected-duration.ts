import { useEffect, useState } from 'react';
import type { ImageRequest } from '../core/endpoints/image-request';
import { kindOfRun } from '../core/run-estimate';
import { loadExpectedDuration } from './expected-duration';
import { useRuns } from './stores/use-runs';

/** How long such a request took before, in ms; undefined where nothing is known. */
export function useExpectedDuration(request: ImageRequest): number | undefined {
  const kind = kindOfRun(request);
  const doneRuns = useRuns((state) => state.runs.filter((run) => run.state === 'done').length);
  const [known, setKnown] = useState<{ kind: string; expected: number | undefined }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: requests of one kind take as long, and another run that is done is news
  useEffect(() => {
    let isWanted = true;
    void loadExpectedDuration(request).then((expected) => {
      if (isWanted) setKnown({ kind, expected });
    });
    return () => {
      isWanted = false;
    };
  }, [kind, doneRuns]);
  return known?.kind === kind ? known.expected : undefined;
}
