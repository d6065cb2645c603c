import 'server-only';
import { ApiError } from '../core/errors';
import type { EndpointName } from '../core/models/model';
import { encodeSseEvent } from '../core/sse';
import { readAnswerBody } from './answer-body';
import type { CheckedAnswer } from './checked-answer';
import { type AnswerInspector, inspectJsonAnswer } from './inspect-answer';
import { inspectEvents } from './inspect-events';
import { passedHeaders } from './refused-answer';
import type { SilenceWatch } from './silence';
import type { UpstreamAnswer } from './upstream';

/**
 * A good answer as it may go out. It begins only when what has come can be the beginning of a whole
 * one: until then a broken answer is an error; afterwards it breaks off, or in a stream of events
 * ends in a last event that says so.
 * @throws ApiError if the answer is broken before it began
 */
export async function goodAnswer({
  answer,
  endpoint,
  secret,
  watch,
  abort,
}: {
  answer: UpstreamAnswer;
  endpoint: EndpointName;
  secret: string | undefined;
  watch: SilenceWatch;
  /** Ends the upstream call. */
  abort: () => void;
}): Promise<CheckedAnswer> {
  const isEvents =
    endpoint === 'chat' && /^text\/event-stream\b/i.test(answer.header('content-type') ?? '');
  const source = readAnswerBody({ answer, secret, watch });
  const pieces = isEvents
    ? inspectedEvents(source)
    : inspected(source, inspectJsonAnswer(endpoint));
  return {
    status: 200,
    headers: {
      ...passedHeaders(answer, secret),
      ...(isEvents
        ? { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' }
        : { 'content-type': 'application/json' }),
    },
    error: null,
    pieces: resumed(await pieces.next(), pieces),
    abort,
  };
}

/** Holds what comes until it is promising, then lets everything through as it comes. */
async function* inspected(
  source: AsyncGenerator<Uint8Array, void>,
  inspector: AnswerInspector,
): AsyncGenerator<Uint8Array, ApiError | undefined> {
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
  const said = inspector.end();
  if (held.length > 0) yield Buffer.concat(held);
  return said;
}

/** The same for a stream of events, in which a failure after the beginning is a last event. */
async function* inspectedEvents(
  source: AsyncGenerator<Uint8Array, void>,
): AsyncGenerator<Uint8Array, ApiError | undefined> {
  const pieces = inspected(source, inspectEvents());
  let begun = false;
  try {
    for (;;) {
      const { done, value } = await pieces.next();
      if (done) return value;
      begun = true;
      yield value;
    }
  } catch (error) {
    if (!begun || !(error instanceof ApiError)) throw error;
    yield Buffer.concat([Buffer.from('\n\n'), encodeSseEvent(JSON.stringify(error.toEnvelope()))]);
    return error;
  } finally {
    void pieces.return(undefined);
  }
}

/** The pieces again from the first, which was taken to see whether there is one. */
async function* resumed(
  first: IteratorResult<Uint8Array, ApiError | undefined>,
  rest: AsyncGenerator<Uint8Array, ApiError | undefined>,
): AsyncGenerator<Uint8Array, ApiError | undefined> {
  if (first.done) return first.value;
  yield first.value;
  return yield* rest;
}
