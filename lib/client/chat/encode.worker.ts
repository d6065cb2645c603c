import { weighBlob } from '../pictures/weigh-blob';
import { encodeBody } from './encode-body';
import type { EncodedBody, EncodeOrder } from './encode-messages';

// Writes the base64 of pictures into a body, so that the page stays free.

self.onmessage = async ({ data: { id, pieces } }: MessageEvent<EncodeOrder>) => {
  const body = await encodeBody(pieces)
    .then(weighBlob)
    .catch(() => undefined);
  self.postMessage({ id, body } satisfies EncodedBody);
};
