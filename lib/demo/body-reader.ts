import { ApiError } from '../core/api-error';

/** How much of a refused upload is still read, so that its sender sees the answer. */
const maxDiscardedBytes = 256 * 1024 * 1024;

/**
 * Reads a body chunk by chunk, and the rest of it away if it is too large or what reads it fails:
 * a sender whose upload is cut off sees a reset instead of the answer.
 * @throws ApiError `request_too_large` beyond `maxBytes`
 */
export async function readChunks({
  body,
  maxBytes,
  onChunk,
}: {
  body: ReadableStream<Uint8Array> | null;
  maxBytes: number;
  onChunk: (chunk: Uint8Array) => void | Promise<void>;
}): Promise<void> {
  if (!body) return;
  const reader = body.getReader();
  let total = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      total += next.value.byteLength;
      if (total > maxBytes) throw tooLarge(maxBytes);
      await onChunk(next.value);
    }
  } catch (error) {
    void discard(reader);
    throw error;
  }
}

/** Reads a small body whole. */
export async function readWhole(request: Request, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const onChunk = (chunk: Uint8Array) => void chunks.push(chunk);
  await readChunks({ body: request.body, maxBytes, onChunk });
  return Buffer.concat(chunks);
}

/** Reads away a body that nobody wants. */
export function discardBody(request: Request): void {
  if (request.body && !request.body.locked) void discard(request.body.getReader());
}

async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    let left = maxDiscardedBytes;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      left -= next.value.byteLength;
      if (left < 0) return await reader.cancel();
    }
  } catch {
    // The sender has gone, which is as well.
  }
}

function tooLarge(maxBytes: number): ApiError {
  return new ApiError({
    code: 'request_too_large',
    message: `The body has more than ${maxBytes} bytes, the most that is taken here.`,
  });
}
