import { deleteRun } from '../api/api';
import { pause } from '../browser/timers';

const firstWaitMs = 250;
const longestWaitMs = 8000;
/** A request that was given up on its way can still arrive, behind the word that it is cancelled. */
const mostUnknown = 4;

/**
 * Has the server cancel a run, for as long as it takes to reach the server.
 * @param wasSent its request may be on its way, so that a server that does not know it is asked again
 */
export async function cancelRun({
  key,
  wasSent,
  remove = deleteRun,
  wait = pause,
}: {
  key: string;
  wasSent: boolean;
  remove?: typeof deleteRun;
  wait?: (milliseconds: number) => Promise<void>;
}): Promise<void> {
  let unknown = 0;
  for (let attempt = 0; ; attempt++) {
    try {
      if ((await remove(key)) || !wasSent || ++unknown === mostUnknown) return;
    } catch {
      // The server is away: what is under way there still costs.
    }
    await wait(Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempt, 10)));
  }
}
