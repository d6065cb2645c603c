/** A run of so many characters of base64 is a file, or a signature, and nothing to read. */
const longRun = 256;
/** How much of it is shown. */
const shownOfRun = 32;
const mostAtStart = 12 * 1024;
const mostAtEnd = 4 * 1024;
const BACKSLASH = 0x5c;

const isBase64 = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=') {
  isBase64[character.charCodeAt(0)] = 1;
}

const latin1 = new TextDecoder('latin1');

/**
 * Where a run ends that goes on at an index; the chunk's length: not in it. By an expression, which is fast from its
 * first use on: a loop takes 15 ms for the first megabyte.
 */
function endOfRun(chunk: Uint8Array, from: number): number {
  // Not all of the chunk at once: it may hold many runs.
  for (let at = from, most = 1024; at < chunk.length; at += most, most *= 2) {
    const found = latin1.decode(chunk.subarray(at, at + most)).search(/[^\w+/=\\-]/);
    if (found >= 0) return at + found;
  }
  return chunk.length;
}

/**
 * Keeps the text of an answer for people to read: without its base64, and of a long one its start and its
 * end, 16 KB in all. What is left out is said by its length.
 */
export function createElidedText(): {
  /** Reads on; the chunk may be cut anywhere and is not kept. */
  write(chunk: Uint8Array): void;
  end(): string;
} {
  const start: number[] = [];
  const last = new Uint8Array(mostAtEnd);
  let afterStart = 0;
  /** The characters of base64 in a row, up to here; those behind the first few are held back. */
  let run = 0;
  const held: number[] = [];

  const emit = (byte: number) => {
    if (start.length < mostAtStart) start.push(byte);
    else last[afterStart++ % mostAtEnd] = byte;
  };
  const endRun = () => {
    if (run >= longRun) {
      for (const byte of new TextEncoder().encode(`<${run - shownOfRun} characters>`)) emit(byte);
    } else held.forEach(emit);
    held.length = 0;
    run = 0;
  };

  return {
    write(chunk) {
      for (let at = 0; at < chunk.length; at++) {
        if (run >= longRun) {
          const end = endOfRun(chunk, at);
          run += end - at;
          at = end;
          if (at === chunk.length) return;
        }
        const byte = chunk[at] as number;
        // JSON may escape the slashes of base64.
        if (isBase64[byte] === 1 || (byte === BACKSLASH && run > 0)) {
          run++;
          if (run <= shownOfRun) emit(byte);
          else if (run < longRun) held.push(byte);
        } else {
          if (run > 0) endRun();
          emit(byte);
        }
      }
    },
    end() {
      endRun();
      const read = (bytes: ArrayLike<number>) => new TextDecoder().decode(Uint8Array.from(bytes));
      if (afterStart <= mostAtEnd) return read([...start, ...last.subarray(0, afterStart)]);
      const turn = afterStart % mostAtEnd;
      const end = [...last.subarray(turn), ...last.subarray(0, turn)];
      return `${read(start)}\n<${afterStart - mostAtEnd} bytes>\n${read(end)}`;
    },
  };
}
