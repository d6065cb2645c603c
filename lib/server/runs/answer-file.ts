import 'server-only';
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { log } from '../log';
import { answerLost } from './run-errors';
import type { AnswerReader } from './run-store';

/** Opens the file of an answer; tests pass one that fails. */
export type OpenFile = (
  path: string,
  flags: 'w' | 'r',
) => Promise<Pick<FileHandle, 'writev' | 'read' | 'close'>>;

const checksumPieceBytes = 1024 * 1024;
const noBytes = new Uint8Array(0);

/** Opens a file, and makes its folder where that is missing. */
export const openSpoolFile = (path: string, flags: 'w' | 'a' | 'r'): Promise<FileHandle> =>
  open(/*turbopackIgnore: true*/ path, flags).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' || flags === 'r') throw error;
    await mkdir(/*turbopackIgnore: true*/ dirname(path), { recursive: true });
    return open(/*turbopackIgnore: true*/ path, flags);
  });

/**
 * Makes a reader of an answer's file, which is opened at the first read.
 * @param end how many of its bytes belong to the answer by now
 */
export function readAnswerFile(path: string, end: () => number, openFile: OpenFile): AnswerReader {
  let opened: ReturnType<OpenFile> | undefined;
  return {
    async read(offset, maxBytes) {
      const length = Math.min(maxBytes, end() - offset);
      if (length <= 0) return noBytes;
      try {
        opened ??= openFile(path, 'r');
        const { bytesRead, buffer } = await (await opened).read({
          buffer: Buffer.allocUnsafe(length),
          position: offset,
        });
        if (bytesRead > 0) return buffer.subarray(0, bytesRead);
      } catch (error) {
        log().error({ err: error }, 'an answer cannot be read from disk');
      }
      throw answerLost();
    },
    async close() {
      const handle = await opened?.catch(() => undefined);
      opened = undefined;
      await handle?.close().catch(() => {});
    },
  };
}

/** What changes when somebody else writes to a file; undefined: there is none. */
export async function lookOfFile(path: string): Promise<string | undefined> {
  const found = await stat(/*turbopackIgnore: true*/ path).catch(() => undefined);
  return found && `${found.ino} ${found.size} ${found.mtimeMs}`;
}

/**
 * Checks that the file of a whole answer is what was written.
 * @param checksum CRC-32 of the bytes; undefined: not known, only their number is checked
 * @param soundLook how the file looked when it was sound; one that still does is not read again
 * @returns how it looks now
 * @throws ApiError `run_gone`
 */
export async function checkAnswerFile({
  path,
  bytes,
  checksum,
  soundLook,
  openFile,
}: {
  path: string;
  bytes: number;
  checksum: number | undefined;
  soundLook: string | undefined;
  openFile: OpenFile;
}): Promise<string> {
  const look = await lookOfFile(path);
  if (look === undefined || Number(look.split(' ')[1]) < bytes) throw answerLost();
  if (checksum === undefined || look === soundLook) return look;
  const found = await checksumOfFile(path, bytes, openFile).catch(() => Number.NaN);
  if (found !== checksum) throw answerLost();
  return look;
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
