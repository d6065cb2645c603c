import { FormatError, unexpectedByte } from './format-error';
import { createJsonStringReader, type StringSink } from './json-string';
import { LongString } from './long-string';

export { LongString, type StringSink };

/** Keys and indices from the top value to one inside it. */
export type JsonPath = readonly (string | number)[];

/** What a reader builds. Objects have no prototype, so any key is a plain property of its own. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | LongString
  | JsonValue[]
  | { [key: string]: JsonValue };

export interface JsonReaderOptions {
  /** Strings of more UTF-8 bytes become a LongString; 16,384 unless told. */
  keepStringBytes?: number;
  /** Arrays and objects within one another; 64 unless told. */
  maxDepth?: number;
  /** Values of every kind, arrays and objects included; 200,000 unless told. */
  maxValues?: number;
  /**
   * Control characters in what is neither kept nor given to a sink that checks them are let through:
   * whoever reads the string will find them. Twenty times as fast where the chunks are Buffers.
   */
  passesUnseen?: boolean;
  /**
   * Asked at the opening quote of every string that is a value. A string given a sink goes to the
   * sink and stands in the tree as a LongString.
   */
  openString?: (path: JsonPath) => StringSink | undefined;
}

export interface JsonReader {
  /**
   * Reads on. The chunk may be cut anywhere and is not kept.
   * @throws FormatError, again at every later call; what a sink throws passes through likewise
   */
  write(chunk: Uint8Array): void;
  /**
   * Says that nothing more comes.
   * @throws FormatError if the text is not complete
   */
  end(): JsonValue;
  /** Whether the top value is complete; a number at the top is so only at the end. */
  readonly ended: boolean;
}

const maxKeyBytes = 1024;
const maxNumberBytes = 64;
const numberSyntax = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const byteOrderMark = [0xef, 0xbb, 0xbf];
const numberBytes = new Set(new TextEncoder().encode('0123456789+-.eE'));
const isSpace = (byte: number | undefined) =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const literals = new Map<number, [word: string, value: JsonValue]>([
  [0x74, ['true', true]],
  [0x66, ['false', false]],
  [0x6e, ['null', null]],
]);

/** What may come next between two tokens, as the error messages name it. */
const expectations = {
  start: 'JSON',
  value: 'a value',
  firstItem: 'a value or "]"',
  firstKey: 'a key or "}"',
  key: 'a key',
  colon: '":"',
  afterItem: '"," or "]"',
  afterField: '"," or "}"',
  finished: 'the end',
};

type Frame = { array: JsonValue[] } | { object: { [key: string]: JsonValue }; key: string };

/**
 * A strict JSON reader (RFC 8259) for bytes that arrive cut anywhere. It builds the value without
 * its long strings, in linear time, and what it holds is bounded by its options alone. Stricter
 * than `JSON.parse`: no key twice in an object, none over 1,024 bytes, no number over 64. Laxer: a
 * byte order mark may stand first (§8.1 allows ignoring it), and surrogates alone become U+FFFD.
 */
