import 'server-only';
import { stat } from 'node:fs/promises';
import { ApiError } from '../../core/api-error';
import { log } from '../log';
import { addToChecksum, checksumOfFile, emptyChecksum } from './answer-checksum';
import { createAnswerTail } from './answer-tail';
import type { MemoryRoom } from './memory-room';
import { answerLost, spoolOverflow } from './run-errors';
import type { OpenFile } from './spool-file';
import type { SpoolRoom } from './spool-room';
import type { AnswerReader } from './store';

/** One answer: written once from its beginning to its end, read by anyone at the same time. */
export interface AnswerSpool {
  /** Bytes that have arrived, all of them readable. */
  readonly bytes: number;
  /** Of all of them; undefined: of an answer from before a restart, it is not known. */
  readonly checksum: number | undefined;
  /** Resolves when more may come. @throws ApiError `spool_full` if neither disk nor memory has room */
  append(chunk: Uint8Array): Promise<void>;
  /**
   * Nothing more comes: puts on disk what can be put there; again, what could not be before. Never
   * fails.
   */
  finish(): Promise<void>;
  /** @throws ApiError `run_gone` if the file is missing, too short, or not what was written */
  open(): Promise<AnswerReader>;
  /** Gives back the room and closes the file, which is the caller's to remove. Never fails. */
  discard(): Promise<void>;
}

// Fifty runs at once must not take more than a few pictures' memory.
const maxQueuedBytes = 1024 * 1024;
// Followers who keep up read from memory.
const tailBytes = 512 * 1024;
const maxBatchChunks = 256;
/** What one answer may have in memory where the disk fails it. */
const maxHeldBytes = 64 * 1024 * 1024;

/**
 * Makes the spool of one answer. Chunks that come while a write is pending go to disk together with
 * the next one; where the disk is full or fails, the rest stays in memory, within bounds.
 * @param restored what its record says of an answer from before a restart, and what its file has
 */
export function createAnswerSpool({
  path,
  restored,
  room,
  memory,
  openFile,
}: {
  path: string;
  restored?: { bytes: number; checksum: number | undefined; fileBytes: number };
  room: SpoolRoom;
  memory: MemoryRoom;
  openFile: OpenFile;
}): AnswerSpool {
  let { bytes: saved, checksum } = restored ?? { bytes: 0, checksum: emptyChecksum };
  let isOver = restored !== undefined;
  let tail = createAnswerTail(saved);
  let file: Awaited<ReturnType<OpenFile>> | undefined;
  let writing: Promise<void> | undefined;
  let diskFailed = false;
  let overflown = false;
  let heldBytes = 0;
  let finishing: Promise<void> | undefined;
  let judged: { look: string; isSound: boolean } | undefined;
  const waiting: (() => void)[] = [];

  const wake = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };

  async function writeOut(): Promise<void> {
    try {
      // What is there already stays there.
      file ??= await openFile(path, saved > 0 ? 'r+' : 'w');
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

  async function finish(): Promise<void> {
    await writing;
    isOver = true;
    if (saved === tail.end && !file) return;
    if (diskFailed) {
      // Perhaps there is room again; if not, what is in memory stays there.
      letGo();
      diskFailed = false;
    }
    if (saved < tail.end) await writeOut();
    await closeFile();
    if (saved < tail.end) return;
    tail = createAnswerTail(saved);
    const written = await stat(/*turbopackIgnore: true*/ path).catch(() => undefined);
    judged = written && { look: lookOf(written), isSound: true };
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
      if (diskFailed) hold(chunk.length);
      if (overflown) throw spoolOverflow();
      tail.push(chunk);
      if (checksum !== undefined) checksum = addToChecksum(checksum, chunk);
      if (diskFailed) return;
      writing ??= writeOut();
      while (!diskFailed && tail.end - saved > maxQueuedBytes) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      if (overflown) throw spoolOverflow();
    },
    finish() {
      // One after another, or two would write the same bytes.
      finishing = (finishing ?? Promise.resolve()).then(finish);
      return finishing;
    },
    async open() {
      // What is on disk is looked at before a word is said; memory is its own witness.
      // More is written while that is looked up: it need not be there yet.
      const before = saved;
      if (before > 0) {
        const found = await stat(/*turbopackIgnore: true*/ path).catch(() => undefined);
        if (!found || found.size < before) throw answerLost();
        const isAllThere = isOver && saved === tail.end;
        if (isAllThere && !(await isSound(lookOf(found)))) throw answerLost();
      }
      return createReader();
    },
    async discard() {
      await writing;
      await closeFile();
      room.adjust(-(restored?.fileBytes ?? saved));
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

/** What changes when somebody else writes to a file. */
function lookOf({ ino, size, mtimeMs }: { ino: number; size: number; mtimeMs: number }): string {
  return `${ino} ${size} ${mtimeMs}`;
}
