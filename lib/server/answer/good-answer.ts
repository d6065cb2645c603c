import 'server-only';
import { ApiError } from '../../core/api-error';
import { encodeSseEvent } from '../../core/bytes/sse';
import type { EndpointName } from '../../core/models/model';
import type { SilenceWatch } from '../silence';
import type { UpstreamAnswer } from '../upstream';
import { type AnswerFilter, answerChunks, createAnswerFilter } from './answer-body';
import type { CheckedAnswer } from './checked-answer';
import { type AnswerInspector, inspectJsonAnswer } from './inspect-answer';
import { inspectEvents } from './inspect-events';
import { passedHeaders } from './refused-answer';

type Pieces = AsyncGenerator<Uint8Array, ApiError | undefined>;

const noBytes = new Uint8Array(0);

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
  const source = answerChunks(answer, watch);
  const filter = createAnswerFilter(secret);
  const pieces = isEvents
    ? inspectedEvents(inspected(source, filter, inspectEvents()))
    : inspected(source, filter, inspectJsonAnswer(endpoint));
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
  source: AsyncIterable<Uint8Array>,
  filter: AnswerFilter,
  inspector: AnswerInspector,
): Pieces {
  const held: Uint8Array[] = [];
  let begun = false;
  const clear = (clean: Uint8Array) => {
    const cleared = inspector.write(clean);
    if (begun) return cleared;
    held.push(cleared);
    begun = inspector.promising;
    return begun ? Buffer.concat(held.splice(0)) : noBytes;
  };
  for await (const chunk of source) {
    const cleared = clear(filter.write(chunk));
    if (cleared.length > 0) yield cleared;
    if (inspector.over) break;
  }
  const rest = inspector.over ? noBytes : clear(filter.end());
  if (rest.length > 0) yield rest;
  const said = inspector.end();
  if (held.length > 0) yield Buffer.concat(held);
  return said;
}

/** The same for a stream of events, in which a failure after the beginning is a last event. */
async function* inspectedEvents(pieces: Pieces): Pieces {
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
function resumed(
  first: IteratorResult<Uint8Array, ApiError | undefined>,
  rest: Pieces,
): CheckedAnswer['pieces'] {
  let next: typeof first | undefined = first;
  return {
    async next() {
      const taken = next;
      next = undefined;
      return taken ?? rest.next();
    },
    return: (value) => rest.return(value),
  };
}
