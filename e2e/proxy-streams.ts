import type { IncomingMessage } from 'node:http';

// What passes through the proxy, as it passes.

/** What the proxy reads of a request. @throws Cut, TooLarge */
export async function* uploadOf({
  request,
  maxBytes,
  cutAfter = Number.POSITIVE_INFINITY,
}: {
  request: IncomingMessage;
  maxBytes: number;
  cutAfter?: number;
}): AsyncGenerator<Buffer> {
  let left = cutAfter;
  let total = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const part = (chunk as Buffer).subarray(0, left);
    left -= part.length;
    total += part.length;
    if (total > maxBytes) throw new TooLarge();
    yield part;
    if (left === 0) {
      request.destroy();
      throw new Cut();
    }
  }
}

/** The same bytes in whole blocks, and what does not fill one at the end. */
export async function* held(
  body: AsyncIterable<Buffer>,
  blockBytes: number,
): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    waiting.push(chunk);
    length += chunk.length;
    if (length < blockBytes) continue;
    const all = Buffer.concat(waiting);
    const full = length - (length % blockBytes);
    yield all.subarray(0, full);
    waiting = [all.subarray(full)];
    length -= full;
  }
  yield Buffer.concat(waiting);
}

/** The connection is to break here. */
export class Cut extends Error {}
/** The body is larger than the proxy takes. */
export class TooLarge extends Error {}
/** Nothing came in time. */
export class TimedOut extends Error {}

/** The same bytes. @throws TimedOut if none come for so long */
export async function* timedOut(body: AsyncIterable<Buffer>, milliseconds: number) {
  const reader = body[Symbol.asyncIterator]();
  for (;;) {
    const part = await within(milliseconds, Promise.resolve(reader.next()));
    if (part.done) return;
    yield part.value;
  }
}

/** Waits for something no longer than this. @throws TimedOut */
export async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut()), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Everything at once. */
export async function readWhole(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** As a stream of one piece. */
export async function* only(chunk: Buffer): AsyncGenerator<Buffer> {
  yield chunk;
}
