import { FormatError } from './format-error';
import { type PartHeader, readPartHeader } from './part-header';

/** Receives the parts as they pass; `data` slices are valid only during the call. */
export interface PartSink {
  open(part: Pick<PartHeader, 'name' | 'isFile'>): void;
  data(slice: Uint8Array): void;
  /**
   * @param next where the next boundary begins, in bytes of the body. Without the bytes from a boundary
   * to the next the body is one without that part.
   */
  close(next: number): void;
}

type ScanState = 'start' | 'delimited' | 'header' | 'body' | 'over';

const maxHeaderBytes = 8192;
const carriageReturn = 13;
const lineFeed = 10;
const dash = 45;
const noBytes = new Uint8Array(0);
const noPart: PartHeader = {
  name: '',
  isFile: false,
  isNameless: false,
  isAscii: false,
  length: undefined,
};

/**
 * Reads a `multipart/form-data` body as it passes (RFC 7578), in any pieces. It is a filter, not
 * only a reader, because one thing is changed on the way: bytes of a file name that could do harm
 * where somebody uses it as a path or header become `_`, in place, so that the length stays.
 * Stricter than the RFC where leniency would let two readers see different parts: no preamble, no
 * epilogue, no folded headers, no line that begins like the boundary but is none.
 * @returns `write` gives the bytes that may go on (it keeps a header or a possible boundary until
 * it is whole, at most 8 KiB); `end` throws if the body is not complete
 * @throws FormatError
 */
export function createMultipartScanner(
  boundary: string,
  sink: PartSink,
): {
  write(chunk: Uint8Array): Uint8Array;
  end(): void;
} {
  const delimiter = new TextEncoder().encode(`\r\n--${boundary}`);
  const opening = delimiter.subarray(2);
  const indexOfDelimiter = createDelimiterSearch(opening);
  let state: ScanState = 'start';
  let kept = noBytes;
  /** Bytes of the body before those at hand. */
  let base = 0;
  let part = noPart;
  let length = 0;

  // Each step looks at `bytes` from `at`, and returns how far it got; the same place: needs more.
  const steps: Record<ScanState, (bytes: Uint8Array, at: number) => number> = {
    start(bytes, at) {
      if (bytes.length - at < opening.length) return at;
      if (!matches(bytes, at, opening))
        throw new FormatError('The body does not begin with its boundary');
      state = 'delimited';
      return at + opening.length;
    },
    delimited(bytes, at) {
      if (bytes.length - at < 2) return at;
      if (bytes[at] === dash && bytes[at + 1] === dash) state = 'over';
      else if (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) state = 'header';
      else throw new FormatError('A boundary is followed by something other than a new line');
      return at + 2;
    },
    header(bytes, at) {
      const end = indexOfBlankLine(bytes, at);
      if (end === -1) {
        if (bytes.length - at > maxHeaderBytes)
          throw new FormatError('The header of a part is too long');
        return at;
      }
      part = readPartHeader(bytes.subarray(at, end));
      length = 0;
      sink.open({ name: part.name, isFile: part.isFile });
      state = 'body';
      return end + 4;
    },
    body(bytes, at) {
      const end = indexOfDelimiter(bytes, at);
      if (end > at) {
        const slice = bytes.subarray(at, end);
        length += slice.length;
        checkContent(part, slice);
        sink.data(slice);
      }
      if (!matches(bytes, end, delimiter)) return end;
      if (part.length !== undefined && part.length !== length) {
        throw new FormatError(`The part ${part.name} has ${length} bytes, not its Content-Length`);
      }
      sink.close(base + end + 2);
      state = 'delimited';
      return end + delimiter.length;
    },
    over(bytes, at) {
      if (bytes.subarray(at).some((byte) => byte !== carriageReturn && byte !== lineFeed)) {
        throw new FormatError('Something follows the last boundary');
      }
      return bytes.length;
    },
  };

  return {
    write(chunk) {
      const bytes = kept.length === 0 ? chunk : concat(kept, chunk);
      let at = 0;
      for (;;) {
        const before = state;
        const next = steps[state](bytes, at);
        const stuck = next === at && state === before;
        at = next;
        if (stuck || at === bytes.length) break;
      }
      base += at;
      // Copied: `slice` of a Buffer would be a view.
      kept = new Uint8Array(bytes.subarray(at));
      return bytes.subarray(0, at);
    },
    end() {
      if (state !== 'over') throw new FormatError('The body ends before its last boundary');
    },
  };
}

/**
 * @param opening a boundary with its dashes
 * @returns where the next delimiter begins, the line break before its boundary included; else where a
 * cut one might, else the end of the bytes. Takes linear time (Knuth, Morris, Pratt) also where nothing is skipped. @throws FormatError
 * at a boundary without a line break, for some readers find it anywhere
 */
function createDelimiterSearch(opening: Uint8Array): (bytes: Uint8Array, from: number) => number {
  /** How many bytes at the end of those matched are the beginning of another match. */
  const fallbacks = [0];
  const extend = (byte: number | undefined, before: number) => {
    let matched = before;
    while (matched > 0 && byte !== opening[matched]) matched = fallbacks[matched - 1] ?? 0;
    return byte === opening[matched] ? matched + 1 : matched;
  };
  for (let at = 1; at < opening.length; at++) {
    fallbacks.push(extend(opening[at], fallbacks[at - 1] ?? 0));
  }
  const last = opening.length - 1;
  /** By the byte where a match would end: so many places further on, at least, is the next that may be one (Horspool). */
  const skips = new Uint8Array(256).fill(opening.length);
  for (const [at, byte] of opening.entries()) skips[byte] = last - at;
  return (bytes, from) => {
    let matched = 0;
    let at = from;
    while (at < bytes.length && matched < opening.length) {
      if (matched === 0) {
        while (at + last < bytes.length) {
          const skip = skips[bytes[at + last] as number] as number;
          if (skip === 0) break;
          at += skip;
        }
        at = bytes.indexOf(dash, at);
        if (at === -1) at = bytes.length - 1;
      }
      matched = extend(bytes[at], matched);
      at++;
    }
    const start = at - matched;
    const afterBreak = start - from >= 2 && endsInLineBreak(bytes, start);
    if (matched === opening.length && !afterBreak) throw strayBoundary();
    if (afterBreak) return start - 2;
    return matched === 0 && start > from && bytes[start - 1] === carriageReturn ? start - 1 : start;
  };
}

const endsInLineBreak = (bytes: Uint8Array, end: number) =>
  bytes[end - 2] === carriageReturn && bytes[end - 1] === lineFeed;

function strayBoundary(): FormatError {
  return new FormatError('The boundary stands in the content of a part. Use another boundary');
}

function checkContent(part: PartHeader, slice: Uint8Array): void {
  if (part.isNameless) throw new FormatError(`The file ${part.name} has no file name`);
  if (part.isAscii && slice.some((byte) => byte > 127)) {
    throw new FormatError(`The field ${part.name} is not ASCII, as its charset says`);
  }
}

function indexOfBlankLine(bytes: Uint8Array, from: number): number {
  const blank = Uint8Array.of(carriageReturn, lineFeed, carriageReturn, lineFeed);
  for (let at = bytes.indexOf(carriageReturn, from); at !== -1; ) {
    if (matches(bytes, at, blank)) return at;
    at = bytes.indexOf(carriageReturn, at + 1);
  }
  return -1;
}

function matches(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  if (bytes.length - at < expected.length) return false;
  for (let index = 0; index < expected.length; index++) {
    if (bytes[at + index] !== expected[index]) return false;
  }
  return true;
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
