import 'server-only';
import { setMaxListeners } from 'node:events';
import { ApiError } from '../core/api-error';
import { singleton } from './singleton';

/** One request of which something goes upstream, as far as the end of the server concerns it. */
export interface Work {
  /** Aborts when the server begins to stop: what has not gone upstream whole does not go. */
  readonly refused: AbortSignal;
  /** Aborts when the time that the server gives itself is over: what is still under way ends. */
  readonly cut: AbortSignal;
  /** It has come to its end. May be called more than once. */
  leave(): void;
}

/** All requests of which something goes upstream. */
export interface UnderWay {
  readonly count: number;
  /** Aborts when the server begins to stop. */
  readonly stopping: AbortSignal;
  /** Never refuses by itself: a server that is stopping gives work that is refused already. */
  enter(): Work;
  /** From now on nothing new goes upstream. */
  refuse(): void;
  /** Ends what is left. */
  cut(): void;
  /** Resolves when nothing is under way, or after a time; tells whether nothing is. */
  idle(waitMs: number): Promise<boolean>;
}

/** What is under way in this process. */
export function inFlight(): UnderWay {
  return singleton('under-way', createUnderWay);
}

function createUnderWay(): UnderWay {
  const all = new Set<{ refused: AbortController; cut: AbortController }>();
  const waiting = new Set<() => void>();
  const stopping = new AbortController();
  // Every page that waits for a change of its runs listens to it.
  setMaxListeners(0, stopping.signal);

  return {
    get count() {
      return all.size;
    },
    stopping: stopping.signal,
    enter() {
      const one = { refused: new AbortController(), cut: new AbortController() };
      if (stopping.signal.aborted) one.refused.abort(serverStopping());
      all.add(one);
      return {
        refused: one.refused.signal,
        cut: one.cut.signal,
        leave() {
          all.delete(one);
          if (all.size === 0) for (const resolve of [...waiting]) resolve();
        },
      };
    },
    refuse() {
      stopping.abort();
      for (const { refused } of all) refused.abort(serverStopping());
    },
    cut() {
      for (const { cut } of all) cut.abort(serverStopped());
    },
    idle(waitMs) {
      if (all.size === 0) return Promise.resolve(true);
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          waiting.delete(done);
          resolve(all.size === 0);
        };
        const timer = setTimeout(done, waitMs);
        waiting.add(done);
      });
    },
  };
}

/** The error of a request that came, or was still coming, when the server was told to stop. */
function serverStopping(): ApiError {
  return new ApiError({
    code: 'server_stopping',
    message:
      'The server is being stopped or restarted and sends nothing new to the gateway. Nothing was ' +
      'sent: try again when it is back.',
  });
}

/** The error of a request that was not answered in the time that the server had left. */
function serverStopped(): ApiError {
  return new ApiError({
    code: 'server_error',
    message:
      'The server was stopped before the answer was whole. The gateway may have carried the ' +
      'request out, and charged it, all the same.',
  });
}
