import type { fetchAnswer } from '../api/api';
import { pause } from '../browser/timers';

/** An answer comes together with the news that it is there, unless the connection has died meanwhile. */
const longestWaitMs = 1000;
/** A server that stops holds no request for long. */
const againMs = 500;

type Asked = Parameters<typeof fetchAnswer>[0];

/**
 * Asks for answers that are still to come: the server holds such a request until there is something to send,
 * so that nobody has to ask for it then.
 * @param locks lets all tabs together have one such request, as a browser opens six connections to one server.
 *   Plain http has no locks, and none is sent there.
 */
export function createAskAhead(
  fetch: typeof fetchAnswer,
  locks: Pick<LockManager, 'request'> | undefined = globalThis.navigator?.locks,
  wait = pause,
) {
  const all = new Map<string, ReturnType<typeof begin>>();

  function begin(id: string, settle: () => void) {
    const aborter = new AbortController();
    const { signal } = aborter;
    let isSent = false;
    const hold = async () => {
      isSent = true;
      for (;;) {
        const response = await fetch({ id, offset: 0, signal });
        const { ok, status, headers } = response;
        if (ok && status !== 202 && headers.has('run-id')) return response;
        await response.body?.cancel();
        // Whatever else is wrong is found out by whoever reads the answer.
        if (status !== 202) return undefined;
        await wait(againMs, signal);
      }
    };
    const response = Promise.resolve(locks?.request('answer ahead', { signal }, hold)).catch(
      () => undefined,
    );
    return {
      response,
      get isSent() {
        return isSent;
      },
      abort: () => aborter.abort(),
      leave() {
        all.delete(id);
        settle();
      },
    };
  }

  return {
    /** Asks for an answer. @returns resolves when it is taken, or once the signal has aborted */
    ask(id: string, signal: AbortSignal): Promise<void> {
      return new Promise((resolve) => {
        const one = begin(id, resolve);
        all.set(id, one);
        signal.addEventListener('abort', () => {
          one.abort();
          one.leave();
        });
      });
    },
    /** What was asked for; undefined: it has to be asked for now. */
    async take({ id, offset, signal }: Asked): Promise<Response | undefined> {
      const one = all.get(id);
      if (!one || offset > 0) return undefined;
      one.leave();
      signal.addEventListener('abort', one.abort);
      const late = wait(longestWaitMs).then(() => undefined);
      const response = one.isSent ? await Promise.race([one.response, late]) : undefined;
      if (!response) one.abort();
      return response;
    },
  };
}
