import { encodeBase64 } from '../../core/base64-stream';
import { rewriteBase64 } from '../../core/endpoints/chat/picture-writing';
import type { EncodedBody, EncodeOrder, FilePiece } from './encode-messages';

// Writes the base64 of pictures into a body, slice by slice: no text is ever longer than a slice, and
// the page stays free.

/** Of three bytes four characters are made, so slices of so many stand alone. */
const sliceBytes = 3 * 256 * 1024;
/** A Blob's parts are held by the page's process until there is a Blob of them. */
const heldParts = 8;

self.onmessage = async ({ data: { id, pieces } }: MessageEvent<EncodeOrder>) => {
  const body = await encode(pieces).catch(() => undefined);
  self.postMessage({ id, body } satisfies EncodedBody);
};

async function encode(pieces: EncodeOrder['pieces']): Promise<Blob> {
  const parts: BlobPart[] = [];
  for (const piece of pieces) {
    parts.push(typeof piece === 'string' ? piece : await encodeFile(piece));
  }
  return new Blob(parts);
}

async function encodeFile({ file, writing }: FilePiece): Promise<Blob> {
  const blobs: Blob[] = [];
  let parts: string[] = [writing.prefix];
  for (let at = 0; at < file.size; at += sliceBytes) {
    const bytes = new Uint8Array(await file.slice(at, at + sliceBytes).arrayBuffer());
    parts.push(rewriteBase64(encodeBase64(bytes), writing));
    if (parts.length < heldParts) continue;
    blobs.push(new Blob(parts));
    parts = [];
  }
  return new Blob([...blobs, ...parts]);
}
