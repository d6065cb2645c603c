import { createJsonStringReader, findStop } from './json-string';
import type { StringSink } from './json-string-collector';
import { JsonSyntaxError } from './json-syntax-error';

/** Where a lifted string goes: its unescaped bytes, and whether all of them have come. */
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
/** A string of so many bytes is long: whether it is lifted is decided then. */
const longBytes = 16 * 1024;
/** A control character, which no JSON string has: nobody can take what broke off for a whole. */
const brokenMark = Uint8Array.of(1);
/** How much of a long string is looked at, in characters. */
const headCharacters = 512;

/**
 * Takes the long strings of one kind out of JSON text that passes, in time linear in its bytes: a
 * picture of 30 MB in one line never is a string. What is left is small, so any parser may read it.
 * A raw line break ends every string, which no JSON string survives: so the text may as well be
 * events of JSON, and one that broke off does not swallow the next.
 * @param pass takes the text on, with the token for the inside of a lifted string; the slice is valid
 * only during the call
 * @param open asked once for every long string, by its first characters; a sink lifts it
 */
export function createStringLift(
  pass: (text: Uint8Array) => void,
  open: (head: string) => { token: string; sink: LiftSink } | undefined,
): StringLift {
  const encoder = new TextEncoder();
  /** Outside of strings, in one of which it is not known yet, in one that passes, in a lifted one. */
  let place: 'outside' | 'begun' | 'passing' | 'lifted' = 'outside';
  let isEscaped = false;
  const held = new Uint8Array(longBytes);
  let heldBytes = 0;
  let strings = createJsonStringReader();
  let sink: LiftSink | undefined;

  /** The place after the string's closing quote or broken end, or the length if it goes on. */
  const skipString = (chunk: Uint8Array, from: number): number => {
    let at = from;
    while (at < chunk.length) {
      if (isEscaped) {
        isEscaped = false;
        at++;
        continue;
      }
      at = findStop(chunk, at);
      const byte = chunk[at];
      if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE || byte === 0x0a || byte === 0x0d) {
        place = 'outside';
        return at + 1;
      }
      if (at < chunk.length) at++;
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
      if (!(error instanceof JsonSyntaxError)) throw error;
      endLifted(false);
      pass(brokenMark);
      place = 'passing';
      return Math.max(from, error.offset);
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
      // What stands before this has been passed on, held or lifted.
      let passed = 0;
      while (at < chunk.length) {
        if (place === 'outside') {
          const quote = chunk.indexOf(QUOTE, at);
          at = quote < 0 ? chunk.length : quote + 1;
          if (quote < 0) break;
          pass(chunk.subarray(passed, at));
          passed = at;
          place = 'begun';
        } else if (place === 'begun') {
          at = readBegun(chunk, at);
          passed = at;
        } else if (place === 'passing') {
          at = skipString(chunk, at);
        } else {
          at = readLifted(chunk, at);
          passed = at;
          // The closing quote is the text's again, and no opening one.
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
