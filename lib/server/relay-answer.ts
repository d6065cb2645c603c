import 'server-only';
import { ApiError } from '../core/errors';
import type { EndpointName } from '../core/models/model';
import { encodeSseEvent } from '../core/sse';
import { readAnswerBody } from './answer-body';
import { apiHeaders } from './error-response';
import { type AnswerInspector, inspectJsonAnswer } from './inspect-answer';
import { inspectEvents } from './inspect-events';
import { passedHeaders } from './refused-answer';
import type { SilenceWatch } from './silence';
import type { UpstreamAnswer } from './upstream';

/** How the relaying of an answer ended, for the log. */
export interface RelayOutcome {
  bytes: number;
  error: unknown;
}

/**
 * Passes a good answer on. It begins only when what has come can be the beginning of a whole one:
 * until then a broken answer is an error in the envelope; afterwards it is a broken connection, or
 * in a stream of events a last event that says so.
 * @throws ApiError if the answer is broken before it began
 */
export async function relayAnswer({
  answer,
  endpoint,
  secret,
  watch,
  abort,
  onEnd,
}: {
  answer: UpstreamAnswer;
  endpoint: EndpointName;
  secret: string | undefined;
  watch: SilenceWatch;
  /** Ends the upstream call. */
  abort: () => void;
  onEnd: (outcome: RelayOutcome) => void;
}): Promise<Response> {
  const isEvents =
    endpoint === 'chat' && /^text\/event-stream\b/i.test(answer.header('content-type') ?? '');
  const source = readAnswerBody({ answer, secret, watch });
  const pieces = isEvents
    ? inspectedEvents(source)
    : inspected(source, inspectJsonAnswer(endpoint));
  const first = await pieces.next();
  let bytes = 0;
  let pending = first.done ? undefined : first.value;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const piece = pending ?? (await pieces.next()).value;
          pending = undefined;
          if (piece) {
            bytes += piece.length;
            controller.enqueue(piece);
          } else {
            controller.close();
            onEnd({ bytes, error: undefined });
          }
        } catch (error) {
          abort();
          controller.error(error);
          onEnd({ bytes, error });
        }
      },
      cancel() {
        abort();
        onEnd({ bytes, error: new Error('client gone') });
        void pieces.return();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    status: 200,
    headers: {
      ...apiHeaders,
      ...passedHeaders(answer, secret),
      ...(isEvents
        ? { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' }
        : { 'content-type': 'application/json' }),
    },
  });
}

/** Holds what comes until it is promising, then lets everything through as it comes. */
async function* inspected(
  source: AsyncGenerator<Uint8Array, void>,
  inspector: AnswerInspector,
): AsyncGenerator<Uint8Array, void> {
  const held: Uint8Array[] = [];
  let begun = false;
  for await (const chunk of source) {
    const cleared = inspector.write(chunk);
    if (begun) {
      yield cleared;
    } else {
      held.push(cleared);
      begun = inspector.promising;
      if (begun) yield Buffer.concat(held.splice(0));
    }
    if (inspector.over) break;
  }
  inspector.end();
  if (held.length > 0) yield Buffer.concat(held);
}

/** The same for a stream of events, in which a failure after the beginning is a last event. */
async function* inspectedEvents(
  source: AsyncGenerator<Uint8Array, void>,
): AsyncGenerator<Uint8Array, void> {
  const inspector = inspectEvents();
  let begun = false;
  try {
    for await (const piece of inspected(source, inspector)) {
      begun = true;
      yield piece;
    }
  } catch (error) {
    if (!begun || !(error instanceof ApiError)) throw error;
    yield Buffer.concat([Buffer.from('\n\n'), encodeSseEvent(JSON.stringify(error.toEnvelope()))]);
  }
}
