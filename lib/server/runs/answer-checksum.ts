import 'server-only';
import { crc32 } from 'node:zlib';
import type { OpenFile } from './spool-file';

const pieceBytes = 1024 * 1024;

/** The checksum of no bytes, to begin with. */
export const emptyChecksum = 0;

/** The checksum (CRC-32) of what had one before, and a chunk after it. */
export function addToChecksum(checksum: number, chunk: Uint8Array): number {
  return crc32(chunk, checksum);
}

/** The checksum of a file's first bytes. @throws what the disk says */
export async function checksumOfFile(
  path: string,
  bytes: number,
  openFile: OpenFile,
): Promise<number> {
  const file = await openFile(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, bytes));
    let checksum = emptyChecksum;
    for (let at = 0; at < bytes; ) {
      const length = Math.min(buffer.length, bytes - at);
      const { bytesRead } = await file.read({ buffer, length, position: at });
      if (bytesRead === 0) return Number.NaN;
      checksum = addToChecksum(checksum, buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    return checksum;
  } finally {
    await file.close();
  }
}
