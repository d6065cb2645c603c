import 'server-only';
import { ApiError } from '../../core/api-error';
import type { SilenceWatch } from '../upstream';

/** What is used of the reader of a request's body. */
export type BodyReader = Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'>;

const drainBytes = 1024 ** 3;
const drainMs = 60_000;

/** A reader of a request's body; a request without one has an empty body. */
export function readerOf({ body }: Pick<Request, 'body'>): BodyReader {
  return (body ?? new Blob().stream()).getReader();
}

/** A reader that calls back whenever more has been read. */
export function tellingReader(reader: BodyReader, onChunk: () => void): BodyReader {
  return {
    async read() {
      const result = await reader.read();
      onChunk();
      return result;
    },
    cancel: (reason) => reader.cancel(reason),
  };
}

/**
 * Reads the next chunk of the client's body; `undefined` is its end.
 * @param watch bounds the wait for the client
 */
export async function readChunk(
  reader: BodyReader,
  watch: SilenceWatch,
): Promise<Buffer | undefined> {
  watch.begin(() => new Error('The upload stopped'));
  const { value } = await reader.read();
  watch.end();
  // In Node 20 `indexOf` is many times as fast on a Buffer as on a Uint8Array.
  return value && Buffer.from(value.buffer, value.byteOffset, value.length);
}

/**
 * Reads a body that is expected to be small.
 * @param next gives the next chunk, or `undefined` at the end
 * @param maxBytes reading stops at the first chunk that exceeds it
 * @returns what was read, and whether that is all of it
 */
export async function readUpTo(
  next: () => Promise<Uint8Array | undefined>,
  maxBytes: number,
): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= maxBytes) {
    const chunk = await next();
    if (!chunk) return { bytes: Buffer.concat(chunks), isWhole: true };
    chunks.push(chunk);
    length += chunk.length;
  }
  return { bytes: Buffer.concat(chunks), isWhole: false };
}

/**
 * A reader whose reading fails with the signal's reason as soon as that aborts. The body itself stays
 * open, so that its rest can still be drained.
 */
export function abortableReader(reader: BodyReader, signal: AbortSignal): BodyReader {
  // Promise.race with one promise of the abort would keep every chunk in memory.
  let fail: (reason: unknown) => void = () => {};
  signal.addEventListener('abort', () => fail(signal.reason));
  return {
    async read() {
      signal.throwIfAborted();
      return new Promise((resolve, reject) => {
        fail = reject;
        reader.read().then(resolve, reject);
      });
    },
    cancel: (reason) => reader.cancel(reason),
  };
}

/**
 * Reads the rest of an upload and drops it: many clients read an answer only once they have sent
 * everything. After 1 GiB, or 60 s, the connection is given up instead. Never throws.
 */
export async function drainUpload(reader: BodyReader): Promise<void> {
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
    // The client has gone.
  } finally {
    clearTimeout(tooLong);
  }
}

/** The error of a body over its limit, in bytes. */
export function bodyTooLarge(maxBytes: number): ApiError {
  return new ApiError({
    code: 'request_too_large',
    message: `The request is larger than ${maxBytes} bytes, the limit of this endpoint.`,
  });
}
