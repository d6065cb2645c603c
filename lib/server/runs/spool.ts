import 'server-only';
import { stat } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { ApiError } from '../../core/api-error';
import { log } from '../log';
import { singleton } from '../singleton';
import { type OpenFile, readAnswerFile } from './answer-file';
import { createWaitList } from './change-feed';
import { QueuedBytes } from './queued-bytes';
import type { Reservation } from './room';
import { answerLost, spoolOverflow } from './run-errors';
import type { AnswerReader } from './run-store';

/** The file of one answer while it is written, once from its beginning to its end; read by anyone. */
export interface AnswerSpool {
  /** Bytes that have arrived, all of them readable. */
  readonly bytes: number;
  /** CRC-32 of these bytes; undefined: not known, of an answer that the disk broke off. */
  readonly checksum: number | undefined;
  /**
   * Adds to the answer; resolves when more may come (back-pressure).
   * @throws ApiError `spool_full` once the disk has failed; nothing can be added from then on
   */
  append(chunk: Uint8Array): Promise<void>;
  /** Nothing more comes. @throws ApiError `spool_full` if the disk has not taken all of it */
  finish(): Promise<void>;
  /** @throws ApiError `run_gone` if the file is missing or too short */
  open(): Promise<AnswerReader>;
  /** Gives its room back and closes the file, which the caller removes. Never fails. */
  discard(): Promise<void>;
}

const kilobyte = 1024;
// Fifty runs at once must not take more than a few pictures' memory. What waits longer than a few
// collections of young garbage also costs the processor: more is slower.
const queueLimits = { most: 16 * 1024 * kilobyte, each: 256 * kilobyte };
const allQueued = () => singleton('queued-bytes', () => new QueuedBytes(queueLimits));
// Followers who keep up with the writer read from memory.
const tailBytes = 128 * kilobyte;
const maxBatchChunks = 256;
const maxTailChunks = 512;
// A chunk of this size is handed out as it is: joining it costs more than the extra read saves.
const largeBytes = 32 * kilobyte;

/**
 * Makes the spool of one answer. Chunks that come while a write is pending are written together.
 * @param queued what of all answers waits in memory for the disk
 */
export function createAnswerSpool({
  path,
  reservation,
  openFile,
  queued = allQueued(),
}: {
  path: string;
  reservation: Reservation;
  openFile: OpenFile;
  queued?: QueuedBytes;
}): AnswerSpool {
  let saved = 0;
  let checksum: number | undefined = 0;
  let tail = createTail(saved);
  let file: Awaited<ReturnType<OpenFile>> | undefined;
  let writing: Promise<void> | undefined;
  let failure: ApiError | undefined;
  const progress = createWaitList();

  async function write(): Promise<void> {
    try {
      file ??= await openFile(path, 'w');
      while (saved < tail.end) {
        const batch = tail.from(saved, maxBatchChunks);
        const length = batch.reduce((sum, chunk) => sum + chunk.length, 0);
        if (!(await reservation.reserve(saved + length))) throw new Error('the spool is full');
        const { bytesWritten } = await file.writev(batch, saved);
        if (bytesWritten === 0) throw new Error('nothing was written');
        reservation.wrote(bytesWritten);
        saved += bytesWritten;
        queued.add(-bytesWritten);
        tail.trim(saved);
        progress.wake();
      }
    } catch (error) {
      log().error({ err: error }, 'an answer cannot be written to disk');
      failure = spoolOverflow();
      queued.add(saved - tail.end);
      // Bytes that are only in memory would be lost at a restart: they are not offered.
      tail = createTail(saved);
      checksum = undefined;
    } finally {
      writing = undefined;
      progress.wake();
    }
  }

  async function closeFile(): Promise<void> {
    await file?.close().catch(() => {});
    file = undefined;
  }

  return {
    get bytes() {
      return tail.end;
    },
    get checksum() {
      return checksum;
    },
    async append(chunk) {
      if (failure) throw failure;
      tail.push(chunk);
      queued.add(chunk.length);
      if (checksum !== undefined) checksum = crc32(chunk, checksum);
      writing ??= write();
      while (!failure && queued.isFull(tail.end - saved)) await progress.wait();
      if (failure) throw failure;
    },
    async finish() {
      await writing;
      await closeFile();
      reservation.settle();
      tail = createTail(saved);
      if (failure) throw failure;
    },
    async open() {
      // The file is checked before the answer's head is sent. It may grow meanwhile.
      const before = saved;
      if (before > 0) {
        const found = await stat(/*turbopackIgnore: true*/ path).catch(() => undefined);
        if (!found || found.size < before) throw answerLost();
      }
      const onDisk = readAnswerFile(path, () => saved, openFile);
      return {
        read: async (offset, maxBytes) =>
          offset < tail.start ? onDisk.read(offset, maxBytes) : tail.read(offset, maxBytes),
        close: onDisk.close,
      };
    },
    async discard() {
      await writing;
      await closeFile();
      reservation.release();
    },
  };
}

/**
 * The end of an answer that is in memory: what the disk does not have yet, and a little more for
 * followers. Offsets are in bytes of the whole answer.
 */
function createTail(begin: number) {
  let chunks: Uint8Array[] = [];
  let start = begin;
  let end = begin;

  function from(offset: number, maxChunks: number): Uint8Array[] {
    // Followers are near the end, so the search begins there.
    let index = chunks.length;
    let at = end;
    while (index > 0 && at > offset) {
      index--;
      at -= chunks[index]?.length ?? 0;
    }
    const found = chunks.slice(index, index + maxChunks);
    if (offset > at && found[0]) found[0] = found[0].subarray(offset - at);
    return found;
  }

  return {
    get start() {
      return start;
    },
    get end() {
      return end;
    },
    from,
    push(chunk: Uint8Array): void {
      if (chunk.length === 0) return;
      // A small view would keep the whole of its buffer alive.
      chunks.push(chunk.length * 2 < chunk.buffer.byteLength ? Buffer.from(chunk) : chunk);
      end += chunk.length;
    },
    /** Up to `maxBytes` from an offset not before `start`, as one piece; small chunks are joined. */
    read(offset: number, maxBytes: number): Uint8Array {
      const found: Uint8Array[] = [];
      let length = 0;
      for (const chunk of from(offset, maxTailChunks)) {
        if (length > 0 && chunk.length >= largeBytes) break;
        found.push(chunk);
        length += chunk.length;
        if (length >= maxBytes || chunk.length >= largeBytes) break;
      }
      const bytes = found.length === 1 && found[0] ? found[0] : Buffer.concat(found);
      return bytes.subarray(0, maxBytes);
    },
    /** Drops chunks that the disk has, except the last ones, which followers are about to read. */
    trim(saved: number): void {
      let count = 0;
      for (const chunk of chunks) {
        const next = start + chunk.length;
        const isSpare = end - next >= tailBytes || chunks.length - count > maxTailChunks;
        if (next > saved || !isSpare) break;
        start = next;
        count++;
      }
      if (count > 0) chunks = chunks.slice(count);
    },
  };
}
