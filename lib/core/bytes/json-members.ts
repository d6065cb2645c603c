import { FormatError } from './format-error';
import { findStop } from './json-string';

// A name has 1,024 bytes at most, each written as `\u0061` at worst.
const maxLeadBytes = 16 * 1024;
const space = 0x20;
const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
const isOpening = (byte: number) => byte === 0x7b || byte === 0x5b;
const isClosing = (byte: number) => byte === 0x7d || byte === 0x5d;
const isSpace = (byte: number) => byte === space || byte === 0x0a || byte === 0x0d || byte === 0x09;
const noBytes = new Uint8Array(0);

/**
 * Leaves members of a JSON object out as it passes, in any pieces: those of the top level that are
 * `null`, and those that `isDropped` names. They are overwritten with spaces, with one comma each, so
 * that the length stays.
 * @param insert goes in after the opening brace; it ends in a comma, so that a member has to remain
 * @returns takes the next bytes of a text that a reader of JSON has let pass, and gives those that may
 * go on. It keeps what stands between two values at the top level until the next value begins.
 * @throws FormatError if that has over 16 KiB
 */
export function createMemberFilter({
  isDropped,
  insert = noBytes,
}: {
  isDropped: (name: string) => boolean;
  insert?: Uint8Array;
}): (chunk: Uint8Array) => Uint8Array {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let kept = noBytes;
  let depth = 0;
  let inString = false;
  let isEscaped = false;
  /** Where before a value of the top level; a lead is its comma, its name and its colon. */
  let lead: 'none' | 'name' | 'colon' = 'none';
  let isBlanked = false;
  let hasMember = false;

  return (chunk) => {
    const bytes = new Uint8Array(kept.length + chunk.length);
    bytes.set(kept);
    bytes.set(chunk, kept.length);
    let leadAt = 0;
    let insertAt: number | undefined;

    const beginLead = (at: number) => {
      lead = 'name';
      leadAt = at;
      isBlanked = false;
    };
    const endLead = (at: number) => {
      const before = bytes.subarray(leadAt, at);
      isBlanked = bytes[at] === 0x6e || isDropped(nameIn(decoder.decode(before)));
      if (isBlanked) before.fill(space);
      else if (!hasMember && before[0] === comma) before[0] = space;
      hasMember ||= !isBlanked;
      lead = 'none';
    };
    /** One byte outside strings. */
    const readStructure = (byte: number, at: number) => {
      if (lead === 'colon' && !isSpace(byte)) endLead(at);
      if (byte === quote) inString = true;
      else if (isOpening(byte)) {
        depth++;
        if (depth === 1 && byte === 0x7b) {
          insertAt = at + 1;
          beginLead(at + 1);
        }
      } else if (isClosing(byte)) {
        depth--;
        if (depth > 0) return;
        lead = 'none';
        isBlanked = false;
      } else if (byte === comma && depth === 1) beginLead(at);
      else if (byte === colon && lead === 'name') lead = 'colon';
    };

    for (let at = kept.length; at < bytes.length; ) {
      const from = at;
      if (isEscaped) isEscaped = false;
      else if (inString) {
        at = findStop(bytes, at);
        inString = bytes[at] !== quote;
        isEscaped = bytes[at] === backslash;
      } else readStructure(bytes[at] as number, at);
      at = Math.min(at + 1, bytes.length);
      if (isBlanked) bytes.fill(space, from, at);
    }

    const end = lead === 'none' ? bytes.length : leadAt;
    if (bytes.length - end > maxLeadBytes) {
      throw new FormatError(`More than ${maxLeadBytes} bytes stand between two values`);
    }
    kept = bytes.slice(end);
    if (insertAt === undefined) return bytes.subarray(0, end);
    const joined = new Uint8Array(end + insert.length);
    joined.set(bytes.subarray(0, insertAt));
    joined.set(insert, insertAt);
    joined.set(bytes.subarray(insertAt, end), insertAt + insert.length);
    return joined;
  };
}

/** The name in a lead; of one that is no JSON, which has failed its check before, nothing. */
function nameIn(lead: string): string {
  try {
    return String(JSON.parse(/"(?:[^"\\]|\\.)*"/s.exec(lead)?.[0] ?? '""'));
  } catch {
    return '';
  }
}
