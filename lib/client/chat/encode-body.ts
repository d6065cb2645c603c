import { encodeBase64 } from '../../core/bytes/base64-stream';
import { type PictureWriting, rewriteBase64 } from '../../core/endpoints/picture-base64';

/** A file whose base64 is a piece of a body. */
export interface FilePiece {
  file: Blob;
  writing: PictureWriting;
}

/** A multiple of three bytes, so that the base64 of slices can be joined. */
const sliceBytes = 3 * 256 * 1024;
/** After so many slices their text becomes a Blob, which the browser can hold outside the heap. */
const heldSlices = 8;

/**
 * Encodes a body from its pieces, files as base64. It works in slices, so that no string is longer than
 * a slice.
 * @throws if a file cannot be read
 */
export async function encodeBody(pieces: readonly (string | FilePiece)[]): Promise<Blob> {
  const parts: BlobPart[] = [];
  for (const piece of pieces) {
    parts.push(typeof piece === 'string' ? piece : await encodeFile(piece));
  }
  return new Blob(parts);
}

async function encodeFile({ file, writing }: FilePiece): Promise<Blob> {
  const blobs: Blob[] = [];
  // The prefix comes from a gateway and may hold characters that JSON escapes.
  let slices: string[] = [JSON.stringify(writing.prefix).slice(1, -1)];
  for (let at = 0; at < file.size; at += sliceBytes) {
    const bytes = new Uint8Array(await file.slice(at, at + sliceBytes).arrayBuffer());
    slices.push(rewriteBase64(encodeBase64(bytes), writing));
    if (slices.length < heldSlices) continue;
    blobs.push(new Blob(slices));
    slices = [];
  }
  return new Blob([...blobs, ...slices]);
}
