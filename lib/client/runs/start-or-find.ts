import { isTakenUp, type Run } from '../../core/runs/run';
import type { RunFailure } from '../../core/runs/run-failure';
import { type EncodedRequest, fetchRun, postRun } from '../api/api';
import { every as everyInterval } from '../browser/timers';

const lookEveryMs = 15_000;

/**
 * Starts a run, or finds out that it is started although no answer comes: on a connection that is
 * dead without a word the browser would wait for one for minutes.
 * @throws where the connection failed
 */
export async function startOrFind(
  request: EncodedRequest & { key: string },
  signal: AbortSignal,
  { start = postRun, find = fetchRun, every = everyInterval } = {},
): Promise<{ run: Run } | { trouble: RunFailure }> {
  signal.throwIfAborted();
  const posting = new AbortController();
  const giveUp = () => posting.abort(signal.reason);
  signal.addEventListener('abort', giveUp);
  let stopLooking = () => {};
  const found = new Promise<{ run: Run }>((resolve) => {
    stopLooking = every(lookEveryMs, async () => {
      const run = await find(request.key).catch(() => undefined);
      if (run && isTakenUp(run)) resolve({ run });
    });
  });
  try {
    return await Promise.race([start(request, posting.signal), found]);
  } finally {
    stopLooking();
    signal.removeEventListener('abort', giveUp);
    posting.abort();
  }
}
