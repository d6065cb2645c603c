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
      // The new line that ends the header begins a line too.
      if (length === 0 && startsLike(bytes, at, opening)) {
        if (bytes.length - at < opening.length) return at;
        throw strayBoundary();
      }
      const end = indexOfDelimiter(bytes, at, delimiter);
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
 * Where the next whole delimiter begins, else where a cut one might, else the end of the bytes.
 * @throws FormatError at a boundary after half a line break, which some readers take for a delimiter
 */
function indexOfDelimiter(bytes: Uint8Array, from: number, delimiter: Uint8Array): number {
  const opening = delimiter.subarray(2);
  const next = (byte: number, at: number) => {
    const found = bytes.indexOf(byte, at);
    return found === -1 ? bytes.length : found;
  };
  let feed = next(lineFeed, from);
  let carriage = next(carriageReturn, from);
  for (;;) {
    const at = Math.min(feed, carriage);
    if (at === bytes.length) return at;
    if (at === carriage && startsLike(bytes, at, delimiter)) return at;
    if (startsLike(bytes, at + 1, opening)) {
      if (bytes.length - at - 1 < opening.length) return at;
      throw strayBoundary();
    }
    if (at === carriage) carriage = next(carriageReturn, at + 1);
    else feed = next(lineFeed, at + 1);
  }
}

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

/** Whether the bytes from `at` on are those expected, as far as there are any. */
function startsLike(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  const rest = bytes.length - at;
  return matches(bytes, at, rest < expected.length ? expected.subarray(0, rest) : expected);
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
