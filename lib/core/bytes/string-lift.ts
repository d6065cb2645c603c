import { FormatError } from './format-error';
import type { StringSink } from './json-string';
import { createJsonStringReader, findStop } from './json-string';

/** Receives a lifted string as unescaped UTF-8 bytes. */
export interface LiftSink extends Omit<StringSink, 'end'> {
  /** @param isWhole false if the string broke off */
  end(isWhole: boolean): void;
}

export interface StringLift {
  /** Reads on; the chunk may be cut anywhere and is not kept. */
  write(chunk: Uint8Array): void;
  /** Says that nothing more comes. */
  end(): void;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** From so many bytes on a string is long, and `open` decides whether it is lifted. */
const longBytes = 16 * 1024;
/** A control character, which JSON forbids in strings: a string that broke off can't be parsed. */
const brokenMark = Uint8Array.of(1);
/** How much of a long string `open` is shown, in characters. */
const headCharacters = 512;

/**
 * Takes long strings out of JSON text as it passes, so that a picture of 30 MB in one line is never held
 * as a string. What is left is small enough for any parser. The time is linear in the bytes. The text may
 * also be a stream of events with JSON in them: a raw line break, which JSON forbids in strings, ends a
 * string, so that an event that broke off does not swallow the next one.
 * @param pass is given the text, with a token in place of each lifted string; the slice is valid only
 * during the call
 * @param open is asked once about every long string, by its first characters; what it gives a sink is
 * lifted
 */
export function createStringLift(
  pass: (text: Uint8Array) => void,
  open: (head: string) => { token: string; sink: LiftSink } | undefined,
): StringLift {
  const encoder = new TextEncoder();
  /** Outside of strings; in one that may still turn out long; in one that passes; in a lifted one. */
  let place: 'outside' | 'begun' | 'passing' | 'lifted' = 'outside';
  let isEscaped = false;
  const held = new Uint8Array(longBytes);
  let heldBytes = 0;
  let strings = createJsonStringReader();
  let sink: LiftSink | undefined;

  /**
   * The place after the string's closing quote or broken end. If it does not end before `to`, at least
   * `to`; then the place stays inside of it.
   */
  const skipString = (chunk: Uint8Array, from: number, to = chunk.length): number => {
    let at = from;
    while (at < to) {
      if (isEscaped) {
        isEscaped = false;
        at++;
        continue;
      }
      at = findStop(chunk, at);
      if (at >= to) return at;
      const byte = chunk[at];
      if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE || byte === 0x0a || byte === 0x0d) {
        place = 'outside';
        return at + 1;
      }
      at++;
    }
    return at;
  };

  /** Holds the beginning of a string until it has ended or is long. */
  const readBegun = (chunk: Uint8Array, from: number): number => {
    const room = chunk.subarray(from, from + longBytes - heldBytes);
    const end = from + skipString(room, 0);
    held.set(chunk.subarray(from, end), heldBytes);
    heldBytes += end - from;
    if (place === 'outside') passHeld();
    else if (heldBytes === longBytes) decide();
    return end;
  };

  const passHeld = () => {
    pass(held.subarray(0, heldBytes));
    heldBytes = 0;
  };

  const decide = () => {
    const start = held.subarray(0, heldBytes);
    const lifted = open(headOf(start));
    if (!lifted) {
      place = 'passing';
      return passHeld();
    }
    place = 'lifted';
    ({ sink } = lifted);
    pass(encoder.encode(lifted.token));
    strings = createJsonStringReader();
    strings.open({
      offset: 0,
      keepBytes: 0,
      sink: { write: (bytes) => sink?.write(bytes), end() {} },
    });
    heldBytes = 0;
    readLifted(start, 0);
  };

  const readLifted = (chunk: Uint8Array, from: number): number => {
    try {
      const end = strings.read(chunk, from, 0);
      if (end < chunk.length) {
        strings.close();
        endLifted(true);
      }
      return end;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      endLifted(false);
      pass(brokenMark);
      place = 'passing';
      return Math.max(from, error.offset ?? from);
    }
  };

  const hasEnded = () => place === 'outside';

  const endLifted = (isWhole: boolean) => {
    place = 'outside';
    isEscaped = false;
    sink?.end(isWhole);
    sink = undefined;
  };

  return {
    write(chunk) {
      let at = 0;
      // Everything before this place has been passed on, held or lifted.
      let passed = 0;
      while (at < chunk.length) {
        if (place === 'outside') {
          const quote = chunk.indexOf(QUOTE, at);
          at = quote < 0 ? chunk.length : quote + 1;
          if (quote < 0) break;
          place = 'begun';
          const end = skipString(chunk, at, Math.min(chunk.length, at + longBytes));
          if (hasEnded()) {
            // A short string in one piece passes with the text round it.
            at = end;
            continue;
          }
          isEscaped = false;
          pass(chunk.subarray(passed, at));
          passed = at;
        } else if (place === 'begun') {
          at = readBegun(chunk, at);
          passed = at;
        } else if (place === 'passing') {
          at = skipString(chunk, at);
        } else {
          at = readLifted(chunk, at);
          passed = at;
          // The closing quote belongs to the text again; it must not be taken for an opening one.
          if (hasEnded()) at++;
        }
      }
      if (place !== 'lifted' && place !== 'begun' && passed < at) pass(chunk.subarray(passed, at));
    },
    end() {
      if (place === 'begun') passHeld();
      if (place === 'lifted') endLifted(false);
      place = 'outside';
    },
  };
}

function headOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, headCharacters * 6), { stream: true });
  return text.replaceAll('\\/', '/').slice(0, headCharacters);
}
