import { mostTries } from '../core/retry-delay';
import { hasEnded, isTakenUp, type Run } from '../core/run';
import { foundEntry } from '../core/run-entry';
import { cancelRun } from './cancel-run';
import { carry, keepRun } from './carried-runs';
import { history } from './history/history';
import { keysBefore } from './next-key';
import { listRuns } from './runs';
import { foundRunsStore, takeFound } from './stores/found-runs';
import { findRun, putRuns, runsStore } from './stores/runs';

/**
 * Looks at the server for runs of which this browser knows nothing: its data was cleared, or it keeps
 * none and the page was left. They are offered, since they are made and paid for. What was stopped
 * here and never reached the server is stopped there.
 */
export async function findRuns(): Promise<void> {
  const { runs } = await listRuns();
  const found: Run[] = [];
  for (const run of runs) {
    const kept = findRun(run.id) ?? (await history.loadRun(run.id).catch(() => undefined));
    if (kept?.state === 'cancelled' && !hasEnded(run)) {
      void cancelRun({ key: run.id, wasSent: false });
    }
    if (!kept && isWorthShowing(run) && !(await isKnown(run.id))) found.push(run);
  }
  foundRunsStore.setState({ found });
}

/** Puts the runs of an endpoint that were found on the stage, and carries them to their end. */
export function showFoundRuns(endpoint: 'generations' | 'edits'): void {
  const entries = takeFound(endpoint).map((run) => foundEntry({ ...run, endpoint }));
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
