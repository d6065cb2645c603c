// The garbage collector does not see what a Blob holds, so it has no reason to run on a page that has
// dropped half a gigabyte of Blobs. Chromium then has no room for another one (500 MB in all), and the
// next Blob cannot be read (`ERR_OUT_OF_MEMORY`). The collector does count an ArrayBuffer with its
// whole length, and a buffer that is never written to takes no memory.

const leastBytes = 256 * 1024;
const mostBytes = 512 * 1024 * 1024;
const weights = new WeakMap<Blob, ArrayBuffer>();

/** Makes a Blob that is held in memory count for the garbage collector. Returns the same Blob. */
export function weighBlob(blob: Blob): Blob {
  if (blob.size >= leastBytes && !weights.has(blob)) {
    try {
      weights.set(blob, new ArrayBuffer(Math.min(blob.size, mostBytes)));
    } catch {
      // A RangeError where memory is short. The weight only helps the collector; the Blob is fine.
    }
  }
  return blob;
}
