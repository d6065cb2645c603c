import { useEffect, useState } from 'react';
import type { ImageRequest } from '../core/endpoints/image-request';
import { expectedDuration, kindOfRun } from '../core/run-estimate';
import { history } from './history/history';
import { useRuns } from './stores/use-runs';

/** How long such a request took before, in ms; undefined where nothing is known. */
export function useExpectedDuration(request: ImageRequest): number | undefined {
  const kind = kindOfRun(request);
  const doneRuns = useRuns((state) => state.runs.filter((run) => run.state === 'done').length);
  const [known, setKnown] = useState<{ kind: string; expected: number | undefined }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run that is done is news
  useEffect(() => {
    let isWanted = true;
    history.durations(kind).then(
      (durations) => isWanted && setKnown({ kind, expected: expectedDuration(durations) }),
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [kind, doneRuns]);
  return known?.kind === kind ? known.expected : undefined;
}
