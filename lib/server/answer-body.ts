import 'server-only';
import { Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ApiError } from '../core/errors';
import { invalidAnswer } from './inspect-answer';
import { createScrubber } from './scrub';
import type { SilenceWatch } from './silence';
import { upstreamSilent } from './upload';
import type { UpstreamAnswer } from './upstream';

/** The most bytes that an answer may have. */
export const maxAnswerBytes = 512 * 1024 * 1024;

/**
 * The bytes of an answer as they may go out: decoded, counted, and without the secret. A wait for
 * upstream is bounded by the watch; a wait for the reader is not.
 * @throws ApiError from the iteration: too large, silent, broken off
 */
export async function* readAnswerBody({
  answer,
  secret,
  watch,
}: {
  answer: UpstreamAnswer;
  secret: string | undefined;
  watch: SilenceWatch;
}): AsyncGenerator<Uint8Array, void> {
  const declared = Number(answer.header('content-length') ?? 0);
  if (declared > maxAnswerBytes) throw answerTooLarge();
  const scrubber = createScrubber(secret);
  let total = 0;
  for await (const chunk of decode(watched(answer.body, watch), answer)) {
    total += chunk.length;
    if (total > maxAnswerBytes) throw answerTooLarge();
    const clean = scrubber.write(chunk);
    if (clean.length > 0) yield clean;
  }
  const rest = scrubber.end();
  if (rest.length > 0) yield rest;
}

async function* watched(
  body: AsyncIterator<Uint8Array>,
  watch: SilenceWatch,
): AsyncGenerator<Uint8Array, void> {
  try {
    for (;;) {
      watch.begin(upstreamSilent);
      const { done, value } = await body.next();
      watch.end();
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw invalidAnswer('the connection broke in the middle of it');
  } finally {
    watch.end();
    void body.return?.();
  }
}

// Nothing encoded is asked for; a gateway that encodes all the same is understood.
function decode(
  body: AsyncGenerator<Uint8Array, void>,
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
  body: AsyncGenerator<Uint8Array, void>,
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
