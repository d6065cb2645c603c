import { FormatError } from './format-error';

export interface Base64Decoder {
  /**
   * Decodes on. The characters may be cut anywhere and are not kept, but for three at most.
   * @param ascii base64 as ASCII bytes
   * @returns the bytes they complete, in memory of their own
   * @throws FormatError
   */
  write(ascii: Uint8Array): Uint8Array;
  /**
   * Says that nothing more comes.
   * @returns the last bytes, at most two
   * @throws FormatError if a single character is left over
   */
  end(): Uint8Array;
  /** Whether a letter of the URL-safe alphabet was among them. */
  readonly isUrlSafe: boolean;
  /** Whether the last group was filled up with `=`. */
  readonly isPadded: boolean;
}

const letters = new TextEncoder().encode(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
);
const latin1 = new TextDecoder('latin1');
const isSpace = -1;
const isPadding = -2;
const isForeign = -4;

/** Character → its six bits, or one of the negative numbers above. */
const meanings = new Int8Array(256).fill(isForeign);
letters.forEach((letter, bits) => {
  meanings[letter] = bits;
});
meanings[0x2d] = 62;
meanings[0x5f] = 63;
meanings[0x3d] = isPadding;
for (const space of [0x20, 0x09, 0x0a, 0x0c, 0x0d]) meanings[space] = isSpace;

const meaningOf = (byte: number | undefined) => meanings[byte as number] as number;

/**
 * Decodes base64 (RFC 4648 §4, also the URL-safe alphabet of §5) that arrives cut anywhere.
 * Tolerates ASCII white space and missing padding, as WHATWG's forgiving-base64 does; anything else
 * is an error, also data after padding. Uses the engine's decoder where there is one.
 */
export function createBase64Decoder(): Base64Decoder {
  const hasNative = 'setFromBase64' in Uint8Array.prototype;
  /** The bits of `held` characters that do not make three bytes yet. */
  let bits = 0;
  let held = 0;
  let paddings = 0;
  let offset = 0;
  let isUrlSafe = false;

  const readOne = (byte: number, place: number): boolean => {
    const meaning = meaningOf(byte);
    if (meaning === isSpace) return false;
    const fits =
      meaning === isPadding ? held >= 2 && held + paddings < 4 : meaning >= 0 && paddings === 0;
    if (!fits) {
      const shown = JSON.stringify(String.fromCharCode(byte));
      throw new FormatError(`Unexpected ${shown} at character ${place} of base64`, place);
    }
    if (meaning === isPadding) {
      paddings++;
      return false;
    }
    bits = (bits << 6) | meaning;
    held++;
    return held === 4;
  };

  /** Decodes whole groups the engine's way. Returns what was read and written: nothing if unsure. */
  const readNatively = (text: string, target: Uint8Array) => {
    // Padding and errors are left to the table, which knows their places.
    const [letters = ''] = text.split('=', 1);
    try {
      return target.setFromBase64(letters, { lastChunkHandling: 'stop-before-partial' });
    } catch {
      return { read: 0, written: 0 };
    }
  };

  return {
    write(ascii) {
      const target = new Uint8Array(Math.ceil(((held + ascii.length) * 3) / 4));
      let to = 0;
      let at = 0;
      let mayBeNative = hasNative;
      // A text is searched in a tenth of the time that its bytes take.
      const text = latin1.decode(ascii);
      isUrlSafe ||= text.includes('-') || text.includes('_');
      while (at < ascii.length) {
        if (held === 0 && mayBeNative) {
          mayBeNative = false;
          const { read, written } = readNatively(text.slice(at), target.subarray(to));
          at += read;
          to += written;
        }
        // Four at once while they are letters; any negative meaning makes the sum negative.
        while (held === 0 && paddings === 0 && at + 4 <= ascii.length) {
          const group =
            (meaningOf(ascii[at]) << 18) |
            (meaningOf(ascii[at + 1]) << 12) |
            (meaningOf(ascii[at + 2]) << 6) |
            meaningOf(ascii[at + 3]);
          if (group < 0) break;
          target[to++] = group >> 16;
          target[to++] = group >> 8;
          target[to++] = group;
          at += 4;
        }
        const byte = ascii[at];
        if (byte !== undefined && readOne(byte, offset + at)) {
          target[to++] = bits >> 16;
          target[to++] = bits >> 8;
          target[to++] = bits;
          bits = 0;
          held = 0;
        }
        at++;
      }
      offset += ascii.length;
      return target.subarray(0, to);
    },
    end() {
      if (held === 1) {
        throw new FormatError(`The base64 ends after character ${offset} in mid-byte`, offset);
      }
      const last = held === 2 ? [bits >> 4] : held === 3 ? [bits >> 10, bits >> 2] : [];
      return Uint8Array.from(last);
    },
    get isUrlSafe() {
      return isUrlSafe;
    },
    get isPadded() {
      return paddings > 0;
    },
  };
}

/** Base64 of the bytes (RFC 4648 §4), with padding and without line breaks. */
export function encodeBase64(bytes: Uint8Array): string {
  if ('toBase64' in Uint8Array.prototype) return bytes.toBase64();
  const ascii = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  let to = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    const group =
      ((bytes[at] as number) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    ascii[to++] = letters[group >> 18] as number;
    ascii[to++] = letters[(group >> 12) & 63] as number;
    ascii[to++] = letters[(group >> 6) & 63] as number;
    ascii[to++] = letters[group & 63] as number;
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return latin1.decode(ascii.fill(0x3d, ascii.length - missing));
}
