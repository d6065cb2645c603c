import 'server-only';
import { statfs } from 'node:fs/promises';

/** How much may be written, by the setting and by what the disk has left. */
export interface SpoolRoom {
  /** Bytes of all answers on disk. */
  readonly used: number;
  /** Takes room for some bytes; false: there is none, even after sweeping. */
  take(bytes: number): Promise<boolean>;
  /** Counts bytes that are there already, or gives back those of a removed answer (negative). */
  adjust(bytes: number): void;
  /** Whether a new run may start. */
  hasRoom(): Promise<boolean>;
}

// After so many bytes the disk is asked again what it has left: others write to it too.
const recheckBytes = 64 * 1024 * 1024;

/** The free bytes of the disk that holds a directory. */
export async function freeDiskBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/**
 * Accounts for the spool's disk space.
 * @param reserveBytes what is left free on the disk, for everything else on it
 * @param sweep removes ended answers, oldest first, until so many bytes have become free
 */
export function createSpoolRoom({
  maxBytes,
  reserveBytes,
  freeBytes,
  sweep,
}: {
  maxBytes: number;
  reserveBytes: number;
  freeBytes: () => Promise<number>;
  sweep: (bytes: number) => Promise<void>;
}): SpoolRoom {
  let used = 0;
  let free = 0;
  let unchecked = Number.POSITIVE_INFINITY;

  // How many bytes too little there is room for so many more; 0 or less: they fit.
  async function lacking(bytes: number): Promise<number> {
    if (unchecked + bytes > recheckBytes) {
      // Where a file system cannot say, the write itself will.
      free = await freeBytes().catch(() => Number.POSITIVE_INFINITY);
      unchecked = 0;
    }
    return Math.max(used + bytes - maxBytes, reserveBytes + unchecked + bytes - free);
  }

  async function makeFit(bytes: number): Promise<boolean> {
    const lack = await lacking(bytes);
    if (lack <= 0) return true;
    // Answers are not thrown away where that would not help.
    if (lack > used) return false;
    await sweep(lack);
    unchecked = Number.POSITIVE_INFINITY;
    return (await lacking(bytes)) <= 0;
  }

  return {
    get used() {
      return used;
    },
    async take(bytes) {
      if (!(await makeFit(bytes))) return false;
      used += bytes;
      unchecked += bytes;
      return true;
    },
    adjust(bytes) {
      used += bytes;
    },
    hasRoom() {
      unchecked = Number.POSITIVE_INFINITY;
      return makeFit(1);
    },
  };
}
