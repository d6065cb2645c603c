import { dropTicket, fetchRun, postRun, takeTicket } from '../api/api';
import { untilSignedIn } from '../api/session';
import { pause } from '../browser/timers';
import { cellHistory } from '../storage/cells';
import { createRunPoll } from './poll-runs';
import type { AttemptDeps } from './run-attempt';
import { createConnectionLimit } from './run-requests';
import { reportConnection } from './runs-store';
import { noteLeft, noteSharing } from './sharing-store';

/** What all runs of a tab share. */
export interface RunDeps extends AttemptDeps {
  untilSignedIn(signal: AbortSignal): Promise<void>;
  watchTurn: ReturnType<typeof createRunPoll>['watchTurn'];
  dropTicket: typeof dropTicket;
  random(): number;
  lanes: Pick<typeof cellHistory, 'noteStart' | 'noteRefusal'>;
}

const poll = createRunPoll({
  onConnection: (lost) => reportConnection(poll, lost),
  onList: noteSharing,
});
/** Those of the browser; one poll serves every kind of run. */
export const browserDeps: RunDeps = {
  postRun,
  fetchRun,
  limit: createConnectionLimit(),
  takeTicket,
  async dropTicket(key) {
    const isDropped = await dropTicket(key);
    noteLeft(key);
    return isDropped;
  },
  watch: poll.watch,
  watchTurn: poll.watchTurn,
  untilSignedIn,
  pause,
  now: Date.now,
  random: Math.random,
  lanes: cellHistory,
};

/** Asks the server at once, as the network is back; keeps what the lists tell beside the runs up to date. */
export const { wake: wakeRuns, observe: observeRuns } = poll;
