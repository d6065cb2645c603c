import { FormatError } from './format-error';

/** Stands in the tree for a string that was too long to keep, or that went to a sink. */
export class LongString {
  constructor(
    /** Length of the whole string, unescaped, in UTF-8 bytes. */
    readonly byteLength: number,
    /** Its first characters: at most 64 bytes of UTF-8, never half a character. */
    readonly head: string,
  ) {}
}

/** Receives the unescaped UTF-8 bytes of one string, which are not checked for bad UTF-8. */
export interface StringSink {
  /** The next bytes, valid only during the call: a sink that keeps them copies them. */
  write(bytes: Uint8Array): void;
  /** The string is complete. Not called if the text breaks off or turns out malformed. */
  end(): void;
  /** Once true, the sink gets no more of the string, nor its end. */
  readonly satisfied?: boolean;
}

const headBytes = 64;
/** Slices shorter than this are gathered, so that `\/` in base64 does not cut it into crumbs. */
const shortSlice = 512;
const gatherBytes = 8192;

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Keeps the beginning of a string, and passes all of it to a sink if there is one. */
export function createStringCollector() {
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

    /** Nothing of what is still to come is kept or handed on. */
    get isSatisfied() {
      return !sink && total > keep && total >= headBytes;
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
