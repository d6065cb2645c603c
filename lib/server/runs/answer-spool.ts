import 'server-only';
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ApiError } from '../../core/errors';
import { log } from '../log';
import { createAnswerTail } from './answer-tail';
import type { MemoryRoom } from './memory-room';
import { answerLost, spoolOverflow } from './run-errors';
import type { SpoolRoom } from './spool-room';
import type { AnswerReader } from './store';

/** Opens a file of the spool; the tests give one that fails. */
export type OpenFile = (
  path: string,
  flags: 'w' | 'r',
) => Promise<Pick<FileHandle, 'writev' | 'read' | 'close'>>;

/** One answer: written once from its beginning to its end, read by anyone at the same time. */
export interface AnswerSpool {
  /** Bytes that have arrived, all of them readable. */
  readonly bytes: number;
  /** Resolves when more may come. @throws ApiError `spool_full` if neither disk nor memory has room */
  append(chunk: Uint8Array): Promise<void>;
  /** Nothing more comes: puts on disk what can be put there. Never fails. */
  finish(): Promise<void>;
  /** @throws ApiError `run_gone` if the file is missing or too short */
  open(): Promise<AnswerReader>;
  /** Gives back the room; the file is the caller's to remove. */
  discard(): void;
}

const maxQueuedBytes = 4 * 1024 * 1024;
// Followers who keep up read from memory.
const tailBytes = 1024 * 1024;
const maxBatchChunks = 256;
/** What one answer may have in memory where the disk fails it. */
const maxHeldBytes = 64 * 1024 * 1024;

/** Opens a file, making its folder where it has to be made. */
export const openSpoolFile: OpenFile = async (path, flags) => {
  if (flags === 'w') await mkdir(/*turbopackIgnore: true*/ dirname(path), { recursive: true });
  return open(/*turbopackIgnore: true*/ path, flags);
};

/**
 * Makes the spool of one answer. Chunks that come while a write is pending go to disk together with
 * the next one; where the disk is full or fails, the rest stays in memory, within bounds.
 * @param savedBytes what the file holds already, of an answer from before a restart
 */
export function createAnswerSpool({
  path,
  savedBytes = 0,
  room,
  memory,
  openFile,
}: {
  path: string;
  savedBytes?: number;
  room: SpoolRoom;
  memory: MemoryRoom;
  openFile: OpenFile;
}): AnswerSpool {
  let saved = savedBytes;
  let tail = createAnswerTail(savedBytes);
  let file: Awaited<ReturnType<OpenFile>> | undefined;
  let writing: Promise<void> | undefined;
  let diskFailed = false;
  let overflown = false;
  let heldBytes = 0;
  const waiting: (() => void)[] = [];

  const wake = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };

  async function writeOut(): Promise<void> {
    try {
      file ??= await openFile(path, 'w');
      while (saved < tail.end) {
        const batch = tail.from(saved, maxBatchChunks);
        const length = batch.reduce((sum, chunk) => sum + chunk.length, 0);
        if (!(await room.take(length))) throw new Error('the spool is full');
        const { bytesWritten } = await file.writev(batch, saved).catch((error: unknown) => {
          room.adjust(-length);
          throw error;
        });
        room.adjust(bytesWritten - length);
        if (bytesWritten === 0) throw new Error('nothing was written');
        saved += bytesWritten;
        tail.trim({ saved, keepBytes: tailBytes });
        wake();
      }
    } catch (error) {
      log().error({ err: error }, 'an answer cannot be written to disk');
      diskFailed = true;
      hold(tail.end - saved);
    } finally {
      writing = undefined;
      wake();
    }
  }

  function hold(bytes: number): void {
    if (heldBytes + bytes > maxHeldBytes || !memory.take(bytes)) overflown = true;
    else heldBytes += bytes;
  }

  function letGo(): void {
    memory.give(heldBytes);
    heldBytes = 0;
  }

  return {
    get bytes() {
      return tail.end;
    },
    async append(chunk) {
      if (diskFailed) hold(chunk.length);
      if (overflown) throw spoolOverflow();
      tail.push(chunk);
      if (diskFailed) return;
      writing ??= writeOut();
      while (!diskFailed && tail.end - saved > maxQueuedBytes) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      if (overflown) throw spoolOverflow();
    },
    async finish() {
      await writing;
      if (diskFailed) {
        // Perhaps there is room again; if not, what is in memory stays there.
        letGo();
        diskFailed = false;
      }
      if (saved < tail.end) await writeOut();
      await file?.close().catch(() => {});
      file = undefined;
      if (saved === tail.end) tail = createAnswerTail(saved);
    },
    async open() {
      // What is on disk is looked at before a word is said; memory is its own witness.
      // More is written while that is looked up: it need not be there yet.
      const before = saved;
      if (before > 0) {
        const found = await stat(/*turbopackIgnore: true*/ path).catch(() => undefined);
        if (!found || found.size < before) throw answerLost();
      }
      return createReader();
    },
    discard() {
      room.adjust(-saved);
      letGo();
    },
  };

  function createReader(): AnswerReader {
    let opened: ReturnType<OpenFile> | undefined;
    return {
      async read(offset, maxBytes) {
        if (offset >= tail.start) return tail.read(offset, maxBytes);
        const wanted = Math.min(maxBytes, saved - offset);
        try {
          opened ??= openFile(path, 'r');
          const { bytesRead, buffer } = await (await opened).read({
            buffer: Buffer.allocUnsafe(wanted),
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
