import 'server-only';
import type { CheckedAnswer } from './checked-answer';
import { apiHeaders } from './error-response';

/** How the relaying of an answer ended, for the log. */
export interface RelayOutcome {
  bytes: number;
  error: unknown;
  /** The client went away. */
  isGone: boolean;
}

/**
 * Passes an answer on to the client of the mirror, who sets the pace. One that turns out broken
 * breaks the connection; a client that leaves ends the upstream call.
 * @param signal aborts when the client has gone, even if the body was never asked for
 * @param onEnd called once
 */
export function relayAnswer(
  answer: CheckedAnswer,
  signal: AbortSignal,
  onEnd: (outcome: RelayOutcome) => void,
): Response {
  let bytes = 0;
  let ended = false;
  const end = (error: unknown, isGone = false) => {
    if (ended) return;
    ended = true;
    signal.removeEventListener('abort', leave);
    onEnd({ bytes, error, isGone });
  };
  const leave = () => {
    answer.abort();
    end(undefined, true);
    void answer.pieces.return(undefined);
  };
  signal.addEventListener('abort', leave);
  if (signal.aborted) leave();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await answer.pieces.next();
          if (!done) {
            bytes += value.length;
            controller.enqueue(value);
          } else {
            controller.close();
            end(value);
          }
        } catch (error) {
          answer.abort();
          controller.error(brokenOff(error));
          end(error);
        }
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    status: answer.status,
    headers: { ...apiHeaders, ...answer.headers },
  });
}

// By this name Next destroys the connection, as for any other, but writes no trace of it: the break
// is meant, and has its line in the log.
function brokenOff(error: unknown): DOMException {
  return new DOMException(error instanceof Error ? error.message : '', 'AbortError');
}
