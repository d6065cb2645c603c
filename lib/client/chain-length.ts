import type { RunEntry } from '../core/run-entry';
import { history } from './history/history';
import { findRun } from './stores/runs';

/** The edits that led to a run, itself first: each is of the picture that the next has made. */
export async function loadChain(run: RunEntry): Promise<RunEntry[]> {
  const chain = [run];
  const seen = new Set([run.id]);
  for (let id = run.edit?.parent?.runId; id !== undefined && !seen.has(id); ) {
    seen.add(id);
    const before = findRun(id) ?? (await history.loadRun(id).catch(() => undefined));
    // A generation is where a chain begins, and no edit.
    if (!before?.edit) break;
    chain.push(before);
    id = before.edit.parent?.runId;
  }
  return chain;
}