export function createJsonReader({
  keepStringBytes = 16_384,
  maxDepth = 64,
  maxValues = 200_000,
  passesUnseen = false,
  openString,
}: JsonReaderOptions = {}): JsonReader {
  const strings = createJsonStringReader({ passesUnseen });
  const frames: Frame[] = [];
  let expected: keyof typeof expectations = 'start';
  let token: 'none' | 'string' | 'number' | 'literal' = 'none';
  let tokenStart = 0;
  /** What was read of a number, or what is still to come of a literal. */
  let letters = '';
  let literal: JsonValue = null;
  let top: JsonValue = null;
  let values = 0;
  let markBytes = 0;
  /** Bytes before the current chunk. */
  let base = 0;
  let failure: unknown;

  const fail = (message: string, offset: number) => new FormatError(message, offset);

  /** Puts a value where it belongs; arrays and objects are put there while they are empty. */
  const place = (value: JsonValue) => {
    const frame = frames.at(-1);
    if (!frame) top = value;
    else if ('array' in frame) frame.array.push(value);
    else frame.object[frame.key] = value;
  };

  const expectNext = () => {
    const frame = frames.at(-1);
    expected = !frame ? 'finished' : 'array' in frame ? 'afterItem' : 'afterField';
  };

  const enter = (frame: Frame, offset: number) => {
    if (frames.length >= maxDepth) {
      throw fail(`More than ${maxDepth} levels of nesting at byte ${offset}`, offset);
    }
    place('array' in frame ? frame.array : frame.object);
    frames.push(frame);
    expected = 'array' in frame ? 'firstItem' : 'firstKey';
  };

  const expectsKey = () => expected === 'key' || expected === 'firstKey';

  const beginString = (offset: number) => {
    token = 'string';
    tokenStart = offset;
    if (expectsKey()) {
      strings.open({ offset, keepBytes: maxKeyBytes, maxBytes: maxKeyBytes });
      return;
    }
    const sink = openString?.(
      // In an outer array the one that is open already has its place.
      frames.map((frame, level) =>
        'array' in frame ? frame.array.length - (level < frames.length - 1 ? 1 : 0) : frame.key,
      ),
    );
    strings.open({ offset, keepBytes: keepStringBytes, sink });
  };

  const endString = () => {
    const text = strings.close();
    token = 'none';
    const frame = frames.at(-1);
    if (!expectsKey() || !frame || 'array' in frame || text instanceof LongString) {
      place(text);
      expectNext();
      return;
    }
    if (text in frame.object) {
      throw fail(`Duplicate key ${JSON.stringify(text)} at byte ${tokenStart}`, tokenStart);
    }
    frame.key = text;
    expected = 'colon';
  };

  const endNumber = () => {
    if (!numberSyntax.test(letters)) {
      throw fail(`Malformed number ${letters} at byte ${tokenStart}`, tokenStart);
    }
    place(Number(letters));
    token = 'none';
    expectNext();
  };

  const beginValue = (byte: number, offset: number): boolean => {
    if (expected !== 'value' && expected !== 'firstItem' && expected !== 'start') return false;
    const word = literals.get(byte);
    const isNumber = byte === 0x2d || (byte >= 0x30 && byte <= 0x39);
    if (!word && !isNumber && byte !== 0x22 && byte !== 0x5b && byte !== 0x7b) return false;
    values++;
    if (values > maxValues) throw fail(`More than ${maxValues} values at byte ${offset}`, offset);
    if (byte === 0x22) beginString(offset);
    else if (byte === 0x5b) enter({ array: [] }, offset);
    else if (byte === 0x7b) enter({ object: Object.create(null), key: '' }, offset);
    else {
      tokenStart = offset;
      token = word ? 'literal' : 'number';
      letters = word ? word[0].slice(1) : String.fromCharCode(byte);
      literal = word ? word[1] : null;
    }
    return true;
  };

  /** The punctuation of arrays and objects; false if the byte is none that fits. */
  const punctuate = (byte: number): boolean => {
    const closes =
      byte === 0x5d
        ? expected === 'afterItem' || expected === 'firstItem'
        : byte === 0x7d && (expected === 'afterField' || expected === 'firstKey');
    if (closes) {
      frames.pop();
      expectNext();
    } else if (byte === 0x3a && expected === 'colon') expected = 'value';
    else if (byte === 0x2c && expected === 'afterItem') expected = 'value';
    else if (byte === 0x2c && expected === 'afterField') expected = 'key';
    else return false;
    return true;
  };

  /** One byte between two tokens. */
  const readStructure = (byte: number, offset: number) => {
    const inMark = markBytes > 0 && markBytes < byteOrderMark.length;
    if (offset === markBytes && byte === byteOrderMark[offset]) markBytes++;
    else if (inMark) throw unexpectedByte(byte, offset, 'the rest of a byte order mark');
    else if (byte === 0x22 && expectsKey()) beginString(offset);
    else if (!beginValue(byte, offset) && !punctuate(byte)) {
      throw unexpectedByte(byte, offset, expectations[expected]);
    }
  };

  const read = (chunk: Uint8Array) => {
    let at = 0;
    while (at < chunk.length) {
      const byte = chunk[at] as number;
      if (token === 'string') {
        at = strings.read(chunk, at, base);
        if (at < chunk.length) endString();
        at++;
      } else if (token === 'number' && numberBytes.has(byte)) {
        if (letters.length === maxNumberBytes) {
          throw fail(`Number at byte ${tokenStart} is longer than 64 bytes`, tokenStart);
        }
        letters += String.fromCharCode(byte);
        at++;
      } else if (token === 'number') {
        endNumber();
      } else if (token === 'literal') {
        if (byte !== letters.charCodeAt(0)) {
          throw unexpectedByte(byte, base + at, JSON.stringify(letters));
        }
        letters = letters.slice(1);
        at++;
        if (letters === '') {
          place(literal);
          token = 'none';
          expectNext();
        }
      } else if (isSpace(byte)) {
        do at++;
        while (isSpace(chunk[at]));
      } else {
        readStructure(byte, base + at);
        at++;
      }
    }
    base += chunk.length;
  };

  /** An error is final: what was read before it must not be taken for a whole. */
  const guarded = (step: () => void) => {
    if (failure) throw failure;
    try {
      step();
    } catch (error) {
      failure = error;
      throw error;
    }
  };

  return {
    write: (chunk) => guarded(() => read(chunk)),
    end() {
      guarded(() => {
        if (token === 'number') endNumber();
        if (expected === 'finished') return;
        const wanted =
          token === 'string'
            ? 'the rest of a string'
            : token === 'literal'
              ? JSON.stringify(letters)
              : expectations[expected];
        throw fail(`Unexpected end at byte ${base}: ${wanted} was expected`, base);
      });
      return top;
    },
    get ended() {
      return expected === 'finished';
    },
  };
}
