import { serveWorker } from '../browser/serve-worker';
import { weighBlob } from '../pictures/weigh-blob';
import { encodeBody, type FilePiece } from './encode-body';

// Writes the base64 of pictures into a body, off the main thread.

const methods = { encode };
export type EncodeWorker = typeof methods;
serveWorker(methods);

async function encode({ pieces }: { pieces: (string | FilePiece)[] }): Promise<Blob> {
  return weighBlob(await encodeBody(pieces));
}
