// What a Blob holds is out of sight of the engine that collects garbage: a page that has let go of
// half a gigabyte looks to it like one with nothing to collect. Chromium then has no room for another
// (500 MB in all, `ERR_OUT_OF_MEMORY`), and what is made next cannot be read. An ArrayBuffer is
// seen, counts with its whole length and, as nobody writes to it, takes no memory.

const leastBytes = 256 * 1024;
const mostBytes = 512 * 1024 * 1024;
const weights = new WeakMap<Blob, ArrayBuffer>();

/** Makes a file that is held in memory count when garbage is collected. Gives it back. */
export function weighBlob(blob: Blob): Blob {
  if (blob.size >= leastBytes && !weights.has(blob)) {
    weights.set(blob, new ArrayBuffer(Math.min(blob.size, mostBytes)));
  }
  return blob;
}
