import { FormatError, unexpectedByte } from './format-error';
import { LongString } from './long-string';

const simpleEscapes = new Map(
  ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t'].map((pair) => [
    pair.charCodeAt(0),
    Uint8Array.of(pair.charCodeAt(1)),
  ]),
);

/**
 * Index of the first byte from `from` on that a JSON string cannot contain as it is (a quote, a
 * backslash, a control character), or the length. Four bytes at a time, by the "haszero" and
 * "hasless" tests of Bit Twiddling Hacks: `indexOf` for each of them would take twice as long and
 * would scan far ahead for every short string.
 */
export function findStop(bytes: Uint8Array, from: number): number {
  const isStop = (byte: number) => byte === 0x22 || byte === 0x5c || byte < 0x20;
  let at = from;
  // Short runs end before the view is made; words must stand on multiples of 4.
  const aligned = Math.min(bytes.length, at + 64 - ((bytes.byteOffset + at) & 3));
  for (; at < aligned; at++) if (isStop(bytes[at] as number)) return at;
  if (at === bytes.length) return at;
  const count = (bytes.length - at) >> 2;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, count);
  let index = 0;
  for (; index < count; index++) {
    const word = words[index] as number;
    const quote = word ^ 0x22222222;
    const backslash = word ^ 0x5c5c5c5c;
    const hits =
      ((word - 0x20202020) & ~word) |
      ((quote - 0x01010101) & ~quote) |
      ((backslash - 0x01010101) & ~backslash);
    if (hits & 0x80808080) break;
  }
  for (at += index * 4; at < bytes.length; at++) if (isStop(bytes[at] as number)) return at;
  return at;
}

const hexDigits = Int8Array.from({ length: 256 }, (_, byte) => {
  const digit = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? -1 : digit;
});

/**
 * Reads the inside of one JSON string after the other (RFC 8259 §7), from bytes cut anywhere.
 * Escapes are resolved; a surrogate without its partner becomes U+FFFD, as everywhere on the Web.
 * @param passesUnseen control characters are let through where nothing is kept or handed on
 */
