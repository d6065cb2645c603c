import { BrokenOff } from './json-writer';

/**
 * A response body from text made piece by piece: nothing is made before it is asked for, and
 * nothing more once the reader or the client has gone.
 * @param brokenEnd how a BrokenOff looks outside: a clean end too early, or a lost connection
 */
export function answerBody({
  pieces,
  work,
  brokenEnd,
}: {
  pieces: AsyncGenerator<string>;
  /** Ends the work that the pieces come from. */
  work: AbortController;
  brokenEnd: 'close' | 'error';
}): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const stop = () => controller.error(work.signal.reason);
        if (work.signal.aborted) stop();
        else work.signal.addEventListener('abort', stop, { once: true });
      },
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (work.signal.aborted) return;
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          if (work.signal.aborted) return;
          if (error instanceof BrokenOff && brokenEnd === 'close') controller.close();
          else controller.error(error);
        }
      },
      async cancel(reason) {
        work.abort(reason ?? new DOMException('The reader has gone.', 'AbortError'));
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** A controller that aborts with the client's signal, and can abort by itself. */
export function workFor(request: Request): AbortController {
  const work = new AbortController();
  const stop = () => work.abort(request.signal.reason);
  if (request.signal.aborted) stop();
  else request.signal.addEventListener('abort', stop, { once: true });
  return work;
}
