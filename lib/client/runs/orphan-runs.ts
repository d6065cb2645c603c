import { mostTries } from '../../core/runs/retry-delay';
import { hasEnded, isTakenUp, type Run } from '../../core/runs/run';
import { foundEntry } from '../../core/runs/run-entry';
import { fetchRuns } from '../api/api';
import { history } from '../storage/history';
import { cancelRun } from './cancel-run';
import { carry, keepRun } from './image-runs';
import { orphanRunsStore, takeOrphanRuns } from './orphan-runs-store';
import { keysBefore } from './retry-key';
import { findRun, putRuns, runsStore } from './runs-store';

/**
 * Looks at the server for runs of which this browser knows nothing: its data was cleared, or it keeps
 * none and the page was left. They are offered, since they are made and paid for. What was stopped
 * here and never reached the server is stopped there.
 */
export async function findOrphanRuns(): Promise<void> {
  const { runs } = await fetchRuns();
  const found: Run[] = [];
  for (const run of runs) {
    const kept = findRun(run.id) ?? (await history.loadRun(run.id).catch(() => undefined));
    if (kept?.state === 'cancelled' && !hasEnded(run)) {
      void cancelRun({ key: run.id, wasSent: false });
    }
    if (!kept && isWorthShowing(run) && !(await isKnown(run.id))) found.push(run);
  }
  orphanRunsStore.setState({ found });
}

/** Puts the runs of an endpoint that were found on the stage, and carries them to their end. */
export function showOrphanRuns(endpoint: 'generations' | 'edits'): void {
  const entries = takeOrphanRuns(endpoint).map((run) => foundEntry({ ...run, endpoint }));
  putRuns(entries);
  runsStore.setState({ openedId: entries[0]?.id ?? null });
  for (const { id } of entries) void keepRun(id).then(() => carry(id));
}

function isWorthShowing(run: Run): boolean {
  const isGood = run.status === null || run.status < 300;
  return isTakenUp(run) && isGood && run.state !== 'cancelled' && run.state !== 'failed';
}

// A try after a 429 has a key of its own, and is kept under that of its first.
async function isKnown(id: string): Promise<boolean> {
  const ids = [id, ...keysBefore(id, mostTries - 1)];
  return ids.some((one) => findRun(one)) || (await history.knows(ids).catch(() => false));
}