export function createJsonStringReader({ passesUnseen = false } = {}) {
  const collector = createStringCollector();
  const encoded = new Uint8Array(4);
  let opened = 0;
  let longest = Number.POSITIVE_INFINITY;
  /** Where in an escape: 0 outside, 1 after the backslash, 2–5 before the hex digits of `\u`. */
  let step = 0;
  let unit = 0;
  /** A high surrogate that waits for the low one. */
  let high = 0;

  const add = (slice: Uint8Array) => {
    collector.add(slice);
    if (collector.length > longest) {
      throw new FormatError(`Key at byte ${opened} is longer than ${longest} bytes`, opened);
    }
  };
  /** By hand: a TextEncoder takes ten times as long for one character. */
  const addCodePoint = (code: number) => {
    let length = 1;
    if (code < 0x80) encoded[0] = code;
    else {
      length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      for (let at = length - 1; at > 0; at--)
        encoded[at] = 0x80 | ((code >> (6 * (length - 1 - at))) & 0x3f);
      encoded[0] = ((0xf00 >> length) & 0xff) | (code >> (6 * (length - 1)));
    }
    add(encoded.subarray(0, length));
  };
  const dropHigh = () => {
    if (high !== 0) addCodePoint(0xfffd);
    high = 0;
  };
  const addUnit = () => {
    const isLow = unit >= 0xdc00 && unit <= 0xdfff;
    if (high !== 0 && isLow) {
      addCodePoint(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
      high = 0;
      return;
    }
    dropHigh();
    if (unit >= 0xd800 && unit <= 0xdbff) high = unit;
    else addCodePoint(isLow ? 0xfffd : unit);
  };

  /** One byte of an escape. */
  const readEscape = (byte: number, offset: number) => {
    if (step === 1) {
      if (byte === 0x75) {
        step = 2;
        unit = 0;
        return;
      }
      const meaning = simpleEscapes.get(byte);
      if (meaning === undefined) throw unexpectedByte(byte, offset, 'an escape');
      dropHigh();
      add(meaning);
      step = 0;
      return;
    }
    const digit = hexDigits[byte] as number;
    if (digit < 0) throw unexpectedByte(byte, offset, 'a hex digit');
    unit = unit * 16 + digit;
    step = step === 5 ? 0 : step + 1;
    if (step === 0) addUnit();
  };

  return {
    /**
     * Begins a string.
     * @param offset of its opening quote, in bytes, for errors
     * @param keepBytes longer ones become a LongString
     * @param maxBytes longer ones are an error
     */
    open({
      offset,
      keepBytes,
      maxBytes = Number.POSITIVE_INFINITY,
      sink,
    }: {
      offset: number;
      keepBytes: number;
      maxBytes?: number;
      sink?: StringSink | undefined;
    }) {
      opened = offset;
      longest = maxBytes;
      collector.start(offset, keepBytes, sink);
    },

    /**
     * Reads on from `from`.
     * @param base bytes of the whole text before this chunk
     * @returns the index of the closing quote, or the chunk's length if the string goes on
     * @throws FormatError for control characters, wrong escapes, a string over `maxBytes`
     */
    read(chunk: Uint8Array, from: number, base: number): number {
      let at = from;
      let quote = -1;
      /** The next quote or backslash, searched for natively where the chunk is a Buffer. */
      const findEscape = () => {
        if (quote < at) quote = indexOrEnd(chunk, 0x22, at);
        return at + indexOrEnd(chunk.subarray(at, quote), 0x5c, 0);
      };
      while (at < chunk.length) {
        if (step > 0) {
          readEscape(chunk[at] as number, base + at);
          at++;
          continue;
        }
        const isUnseen = passesUnseen && collector.isUnseen;
        const stop = isUnseen ? findEscape() : findStop(chunk, at);
        const byte = chunk[stop];
        if (stop > at || byte === 0x22) dropHigh();
        if (stop > at) add(chunk.subarray(at, stop));
        if (byte === undefined || byte === 0x22) return stop;
        if (byte !== 0x5c) throw unexpectedByte(byte, base + stop, 'an escaped character');
        step = 1;
        at = stop + 1;
      }
      return at;
    },

    /**
     * The string, once its closing quote was reached.
     * @throws FormatError if it is kept and not UTF-8
     */
    close: () => collector.finish(),
  };
}

function indexOrEnd(bytes: Uint8Array, byte: number, from: number): number {
  const index = bytes.indexOf(byte, from);
  return index === -1 ? bytes.length : index;
}

/** Receives the unescaped UTF-8 bytes of one string, which are not checked for bad UTF-8. */
export interface StringSink {
  /** The next bytes, valid only during the call: a sink that keeps them copies them. */
  write(bytes: Uint8Array): void;
  /** The string is complete. Not called if the text breaks off or turns out malformed. */
  end(): void;
  /** Once true, the sink gets no more of the string, nor its end. */
  readonly satisfied?: boolean;
  /** Whether control characters may pass to it; with `passesUnseen`, that is as fast as no sink. */
  readonly isUnchecked?: boolean;
}

const headBytes = 64;
/** Slices shorter than this are gathered, so that `\/` in base64 does not cut it into crumbs. */
const shortSlice = 512;
const gatherBytes = 8192;

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Keeps the beginning of a string, and passes all of it to a sink if there is one. */
function createStringCollector() {
  let held = new Uint8Array(256);
  let opened = 0;
  let total = 0;
  let keep = 0;
  let sink: StringSink | undefined;
  let gathered: Uint8Array | undefined;
  let gatheredLength = 0;

  const hand = (bytes: Uint8Array) => {
    sink?.write(bytes);
    if (sink?.satisfied) sink = undefined;
  };
  const flush = () => {
    if (gathered && gatheredLength > 0) hand(gathered.subarray(0, gatheredLength));
    gatheredLength = 0;
  };

  return {
    start(offset: number, keepBytes: number, target: StringSink | undefined) {
      opened = offset;
      total = 0;
      keep = target ? 0 : keepBytes;
      sink = target;
    },

    add(slice: Uint8Array) {
      const room = Math.max(keep, headBytes) - total;
      if (room > 0) {
        const part = slice.length > room ? slice.subarray(0, room) : slice;
        if (total + part.length > held.length) {
          const larger = new Uint8Array((total + part.length) * 2);
          larger.set(held.subarray(0, total));
          held = larger;
        }
        held.set(part, total);
      }
      total += slice.length;
      if (!sink) return;
      if (slice.length >= shortSlice || gatheredLength + slice.length > gatherBytes) flush();
      if (slice.length >= shortSlice) {
        hand(slice);
      } else {
        gathered ??= new Uint8Array(gatherBytes);
        gathered.set(slice, gatheredLength);
        gatheredLength += slice.length;
      }
    },

    get length() {
      return total;
    },

    /** Nobody looks at the control characters in what is still to come. */
    get isUnseen() {
      return (!sink || sink.isUnchecked === true) && total > keep && total >= headBytes;
    },

    finish(): string | LongString {
      if (!sink && total <= keep) {
        try {
          return strictDecoder.decode(held.subarray(0, total));
        } catch {
          throw new FormatError(`The string at byte ${opened} is not UTF-8`, opened);
        }
      }
      flush();
      sink?.end();
      sink = undefined;
      // A decoder that expects more holds back a character that is cut.
      const head = new TextDecoder('utf-8', { ignoreBOM: true });
      const first = held.subarray(0, Math.min(total, headBytes));
      return new LongString(total, head.decode(first, { stream: total > headBytes }));
    },
  };
}
