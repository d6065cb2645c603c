import type { RunPlace } from '../../core/runs/run-entry';
import { history } from '../storage/history';
import { findRun } from './runs-store';

/**
 * How many edits led to one that was made of a picture, itself included: each is of the picture that
 * the one before has made. What is kept no more is not counted.
 */
export async function chainLength(parent: RunPlace['runId'] | undefined): Promise<number> {
  const seen = new Set<string>();
  for (let id = parent; id !== undefined && !seen.has(id); ) {
    const before = findRun(id) ?? (await history.loadRun(id).catch(() => undefined));
    // A generation is where a chain begins, and no edit.
    if (!before?.edit) break;
    seen.add(id);
    id = before.edit.parent?.runId;
  }
  return seen.size + 1;
}
