import 'server-only';

/** The end of an answer that is in memory: what the disk does not have yet, and a little more. */
export interface AnswerTail {
  /** Offset of its first byte, and of the byte after its last. */
  readonly start: number;
  readonly end: number;
  push(chunk: Uint8Array): void;
  /** Up to `maxBytes` from an offset not before `start`, as one piece; small chunks are joined. */
  read(offset: number, maxBytes: number): Uint8Array;
  /** The chunks from an offset on, at most `maxChunks`. */
  from(offset: number, maxChunks: number): Uint8Array[];
  /** Lets go of chunks that end at or before `saved`, keeping `keepBytes` of them for followers. */
  trim(options: { saved: number; keepBytes: number }): void;
}

const maxKeptChunks = 512;
// From this size on a chunk is handed out as it is: copying it would cost more than the turn saved.
const largeBytes = 32 * 1024;

/** Makes an empty tail that begins at an offset, in bytes. */
export function createAnswerTail(start: number): AnswerTail {
  let chunks: Uint8Array[] = [];
  let end = start;

  // Followers are near the end, so the search begins there.
  function locate(offset: number): { index: number; within: number } {
    let index = chunks.length;
    let at = end;
    while (index > 0 && at > offset) {
      index--;
      at -= chunks[index]?.length ?? 0;
    }
    return { index, within: offset - at };
  }

  function from(offset: number, maxChunks: number): Uint8Array[] {
    const { index, within } = locate(offset);
    const found = chunks.slice(index, index + maxChunks);
    if (within > 0 && found[0]) found[0] = found[0].subarray(within);
    return found;
  }

  return {
    get start() {
      return start;
    },
    get end() {
      return end;
    },
    push(chunk) {
      if (chunk.length === 0) return;
      // A small view would keep the whole of its buffer alive.
      chunks.push(chunk.length * 2 < chunk.buffer.byteLength ? Buffer.from(chunk) : chunk);
      end += chunk.length;
    },
    read(offset, maxBytes) {
      const found: Uint8Array[] = [];
      let length = 0;
      for (const chunk of from(offset, maxKeptChunks)) {
        if (length > 0 && chunk.length >= largeBytes) break;
        found.push(chunk);
        length += chunk.length;
        if (length >= maxBytes || chunk.length >= largeBytes) break;
      }
      const bytes = found.length === 1 && found[0] ? found[0] : Buffer.concat(found);
      return bytes.subarray(0, maxBytes);
    },
    from,
    trim({ saved, keepBytes }) {
      let count = 0;
      let at = start;
      for (const chunk of chunks) {
        const next = at + chunk.length;
        const isSpare = end - next >= keepBytes || chunks.length - count > maxKeptChunks;
        if (next > saved || !isSpare) break;
        at = next;
        count++;
      }
      if (count === 0) return;
      chunks = chunks.slice(count);
      start = at;
    },
  };
}
