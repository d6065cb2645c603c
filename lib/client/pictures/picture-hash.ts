import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** So many bytes are held for the browser's own hash, which must have all of them at once. */
const mostHeld = 64 * 1024 * 1024;

/** SHA-256 of bytes that come one after the other, in hex. */
export interface PictureHash {
  update(bytes: Uint8Array<ArrayBuffer>): void;
  finish(): string | Promise<string>;
}

/**
 * Makes the hash of a picture. The browser's own takes a sixth of the time, but plain http has no
 * `crypto.subtle`: there, and for very large pictures, the bytes are hashed as they come.
 */
export function createPictureHash(
  subtle: Pick<SubtleCrypto, 'digest'> | null = globalThis.crypto?.subtle ?? null,
  most = mostHeld,
): PictureHash {
  let held: Uint8Array<ArrayBuffer>[] | undefined = subtle ? [] : undefined;
  let size = 0;
  const hash = sha256.create();

  const hashHeld = async (pieces: Uint8Array<ArrayBuffer>[]): Promise<string> => {
    try {
      const digest = await subtle?.digest('SHA-256', joined(pieces, size));
      if (digest) return bytesToHex(new Uint8Array(digest));
    } catch {
      // No room for all of it at once.
    }
    for (const piece of pieces) hash.update(piece);
    return bytesToHex(hash.digest());
  };

  return {
    update(bytes) {
      size += bytes.length;
      if (!held) return void hash.update(bytes);
      held.push(bytes);
      if (size <= most) return;
      for (const piece of held) hash.update(piece);
      held = undefined;
    },
    finish: () => (held ? hashHeld(held) : bytesToHex(hash.digest())),
  };
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
