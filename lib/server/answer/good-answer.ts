import 'server-only';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ApiError, addressHint, forOperatorWords } from '../../core/api-error';
import { firstSign, isJsonStart } from '../../core/bytes/first-sign';
import { invalidAnswer } from '../../core/endpoints/images-answer';
import type { EndpointName } from '../../core/models/model';
import { log } from '../log';
import { type SilenceWatch, type UpstreamAnswer, upstreamSilent } from '../upstream';
import { decompressed } from './decompress';
import { passedHeaders } from './error-answer';
import { type AnswerInspector, inspectEventAnswer, inspectJsonAnswer } from './inspect-answer';
import type { CheckedAnswer } from './response';
import { createScrubber, scrubError } from './scrub';

type Pieces = AsyncGenerator<Uint8Array, ApiError | undefined>;

/** The most bytes that an answer may have, decompressed. */
const maxAnswerBytes = 512 * 1024 * 1024;
// A chunk of this size is part of a picture, not words that somebody reads as they come.
const fastBytes = 32 * 1024;
const noBytes = new Uint8Array(0);

/**
 * Prepares a gateway's answer with a 2xx status for the client. It begins only when what has come can be
 * the beginning of a whole answer. Until then a broken one becomes an error. Afterwards it breaks off.
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
  const chunks = decompressed(watched(answer.body, watch), answer.header('content-encoding'));
  const { first, held, rest } = await begun(chunks);
  const isEvents = endpoint === 'chat' && !isJsonStart(first);
  if (first === lessThan) throw webPage();
  const inspector = isEvents ? inspectEventAnswer() : inspectJsonAnswer(endpoint);
  const pieces = inspected({ held, rest }, inspector, secret);
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
    pictures: () => inspector.pictures,
    abort,
  };
}

const lessThan = '<'.charCodeAt(0);
/** So much white space may come before an answer. */
const maxBlankBytes = 64 * 1024;

/**
 * Reads up to the first byte that tells what an answer is, whatever its content type claims: events
 * are sent as JSON, and JSON as events.
 */
async function begun(chunks: AsyncIterable<Uint8Array>) {
  const rest = chunks[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let blank = 0;
  while (blank < maxBlankBytes) {
    const { done, value } = await rest.next();
    if (done) break;
    held.push(value);
    const first = firstSign(value);
    if (first !== undefined) return { first, held, rest };
    blank += value.length;
  }
  return { first: undefined, held, rest };
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

/**
 * Counts, scrubs and inspects each chunk. Holds what comes until it is promising, then lets
 * everything through as it comes.
 * @returns the error that such a stream ended in
 */
async function* inspected(
  { held: begun, rest }: { held: Uint8Array[]; rest: AsyncIterator<Uint8Array> },
  inspector: AnswerInspector,
  secret: string | undefined,
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
  try {
    for (;;) {
      const chunk = begun.shift() ?? (await rest.next()).value;
      if (!chunk) break;
      total += chunk.length;
      if (total > maxAnswerBytes) throw answerTooLarge();
      const cleared = clear(scrubber.write(chunk));
      if (cleared.length > 0) yield cleared;
      if (inspector.over) break;
    }
    const last = inspector.over ? noBytes : clear(scrubber.end());
    if (last.length > 0) yield last;
    const said = inspector.end();
    const { cutPictures: cut } = inspector;
    if (cut > 0) log().warn({ cut }, 'an answer has pictures that are cut short');
    if (held.length > 0) yield Buffer.concat(held);
    return said && scrubError(said, secret);
  } catch (error) {
    throw error instanceof ApiError ? scrubError(error, secret) : error;
  } finally {
    void rest.return?.();
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

function webPage(): ApiError {
  return invalidAnswer(`it is a web page. ${forOperatorWords} ${addressHint}`);
}

function answerTooLarge(): ApiError {
  return new ApiError({
    code: 'answer_too_large',
    message:
      `The gateway's answer exceeded the limit of ${maxAnswerBytes} bytes and was stopped. ` +
      'It may have been charged. Request fewer or smaller pictures.',
  });
}
