import { FormatError } from './format-error';

/** What a part says of itself. */
export interface PartHeader {
  name: string;
  /** Parts with a file name are files. */
  isFile: boolean;
}

/** Receives the parts as they pass; `data` slices are valid only during the call. */
export interface PartSink {
  open(header: PartHeader): void;
  data(slice: Uint8Array): void;
  close(): void;
}

type ScanState = 'start' | 'delimited' | 'header' | 'body' | 'over';

const maxHeaderBytes = 8192;
const carriageReturn = 13;
const lineFeed = 10;
const dash = 45;
const underscore = 95;
const noBytes = new Uint8Array(0);

/** The boundary of a `multipart/form-data` content type (RFC 2046 §5.1.1), if it has a legal one. */
export function boundaryOf(contentType: string): string | undefined {
  const match = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  return boundary !== undefined && /^[\w'()+,./:=? -]{1,70}$/.test(boundary) ? boundary : undefined;
}

/**
 * Reads a `multipart/form-data` body as it passes (RFC 7578), in any pieces. It is a filter, not
 * only a reader, because one thing is changed on the way: bytes of a file name that could do harm
 * where somebody uses it as a path or header become `_`, in place, so that the length stays.
 * Stricter than the RFC where leniency would let two readers see different parts: no preamble, no
 * epilogue, no folded headers.
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
  let state: ScanState = 'start';
  let kept = noBytes;

  // Each step looks at `bytes` from `at`, and returns how far it got; the same place: needs more.
  const steps: Record<ScanState, (bytes: Uint8Array, at: number) => number> = {
    start(bytes, at) {
      const opening = delimiter.subarray(2);
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
      sink.open(readPartHeader(bytes.subarray(at, end)));
      state = 'body';
      return end + 4;
    },
    body(bytes, at) {
      const end = indexOfDelimiter(bytes, at, delimiter);
      if (end > at) sink.data(bytes.subarray(at, end));
      if (!matches(bytes, end, delimiter)) return end;
      sink.close();
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
      // Copied: `slice` of a Buffer would be a view.
      kept = new Uint8Array(bytes.subarray(at));
      return bytes.subarray(0, at);
    },
    end() {
      if (state !== 'over') throw new FormatError('The body ends before its last boundary');
    },
  };
}

/** Where the next whole delimiter begins, else where a cut one might, else the end of the bytes. */
function indexOfDelimiter(bytes: Uint8Array, from: number, delimiter: Uint8Array): number {
  let at = bytes.indexOf(carriageReturn, from);
  while (at !== -1) {
    const rest = bytes.length - at;
    const known = rest < delimiter.length ? delimiter.subarray(0, rest) : delimiter;
    if (matches(bytes, at, known)) return at;
    at = bytes.indexOf(carriageReturn, at + 1);
  }
  return bytes.length;
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

/** Reads a part's header block and overwrites harmful bytes of its file name where it stands. */
function readPartHeader(block: Uint8Array): PartHeader {
  // One character per byte, so that places in the text are places in the block.
  const text = Array.from(block, (byte) => String.fromCharCode(byte)).join('');
  const lines = text.split('\r\n');
  const isLine = (line: string) => /^[!#$%&'*+.^_`|~\w-]+:[^\r\n\0]*$/.test(line);
  if (!lines.every(isLine)) throw new FormatError('A part has a malformed header');
  const disposition = only(lines, 'content-disposition');
  if (disposition === undefined || !/^[^:]+:\s*form-data\s*(;|$)/i.test(disposition)) {
    throw new FormatError('A part lacks "Content-Disposition: form-data" with a name');
  }
  const encoding = only(lines, 'content-transfer-encoding')?.split(':')[1]?.trim();
  if (encoding !== undefined && !/^(7bit|8bit|binary)$/i.test(encoding)) {
    throw new FormatError(`A part has Content-Transfer-Encoding ${encoding}; send it unencoded`);
  }
  const start = text.indexOf(disposition);
  return readDisposition(disposition, block.subarray(start, start + disposition.length));
}

function only(lines: string[], name: string): string | undefined {
  const found = lines.filter((line) => line.toLowerCase().startsWith(`${name}:`));
  if (found.length > 1) throw new FormatError(`A part has the header ${name} twice`);
  return found[0];
}

// One parameter: a token, or a quoted string in which a backslash takes the next byte along.
const parameter = /;\s*([\w!#$&+.^`|~*-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))\s*(?=;|$)/g;

function readDisposition(disposition: string, bytes: Uint8Array): PartHeader {
  let name: string | undefined;
  let isFile = false;
  let read = disposition.indexOf(';');
  for (const match of disposition.matchAll(parameter)) {
    if (match.index !== read) break;
    read += match[0].length;
    const key = match[1]?.toLowerCase();
    const value = match[2] ?? match[3] ?? '';
    if (key === 'name') {
      if (name !== undefined) throw new FormatError('A part has two names');
      name = value;
    } else if (key === 'filename' || key === 'filename*') {
      isFile = true;
      const at = match.index + match[0].lastIndexOf(value);
      overwriteHarmful({
        name: bytes.subarray(at, at + value.length),
        extended: key.endsWith('*'),
      });
    }
  }
  const isWhole = read === -1 ? false : disposition.slice(read).trim() === '';
  if (!isWhole || name === undefined || !/^[\w.[\]-]{1,100}$/.test(name)) {
    throw new FormatError('A part has no valid name');
  }
  return { name, isFile };
}

// Path separators, quotes, escapes, what Windows forbids, control characters, and names made of
// dots; in an extended name (`filename*`) the percent sign too, which can spell all of these.
function overwriteHarmful({ name, extended }: { name: Uint8Array; extended: boolean }): void {
  const isDots = name.every((byte) => byte === 46);
  for (const [index, byte] of name.entries()) {
    const isHarmful = byte < 32 || byte === 127 || '"\\/:<>|?*'.includes(String.fromCharCode(byte));
    if (isHarmful || isDots || (extended && byte === 37)) name[index] = underscore;
  }
}
