import 'server-only';
import { ApiError } from '../../core/api-error';
import type { ChatRequest } from '../../core/endpoints/chat/request';
import type { FilePart, TextPart } from '../../core/endpoints/edits/request';
import type { ImageRequest } from '../../core/endpoints/image-request';
import type { SilenceWatch } from '../silence';

/** What the checks found in a whole body. */
export interface UploadFacts {
  model: string;
  /** The checked request, without its files. */
  request: ImageRequest | ChatRequest;
  /** The text fields and the files of a form, each in their order; none of JSON. */
  texts: readonly TextPart[];
  files: readonly FilePart[];
}

/** Looks at a body as it passes. */
export interface BodyInspector {
  /** Takes the next bytes and gives those that may go on. @throws ApiError */
  write(chunk: Uint8Array): Uint8Array;
  /** Gives the verdict on the whole body, and what it holds. @throws ApiError */
  end(): UploadFacts;
}

/** What happens to an upload at its end; from `onSent` on, upstream may have the whole of it. */
export interface UploadEvents {
  /**
   * Every check has passed. The last chunk waits for this; JSON that was read whole goes upstream
   * only after it. @throws ApiError the request is refused
   */
  onChecked(facts: UploadFacts): Promise<void> | void;
  /** The last chunk waits for this. @throws ApiError it does not go */
  beforeLast(): Promise<void> | void;
  /** The last chunk goes now. */
  onSent(): void;
  /** Upstream's connection has taken the last chunk. */
  onPassedOn(): void;
}

/** The reader of a client's body, as far as it is used here. */
export type BodyReader = Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'>;

const drainBytes = 1024 ** 3;
const drainMs = 60_000;

/**
 * The client's body on its way upstream, one chunk at a time with back-pressure. The last chunk
 * stays here until the inspector has agreed to the whole, so that what fails a check is never
 * complete upstream.
 * @param prefix chunks that were read already
 * @throws ApiError from the iteration: a failed check, too many bytes, a client that fell silent
 */
export async function* relayUpload({
  reader,
  prefix = [],
  inspector,
  maxBytes,
  watch,
  events,
}: {
  reader: BodyReader;
  prefix?: Uint8Array[];
  inspector: BodyInspector;
  maxBytes: number;
  watch: SilenceWatch;
  events: UploadEvents;
}): AsyncGenerator<Uint8Array, void> {
  let total = 0;
  let held: Uint8Array | undefined;
  const pending = [...prefix];
  for (;;) {
    const chunk = pending.shift() ?? (await readChunk(reader, watch));
    if (!chunk) break;
    total += chunk.length;
    if (total > maxBytes) throw bodyTooLarge(maxBytes);
    const cleared = inspector.write(chunk);
    if (cleared.length === 0) continue;
    if (held) {
      // Until upstream asks for more, it is upstream that is silent.
      watch.begin(upstreamSilent);
      yield held;
      watch.end();
    }
    held = cleared;
  }
  await events.onChecked(inspector.end());
  yield* relayLast(held, watch, events);
}

/** The last chunk of a checked body, or the only one. */
export async function* relayLast(
  chunk: Uint8Array | undefined,
  watch: SilenceWatch,
  events: Omit<UploadEvents, 'onChecked'>,
): AsyncGenerator<Uint8Array, void> {
  await events.beforeLast();
  events.onSent();
  watch.begin(upstreamSilent);
  if (chunk) yield chunk;
  watch.begin(upstreamSilent);
  events.onPassedOn();
}

/** The next chunk of the client's body, or `undefined` at its end. */
export async function readChunk(
  reader: BodyReader,
  watch: SilenceWatch,
): Promise<Buffer | undefined> {
  watch.begin(() => new Error('The upload stopped'));
  const { value } = await reader.read();
  watch.end();
  // A Buffer finds a byte many times as fast as the Uint8Array of Node 20.
  return value && Buffer.from(value.buffer, value.byteOffset, value.length);
}

/**
 * Reads the rest of an upload and drops it. An answer that comes while the client is still sending
 * reaches many clients only once they are done; beyond a bound the connection is given up.
 */
export async function drainUpload(reader: BodyReader): Promise<void> {
  // One that has stopped sending is not waited for either.
  const tooLong = setTimeout(() => void reader.cancel().catch(() => {}), drainMs);
  let left = drainBytes;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      left -= value.length;
      if (left < 0) return await reader.cancel();
    }
  } catch {
    // The client has gone: nothing is left to read, and nobody to tell.
  } finally {
    clearTimeout(tooLong);
  }
}

/** The error of a body over the limit of its endpoint. */
export function bodyTooLarge(maxBytes: number): ApiError {
  return new ApiError({
    code: 'request_too_large',
    message: `The request is larger than ${maxBytes} bytes, the most that this endpoint takes.`,
  });
}

/** The error of an upstream that said nothing for too long. */
export function upstreamSilent(): ApiError {
  return new ApiError({
    code: 'upstream_timeout',
    message:
      'The gateway was silent for longer than TURING_TIMEOUT_MS allows. It may have carried out ' +
      'the request, and charged it, all the same.',
  });
}
