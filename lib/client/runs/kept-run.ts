import { useEffect, useState } from 'react';
import type { RunEntry } from '../../core/runs/run-entry';
import { history } from '../storage/history';
import { useRuns } from './runs-store';

/** A run by its id: as it is shown, else as it is kept. */
export function useKeptRun(id: string): RunEntry | undefined {
  const onStage = useRuns((state) => state.runs.find((run) => run.id === id));
  const [kept, setKept] = useState<RunEntry>();
  const isOnStage = onStage !== undefined;
  useEffect(() => {
    if (isOnStage) return;
    let isWanted = true;
    history.loadRun(id).then(
      (run) => isWanted && setKept(run),
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [id, isOnStage]);
  return onStage ?? (kept?.id === id ? kept : undefined);
}
