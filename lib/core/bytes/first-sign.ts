/** The first byte that is no white space and of no byte order mark; undefined: there is none yet. */
export function firstSign(bytes: Uint8Array): number | undefined {
  return bytes.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
}

/** Whether a text that begins so is a JSON object or list, and not a stream of events. */
export function isJsonStart(byte: number | undefined): boolean {
  return byte === 0x7b || byte === 0x5b;
}
