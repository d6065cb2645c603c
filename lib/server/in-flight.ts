import 'server-only';
import { setMaxListeners } from 'node:events';
import { ApiError } from '../core/api-error';
import { singleton } from './singleton';

/** One request that is in flight to the gateway, as far as the end of the server concerns it. */
export interface Work {
  /**
   * Aborts with the ApiError to answer with: when the server begins to stop (`server_stopping`),
   * or after `commit`, when the time for what is in flight is over (`server_error`).
   */
  readonly signal: AbortSignal;
  /** From now on upstream may have the whole request. @throws ApiError `server_stopping` */
  commit(): void;
  /** From now on it counts as under way for a person (`personOf`), until it leaves; undefined: for nobody. */
  book(person: string | undefined): void;
  /** Calls when it leaves. */
  onLeave(call: () => void): void;
  /** It has come to its end. May be called more than once. */
  leave(): void;
}

/** All requests that are in flight to the gateway. */
export interface InFlight {
  readonly count: number;
  /** Aborts when the server begins to stop. */
  readonly stopping: AbortSignal;
  /** Never throws: a server that is stopping gives work whose signal has aborted already. */
  enter(): Work;
  /** How many are under way for a person. They are counted, so that no count can be left behind. */
  countOf(person: string): number;
  /** Refuses whatever has not been committed, and everything that enters later. */
  refuse(): void;
  /** Ends what is left. */
  cut(): void;
  /** Resolves when nothing is in flight, or after a time in ms; tells whether nothing is. */
  idle(waitMs: number): Promise<boolean>;
}

/** What is in flight in this process. */
export function inFlight(): InFlight {
  return singleton('in-flight', createInFlight);
}

function createInFlight(): InFlight {
  const all = new Set<{
    controller: AbortController;
    isCommitted: boolean;
    person?: string | undefined;
  }>();
  const waiting = new Set<() => void>();
  const stopping = new AbortController();
  // Every page that waits for a change of its runs listens to it.
  setMaxListeners(0, stopping.signal);

  return {
    get count() {
      return all.size;
    },
    stopping: stopping.signal,
    countOf: (person) => [...all].filter((one) => one.person === person).length,
    enter() {
      const one: {
        controller: AbortController;
        isCommitted: boolean;
        person?: string | undefined;
      } = {
        controller: new AbortController(),
        isCommitted: false,
      };
      const { signal } = one.controller;
      const calls: (() => void)[] = [];
      if (stopping.signal.aborted) one.controller.abort(serverStopping());
      all.add(one);
      return {
        signal,
        commit() {
          signal.throwIfAborted();
          one.isCommitted = true;
        },
        book(person) {
          one.person = person;
        },
        onLeave: (call) => void calls.push(call),
        leave() {
          all.delete(one);
          for (const call of calls.splice(0)) call();
          if (all.size === 0) for (const resolve of [...waiting]) resolve();
        },
      };
    },
    refuse() {
      stopping.abort();
      for (const { controller, isCommitted } of all) {
        if (!isCommitted) controller.abort(serverStopping());
      }
    },
    cut() {
      for (const { controller } of all) controller.abort(serverStopped());
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
      'The server is stopping or restarting and accepts no new requests. ' +
      'Nothing was sent. Try again once it is back.',
  });
}

/** The error of a request that was not answered in the time that the server had left. */
function serverStopped(): ApiError {
  return new ApiError({
    code: 'server_error',
    message:
      'The server was stopped before the answer was complete. ' +
      'The gateway may still have carried out the request and charged it.',
  });
}
