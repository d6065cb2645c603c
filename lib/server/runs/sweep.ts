import 'server-only';
import { hasEnded, type Run } from '../../core/runs/run';

/**
 * Chooses the runs that have to go: those that ended too long ago, and the oldest of the ended ones
 * for as long as all together are too large. Runs under way stay, whatever their size.
 * @param maxBytes what all may take together
 * @param maxAgeMs how long after its end a run may stay
 */
export function chooseSwept<T extends { view(): Run; bytes: number }>({
  runs,
  usedBytes,
  now,
  maxBytes,
  maxAgeMs,
}: {
  runs: Iterable<T>;
  /** What all take on disk. */
  usedBytes: number;
  now: number;
  maxBytes: number;
  maxAgeMs: number;
}): T[] {
  const ended = [...runs]
    .map((run) => ({ run, view: run.view() }))
    .filter(({ view }) => hasEnded(view))
    .map(({ run, view }) => ({ run, endedAt: view.endedAt ?? view.createdAt }))
    .sort((one, other) => one.endedAt - other.endedAt);
  let left = usedBytes;
  return ended
    .filter(({ run, endedAt }) => {
      const goes = now - endedAt > maxAgeMs || (left > maxBytes && run.bytes > 0);
      if (goes) left -= run.bytes;
      return goes;
    })
    .map(({ run }) => run);
}
