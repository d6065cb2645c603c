import 'server-only';
import { ApiError } from '../../core/api-error';

const star = '*'.charCodeAt(0);

/**
 * Makes a filter that overwrites a secret with stars in a stream, also where two chunks cut it. The
 * length stays. Bytes are held back only while the end of a chunk could be the beginning of the secret,
 * so that no event is delayed. Its JSON spelling with `\/` for `/` counts as the secret too.
 * @param secret ASCII; undefined: the filter does nothing
 */
export function createScrubber(secret: string | undefined): {
  write(chunk: Uint8Array): Uint8Array;
  end(): Uint8Array;
} {
  const needles = secretSpellings(secret).map((text) => Buffer.from(text, 'latin1'));
  // A byte of the secret that base64 does not have: a chunk without it needs no further search.
  const rare = needles[0]?.find((byte) => !/[A-Za-z0-9+/=]/.test(String.fromCharCode(byte)));
  let kept: Buffer = Buffer.alloc(0);
  return {
    write(chunk) {
      if (needles.length === 0) return chunk;
      const view = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      const bytes = kept.length === 0 ? view : Buffer.concat([kept, view]);
      const isClean = rare !== undefined && !bytes.includes(rare);
      if (!isClean) for (const needle of needles) overwrite(bytes, needle);
      const held = Math.max(...needles.map((needle) => heldBytes(bytes, needle)));
      kept = Buffer.from(bytes.subarray(bytes.length - held));
      return bytes.subarray(0, bytes.length - held);
    },
    end: () => kept,
  };
}

/** The secret overwritten with stars in a short text. */
export function scrubText(text: string, secret: string | undefined): string {
  return secretSpellings(secret).reduce(
    (clean, spelling) => clean.replaceAll(spelling, '*'.repeat(spelling.length)),
    text,
  );
}

/** The same error, with the secret overwritten in its words: they were read out of escaped JSON. */
export function scrubError(error: ApiError, secret: string | undefined): ApiError {
  const message = scrubText(error.message, secret);
  if (message === error.message) return error;
  const { code, param, safeToRepeat } = error;
  return new ApiError({ code, message, param, outcome: safeToRepeat ? 'nothing' : 'unknown' });
}

function secretSpellings(secret: string | undefined): string[] {
  if (secret === undefined) return [];
  return [...new Set([secret, secret.replaceAll('/', '\\/')])];
}

function overwrite(bytes: Buffer, needle: Buffer): void {
  for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, at + needle.length)) {
    bytes.fill(star, at, at + needle.length);
  }
}

// How many bytes at the end are a beginning of the needle.
function heldBytes(bytes: Buffer, needle: Buffer): number {
  const from = Math.max(0, bytes.length - needle.length + 1);
  for (let at = bytes.indexOf(needle[0] ?? 0, from); at !== -1; ) {
    const rest = bytes.length - at;
    if (bytes.compare(needle, 0, rest, at) === 0) return rest;
    at = bytes.indexOf(needle[0] ?? 0, at + 1);
  }
  return 0;
}
