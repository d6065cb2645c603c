import { ApiError } from '../../../core/api-error';
import { catalogue } from '../../../core/models/catalogue';
import type { EndpointName } from '../../../core/models/model';
import { createSilenceWatch } from '../../upstream';
import { readerOf } from '../body-reader';
import type { UploadFacts } from '../inspect-request';
import { acceptUpload, type Upload } from '../upload';
import type { SentBody } from './parsers.setup';

/** What became of a body: it passed, and was checked as `facts`; or it was refused. */
export type Passage =
  | { sent: SentBody; facts: UploadFacts }
  | { refused: ApiError; reachedBytes: number; announcedBytes: number };

/**
 * Sends a body through the server in five pieces, as far as it gets.
 * @param user the server's
 */
export async function passBody({
  endpoint,
  contentType,
  bytes,
  user,
}: SentBody & { endpoint: EndpointName; user: string | undefined }): Promise<Passage> {
  const chunks: Uint8Array[] = [];
  let facts: UploadFacts | undefined;
  let upload: Upload | undefined;
  const watch = createSilenceWatch(60_000, () => {});
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      const size = Math.ceil(bytes.length / 5) || 1;
      for (let at = 0; at < bytes.length; at += size) {
        controller.enqueue(new Uint8Array(bytes.subarray(at, at + size)));
      }
      controller.close();
    },
  });
  try {
    upload = await acceptUpload({
      endpoint,
      headers: new Headers({
        'content-type': contentType,
        'content-length': String(bytes.length),
      }),
      reader: readerOf({ body }),
      models: catalogue,
      ...(user === undefined ? {} : { user }),
      watch,
      events: {
        checked(found) {
          facts = found;
        },
      },
    });
    for await (const chunk of upload.body) chunks.push(chunk);
    if (!facts) throw new Error('It passed without a check');
    return { sent: { contentType: upload.contentType, bytes: Buffer.concat(chunks) }, facts };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const announcedBytes = upload?.contentLength ?? 1;
    return { refused: error, reachedBytes: Buffer.concat(chunks).length, announcedBytes };
  } finally {
    watch.end();
  }
}
