import { encodeBase64 } from '../../core/bytes/base64-stream';
import { type PictureWriting, rewriteBase64 } from '../../core/endpoints/chat/picture-base64';

/** A file whose base64 is a piece of a body. */
export interface FilePiece {
  file: Blob;
  writing: PictureWriting;
}

/** Of three bytes four characters are made, so slices of so many stand alone. */
const sliceBytes = 3 * 256 * 1024;
/** So many slices become a Blob, which the browser need not hold in this memory. */
const heldSlices = 8;

/**
 * Writes a body from its pieces, the files as base64, slice by slice: no text is ever longer than a
 * slice.
 * @throws where a file can't be read
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
  // What a gateway writes before its base64 may be anything that a string can hold.
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
