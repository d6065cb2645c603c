import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { CellPlace } from '../../core/runs/run-entry';

// Plain http has no `crypto.subtle`.

/** The SHA-256 of a text, in hex. */
export function textHash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/**
 * The id of a cell's run, which is the idempotency key of its first try. It is worked out and not random:
 * should two tabs ever start the same cell, the server takes both for one. A UUID of version 8 (RFC 9562).
 */
export function cellId({ experiment, key, attempt }: CellPlace): string {
  const hex = textHash(`${experiment}/${key}/${attempt}`);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
