import 'server-only';

/** The memory that all answers together may take where the disk fails them. */
export interface MemoryRoom {
  /** False: there is none left. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

/** Accounts for memory up to a bound, in bytes. */
export function createMemoryRoom(maxBytes: number): MemoryRoom {
  let used = 0;
  return {
    take(bytes) {
      if (used + bytes > maxBytes) return false;
      used += bytes;
      return true;
    },
    give(bytes) {
      used -= bytes;
    },
  };
}
