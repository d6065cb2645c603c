import { mostTries } from '../../core/runs/retry-delay';
import { hasEnded, isTakenUp, type Run } from '../../core/runs/run';
import { foundEntry, type RunEntry } from '../../core/runs/run-entry';
import { fetchRuns } from '../api/api';
import { history } from '../storage/history';
import { imageRuns } from './image-runs';
import { orphanRunsStore, takeOrphanRuns } from './orphan-runs-store';
import { cancelRun, keysBefore } from './run-requests';
import { findRun, putRuns, showOpened } from './runs-store';
import { noteSharing } from './sharing-store';

/**
 * Looks for runs at the server that this browser does not know: its data was cleared, or it keeps
 * none and the page was left. They are offered, since they are paid for. What was stopped here while
 * the server could not be reached is cancelled there.
 */
export async function findOrphanRuns(): Promise<void> {
  const list = await fetchRuns();
  noteSharing(list);
  const found: Run[] = [];
  for (const run of list.runs) {
    const kept = findRun(run.id) ?? (await history.loadRun(run.id).catch(() => undefined));
    if (!hasEnded(run) && (await isStopped(run.id))) void cancelRun(run.id, false);
    if (!kept && isWorthShowing(run) && !(await isKnown(run.id))) found.push(run);
  }
  orphanRunsStore.setState({ found });
}

/**
 * Shows the orphan runs of an endpoint, and takes them to their end. A run that is stored after all is
 * shown as it is stored: the storage may have been too slow to answer when the runs were looked for.
 */
export async function showOrphanRuns(endpoint: 'generations' | 'edits'): Promise<void> {
  const entries: RunEntry[] = [];
  for (const run of takeOrphanRuns(endpoint)) {
    const kept = await history.loadRun(run.id).catch(() => undefined);
    if (kept) entries.push(kept);
    else if (!(await isKnown(run.id))) entries.push(foundEntry({ ...run, endpoint }));
  }
  putRuns(entries);
  if (entries[0]) showOpened(entries[0]);
  for (const { id } of entries) void imageRuns.save(id).then(() => imageRuns.resume(id));
}

function isWorthShowing(run: Run): boolean {
  const isGood = run.status === null || run.status < 300;
  return isTakenUp(run) && isGood && run.state !== 'cancelled' && run.state !== 'failed';
}

// A retry after a 429 has a key of its own, and is kept under the key of the first try.
const earlierKeys = (id: string) => keysBefore(id, mostTries - 1);

function isStopped(id: string): Promise<boolean> {
  return history.isStopped(id, earlierKeys(id)).catch(() => false);
}

async function isKnown(id: string): Promise<boolean> {
  const ids = [id, ...earlierKeys(id)];
  return ids.some((one) => findRun(one)) || (await history.knows(ids).catch(() => false));
}
