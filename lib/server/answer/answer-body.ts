import 'server-only';
import { Readable, type Transform } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ApiError } from '../../core/api-error';
import { upstreamSilent } from '../request/upload';
import type { SilenceWatch } from '../silence';
import type { UpstreamAnswer } from '../upstream';
import { invalidAnswer } from './inspect-answer';
import { createScrubber } from './scrub';

// An answer of which so much comes at once is a picture on its way, not words that somebody reads.
const fastBytes = 32 * 1024;

/** The most bytes that an answer may have. */
export const maxAnswerBytes = 512 * 1024 * 1024;

/**
 * The chunks of an answer as they come, decoded. A wait for upstream is bounded by the watch; a wait
 * for the reader is not.
 * @throws ApiError, also from the iteration: too large, silent, broken off
 */
export function answerChunks(
  answer: UpstreamAnswer,
  watch: SilenceWatch,
): AsyncIterable<Uint8Array> {
  const declared = Number(answer.header('content-length') ?? 0);
  if (declared > maxAnswerBytes) throw answerTooLarge();
  return decode(watched(answer.body, watch), answer);
}

/** What is done to an answer's bytes on their way: counted, and the secret overwritten. */
export type AnswerFilter = ReturnType<typeof createScrubber>;

/** @throws ApiError from `write`: too large */
export function createAnswerFilter(secret: string | undefined): AnswerFilter {
  const scrubber = createScrubber(secret);
  let total = 0;
  return {
    write(chunk) {
      total += chunk.length;
      if (total > maxAnswerBytes) throw answerTooLarge();
      return scrubber.write(chunk);
    },
    end: scrubber.end,
  };
}

// No generator, which would cost some promises more for each of the many chunks of a picture.
function watched(body: AsyncIterator<Uint8Array>, watch: SilenceWatch): AsyncIterable<Uint8Array> {
  let isFast = false;
  const iterator: AsyncIterator<Uint8Array> = {
    async next() {
      // What comes within one turn of the loop comes as one chunk: each costs as much as its bytes.
      if (isFast) await nextTurn();
      watch.begin(upstreamSilent);
      try {
        const next = await body.next();
        isFast = next.done !== true && next.value.length >= fastBytes;
        return next;
      } catch (error) {
        if (error instanceof ApiError) throw error;
        throw invalidAnswer('the connection broke in the middle of it');
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

// Nothing encoded is asked for; a gateway that encodes all the same is understood.
function decode(
  body: AsyncIterable<Uint8Array>,
  answer: UpstreamAnswer,
): AsyncIterable<Uint8Array> {
  const encoding = answer.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
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
    throw error instanceof ApiError ? error : invalidAnswer('its compression is broken');
  } finally {
    source.destroy();
  }
}

function answerTooLarge(): ApiError {
  return new ApiError({
    code: 'answer_too_large',
    message:
      `The gateway's answer is larger than ${maxAnswerBytes} bytes and was ended. It may have ` +
      'been charged: ask for fewer or smaller pictures.',
  });
}
