import 'server-only';
import { Readable, type Transform } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ApiError } from '../../core/api-error';
import { encodeSseEvent } from '../../core/bytes/sse';
import { invalidAnswer } from '../../core/endpoints/images-answer';
import type { EndpointName } from '../../core/models/model';
import { type SilenceWatch, type UpstreamAnswer, upstreamSilent } from '../upstream';
import { passedHeaders } from './error-answer';
import { type AnswerInspector, inspectEventAnswer, inspectJsonAnswer } from './inspect-answer';
import type { CheckedAnswer } from './response';
import { createScrubber } from './scrub';

type Pieces = AsyncGenerator<Uint8Array, ApiError | undefined>;

/** The most bytes that an answer may have, decompressed. */
const maxAnswerBytes = 512 * 1024 * 1024;
// A chunk of this size is part of a picture, not words that somebody reads as they come.
const fastBytes = 32 * 1024;
const noBytes = new Uint8Array(0);

/**
 * Prepares a gateway's answer with a 2xx status for the client. It begins only when what has come can be
 * the beginning of a whole answer. Until then a broken one becomes an error. Afterwards it breaks off,
 * or if it is a stream of events, it ends in an error event.
 * @param secret is overwritten wherever it stands
 * @param watch bounds each wait for upstream; a wait for the reader is not bounded
 * @param abort ends the upstream call
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
  abort: () => void;
}): Promise<CheckedAnswer> {
  if (Number(answer.header('content-length') ?? 0) > maxAnswerBytes) throw answerTooLarge();
  const isEvents =
    endpoint === 'chat' && /^text\/event-stream\b/i.test(answer.header('content-type') ?? '');
  const chunks = decompressed(watched(answer.body, watch), answer.header('content-encoding'));
  const pieces = inspected(chunks, isEvents ? inspectEventAnswer() : inspectJsonAnswer(endpoint), {
    secret,
    isEvents,
  });
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

// Not a generator, which would cost more promises for each of the many chunks of a picture.
function watched(body: AsyncIterator<Uint8Array>, watch: SilenceWatch): AsyncIterable<Uint8Array> {
  let isFast = false;
  const iterator: AsyncIterator<Uint8Array> = {
    async next() {
      // Waiting for the next turn of the event loop makes large chunks: each costs as many promises
      // as a small one.
      if (isFast) await nextTurn();
      watch.begin(upstreamSilent);
      try {
        const next = await body.next();
        isFast = next.done !== true && next.value.length >= fastBytes;
        return next;
      } catch (error) {
        if (error instanceof ApiError) throw error;
        throw invalidAnswer('the connection closed before it was complete');
      } finally {
        watch.end();
      }
    },
    async return() {
      void body.return?.();
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

// The request asks for `identity`; a gateway that compresses all the same is understood.
function decompressed(
  body: AsyncIterable<Uint8Array>,
  contentEncoding = 'identity',
): AsyncIterable<Uint8Array> {
  const encoding = contentEncoding.trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return body;
  const decoders: Record<string, () => Transform> = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  };
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (!decoder) throw invalidAnswer(`it is encoded as ${encoding}`);
  return decompress(body, decoder());
}

async function* decompress(
  body: AsyncIterable<Uint8Array>,
  decoder: Transform,
): AsyncGenerator<Uint8Array, void> {
  const source = Readable.from(body, { objectMode: false });
  source.on('error', (error) => decoder.destroy(error));
  try {
    for await (const chunk of source.pipe(decoder)) yield chunk as Uint8Array;
  } catch (error) {
    throw error instanceof ApiError ? error : invalidAnswer('its compression is damaged');
  } finally {
    source.destroy();
  }
}

/**
 * Counts, scrubs and inspects each chunk. Holds what comes until it is promising, then lets
 * everything through as it comes. A failure after that is the last event of a stream of events.
 * @returns the error that such a stream ended in
 */
async function* inspected(
  source: AsyncIterable<Uint8Array>,
  inspector: AnswerInspector,
  { secret, isEvents }: { secret: string | undefined; isEvents: boolean },
): Pieces {
  const scrubber = createScrubber(secret);
  const held: Uint8Array[] = [];
  let total = 0;
  let isPromising = false;
  const clear = (clean: Uint8Array) => {
    const cleared = inspector.write(clean);
    if (isPromising) return cleared;
    held.push(cleared);
    isPromising = inspector.promising;
    return isPromising ? Buffer.concat(held.splice(0)) : noBytes;
  };
  let hasBegun = false;
  try {
    for await (const chunk of source) {
      total += chunk.length;
      if (total > maxAnswerBytes) throw answerTooLarge();
      const cleared = clear(scrubber.write(chunk));
      if (cleared.length > 0) {
        hasBegun = true;
        yield cleared;
      }
      if (inspector.over) break;
    }
    const rest = inspector.over ? noBytes : clear(scrubber.end());
    if (rest.length > 0) {
      hasBegun = true;
      yield rest;
    }
    const said = inspector.end();
    if (held.length > 0) yield Buffer.concat(held);
    return said;
  } catch (error) {
    if (!hasBegun || !isEvents || !(error instanceof ApiError)) throw error;
    yield Buffer.concat([Buffer.from('\n\n'), encodeSseEvent(JSON.stringify(error.toEnvelope()))]);
    return error;
  }
}

/** The same pieces with the first again, which was taken to see whether the answer begins. */
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

function answerTooLarge(): ApiError {
  return new ApiError({
    code: 'answer_too_large',
    message:
      `The gateway's answer exceeded the limit of ${maxAnswerBytes} bytes and was stopped. ` +
      'It may have been charged. Request fewer or smaller pictures.',
  });
}
