import 'server-only';
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiError } from '../../core/api-error';
import { encodeSseEvent } from '../../core/bytes/sse';
import { createBoundaryFinder } from './event-boundary';
import type { CheckedAnswer } from './response';

/** An event that is longer than this waits in a file. */
const memoryBytes = 1024 * 1024;
const pieceBytes = 256 * 1024;
/** After so long a client is told that a long event is still coming: proxies cut what is silent. */
const silenceMs = 15_000;
const signOfLife = Buffer.from(': a long event is coming\n\n');

type Pieces = CheckedAnswer['pieces'];

/**
 * Passes each event of a stream on only when it is whole, so that a stream that breaks never ends in
 * half a JSON: what has begun is dropped, and an error event says why. A comment passes at once.
 * @param pieces of a stream that has been inspected; the last event may lack its blank line
 * @param folder for the file of a long event; what it may hold is bounded by the answer's own limit
 * @param now in ms
 */
export function wholeEvents(
  pieces: Pieces,
  folder: string,
  now: () => number = () => performance.now(),
): Pieces {
  const whole = passWhole(pieces, folder, now);
  return {
    next: () => whole.next(),
    return(value) {
      // Of a generator that has not begun nothing else would end its source.
      void pieces.return(value);
      return whole.return(value);
    },
  };
}

async function* passWhole(
  pieces: Pieces,
  folder: string,
  now: () => number,
): AsyncGenerator<Uint8Array, ApiError | undefined> {
  const finder = createBoundaryFinder();
  const waiting = createWaiting(folder);
  let passedAt = now();
  try {
    for (;;) {
      const next = await pieces.next();
      if (next.done) {
        yield* waiting.release();
        return next.value;
      }
      const { value } = next;
      const ended = finder.next(value);
      if (ended > 0) {
        yield* waiting.release();
        yield value.subarray(0, ended);
        passedAt = now();
      } else if (now() - passedAt > silenceMs) {
        yield signOfLife;
        passedAt = now();
      }
      if (ended < value.length) await waiting.add(value.subarray(ended));
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    yield errorEvent(error);
    return error;
  } finally {
    await waiting.close();
  }
}

/**
 * Passes a stream of events as it comes, cut anywhere, and after its bytes says in an event of its own
 * why it broke off. Its reader uses what has ended only.
 */
export async function* eventsAsTheyCome(
  pieces: Pieces,
): AsyncGenerator<Uint8Array, ApiError | undefined> {
  try {
    for (;;) {
      const next = await pieces.next();
      if (next.done) return next.value;
      yield next.value;
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    yield Buffer.concat([Buffer.from('\n\n'), errorEvent(error)]);
    return error;
  }
}

function errorEvent(error: ApiError): Uint8Array {
  return encodeSseEvent(JSON.stringify(error.toEnvelope()));
}

/** Bytes that wait for more: at first in memory, then in a file without a name. */
function createWaiting(folder: string) {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let file: FileHandle | undefined;
  let fileBytes = 0;

  const store = async () => {
    try {
      file ??= await openNameless(folder);
      await file.appendFile(Buffer.concat(held));
    } catch {
      throw new ApiError({
        code: 'spool_full',
        message:
          'The server has no room on its disk for the rest of the answer. It may have been charged.',
        outcome: 'unknown',
      });
    }
    fileBytes += heldBytes;
    held = [];
    heldBytes = 0;
  };
  return {
    async add(bytes: Uint8Array) {
      held.push(bytes);
      heldBytes += bytes.length;
      if (heldBytes > (file ? pieceBytes : memoryBytes)) await store();
    },
    async *release() {
      for (let at = 0; file && at < fileBytes; ) {
        const { bytesRead, buffer } = await file.read(
          Buffer.allocUnsafe(pieceBytes),
          0,
          pieceBytes,
          at,
        );
        if (bytesRead === 0) break;
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
      if (heldBytes > 0) yield Buffer.concat(held);
      held = [];
      heldBytes = 0;
      await file?.truncate(0);
      fileBytes = 0;
    },
    close: () => file?.close(),
  };
}

// Its name is taken away at once, so that nothing is left of it whatever becomes of the process.
async function openNameless(folder: string): Promise<FileHandle> {
  const path = join(folder, `event-${randomUUID()}.tmp`);
  const file = await open(path, 'ax+', 0o600);
  await unlink(path);
  return file;
}
