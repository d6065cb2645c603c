import 'server-only';
import type { CheckedAnswer } from './checked-answer';
import { apiHeaders } from './error-response';

/** How the relaying of an answer ended, for the log. */
export interface RelayOutcome {
  bytes: number;
  error: unknown;
}

/**
 * Passes an answer on to the client of the mirror, who sets the pace. One that turns out broken
 * breaks the connection; a client that leaves ends the upstream call.
 */
export function relayAnswer({
  answer,
  onEnd,
}: {
  answer: CheckedAnswer;
  onEnd: (outcome: RelayOutcome) => void;
}): Response {
  let bytes = 0;
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
            onEnd({ bytes, error: value });
          }
        } catch (error) {
          answer.abort();
          controller.error(error);
          onEnd({ bytes, error });
        }
      },
      cancel() {
        answer.abort();
        onEnd({ bytes, error: new Error('client gone') });
        void answer.pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    status: answer.status,
    headers: { ...apiHeaders, ...answer.headers },
  });
}
