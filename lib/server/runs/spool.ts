import 'server-only';
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { ApiError } from '../../core/api-error';
import { log } from '../log';
import { createWaitList } from './change-feed';
import type { Reservation } from './room';
import { answerLost, spoolOverflow } from './run-errors';
import type { AnswerReader } from './run-store';

/** Opens the file of an answer; tests pass one that fails. */
export type OpenFile = (
  path: string,
  flags: 'w' | 'r',
) => Promise<Pick<FileHandle, 'writev' | 'read' | 'close'>>;

/** The file of one answer: written once from its beginning to its end, read by anyone meanwhile. */
export interface AnswerSpool {
  /** Bytes that have arrived, all of them readable. */
  readonly bytes: number;
  /** CRC-32 of these bytes; undefined: not known, of an answer that a restart or the disk broke off. */
  readonly checksum: number | undefined;
  /**
   * Adds to the answer; resolves when more may come (back-pressure).
   * @throws ApiError `spool_full` once the disk has failed; nothing can be added from then on
   */
  append(chunk: Uint8Array): Promise<void>;
  /** Nothing more comes. @throws ApiError `spool_full` if the disk has not taken all of it */
  finish(): Promise<void>;
  /** @throws ApiError `run_gone` if the file is missing, too short, or not what was written */
  open(): Promise<AnswerReader>;
  /** Gives its room back and closes the file, which the caller removes. Never fails. */
  discard(): Promise<void>;
}

// Fifty runs at once must not take more than a few pictures' memory.
const maxQueuedBytes = 1024 * 1024;
// Followers who keep up with the writer read from memory.
const tailBytes = 512 * 1024;
const maxBatchChunks = 256;
const maxTailChunks = 512;
// A chunk of this size is handed out as it is: joining it costs more than the extra read saves.
const largeBytes = 32 * 1024;
const checksumPieceBytes = 1024 * 1024;

/** Opens a file, and makes its folder where that is missing. */
export const openSpoolFile: OpenFile = (path, flags) =>
  open(/*turbopackIgnore: true*/ path, flags).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' || flags === 'r') throw error;
    await mkdir(/*turbopackIgnore: true*/ dirname(path), { recursive: true });
    return open(/*turbopackIgnore: true*/ path, flags);
  });

/**
 * Makes the spool of one answer. Chunks that come while a write is pending are written together.
 * @param restored of an answer from before a restart: what its record says
 */
export function createAnswerSpool({
  path,
  restored,
  reservation,
  openFile,
}: {
  path: string;
  restored?: { bytes: number; checksum: number | undefined };
  reservation: Reservation;
  openFile: OpenFile;
}): AnswerSpool {
  let { bytes: saved, checksum } = restored ?? { bytes: 0, checksum: 0 };
  let isOver = restored !== undefined;
  let tail = createTail(saved);
  let file: Awaited<ReturnType<OpenFile>> | undefined;
  let writing: Promise<void> | undefined;
  let failure: ApiError | undefined;
  let judged: { look: string; isSound: boolean } | undefined;
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
        tail.trim(saved);
        progress.wake();
      }
    } catch (error) {
      log().error({ err: error }, 'an answer cannot be written to disk');
      failure = spoolOverflow();
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

  // A file that looks as it did is not read again.
  async function isSound(look: string): Promise<boolean> {
    if (checksum === undefined) return true;
    if (judged?.look !== look) {
      const found = await checksumOfFile(path, saved, openFile).catch(() => Number.NaN);
      judged = { look, isSound: found === checksum };
    }
    return judged.isSound;
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
      if (checksum !== undefined) checksum = crc32(chunk, checksum);
      writing ??= write();
      while (!failure && tail.end - saved > maxQueuedBytes) await progress.wait();
      if (failure) throw failure;
    },
    async finish() {
      await writing;
      isOver = true;
      await closeFile();
      reservation.settle();
      tail = createTail(saved);
      if (failure) throw failure;
      const written = await stat(/*turbopackIgnore: true*/ path).catch(() => undefined);
      judged = written && { look: lookOf(written), isSound: true };
    },
    async open() {
      // The file is checked before the answer's head is sent. It may grow meanwhile.
      const before = saved;
      if (before > 0) {
        const found = await stat(/*turbopackIgnore: true*/ path).catch(() => undefined);
        if (!found || found.size < before) throw answerLost();
        if (isOver && !(await isSound(lookOf(found)))) throw answerLost();
      }
      return createReader();
    },
    async discard() {
      await writing;
      await closeFile();
      reservation.release();
    },
  };

  function createReader(): AnswerReader {
    let opened: ReturnType<OpenFile> | undefined;
    return {
      async read(offset, maxBytes) {
        if (offset >= tail.start) return tail.read(offset, maxBytes);
        try {
          opened ??= openFile(path, 'r');
          const { bytesRead, buffer } = await (await opened).read({
            buffer: Buffer.allocUnsafe(Math.min(maxBytes, saved - offset)),
            position: offset,
          });
          if (bytesRead === 0) throw answerLost();
          return buffer.subarray(0, bytesRead);
        } catch (error) {
          if (error instanceof ApiError) throw error;
          log().error({ err: error }, 'an answer cannot be read from disk');
          throw answerLost();
        }
      },
      async close() {
        const handle = await opened?.catch(() => undefined);
        opened = undefined;
        await handle?.close().catch(() => {});
      },
    };
  }
}

/** What changes when somebody else writes to a file. */
function lookOf({ ino, size, mtimeMs }: { ino: number; size: number; mtimeMs: number }): string {
  return `${ino} ${size} ${mtimeMs}`;
}

async function checksumOfFile(path: string, bytes: number, openFile: OpenFile): Promise<number> {
  const file = await openFile(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(Math.min(checksumPieceBytes, bytes));
    let checksum = 0;
    for (let at = 0; at < bytes; ) {
      const length = Math.min(buffer.length, bytes - at);
      const { bytesRead } = await file.read({ buffer, length, position: at });
      if (bytesRead === 0) return Number.NaN;
      checksum = crc32(buffer.subarray(0, bytesRead), checksum);
      at += bytesRead;
    }
    return checksum;
  } finally {
    await file.close();
  }
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
