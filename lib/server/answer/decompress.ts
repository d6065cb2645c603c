import 'server-only';
import { Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ApiError } from '../../core/api-error';
import { invalidAnswer } from '../../core/endpoints/images-answer';

/**
 * The bytes of an answer without its compression. Requests ask for `identity`; a gateway that compresses
 * all the same is understood.
 * @throws ApiError `upstream_invalid_answer` for an encoding that is not known, or one that is damaged
 */
export function decompressed(
  body: AsyncIterable<Uint8Array>,
  contentEncoding = 'identity',
): AsyncIterable<Uint8Array> {
  const encoding = contentEncoding.trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return body;
  const decoders: Record<string, () => Transform> = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  };
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (!decoder) throw invalidAnswer(`it is encoded as ${encoding}`);
  return decompress(body, decoder());
}

async function* decompress(
  body: AsyncIterable<Uint8Array>,
  decoder: Transform,
): AsyncGenerator<Uint8Array, void> {
  const source = Readable.from(body, { objectMode: false });
  source.on('error', (error) => decoder.destroy(error));
  try {
    for await (const chunk of source.pipe(decoder)) yield chunk as Uint8Array;
  } catch (error) {
    throw error instanceof ApiError ? error : invalidAnswer('its compression is damaged');
  } finally {
    source.destroy();
  }
}
