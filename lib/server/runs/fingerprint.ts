import 'server-only';
import { createHash } from 'node:crypto';
import type { TextPart } from '../../core/endpoints/edits/request';
import type { EndpointName } from '../../core/models/model';
import type { BodyReader } from '../request/upload';

/** A reader that takes the measure of a body as it is read. */
export interface MeasuredReader extends BodyReader {
  /**
   * What tells the body from another, once it has been read: its length, and a hash of JSON or of
   * a form's text fields. A form's files count by their length alone, since a browser writes the
   * same form with another boundary each time.
   */
  fingerprint(texts: readonly TextPart[]): string;
}

/**
 * Wraps the reader of a request's body.
 * @param onWait is told that the client is waited for, and that it need not be
 * @param onBytes is told how many bytes have come
 */
export function measureBody({
  reader,
  endpoint,
  onWait = () => {},
  onBytes,
}: {
  reader: BodyReader;
  endpoint: EndpointName;
  onWait?: (isWaiting: boolean) => void;
  onBytes: (bytes: number) => void;
}): MeasuredReader {
  const hash = createHash('sha256');
  let total = 0;
  return {
    async read() {
      onWait(true);
      const result = await reader.read().finally(() => onWait(false));
      if (result.value) {
        total += result.value.length;
        if (endpoint !== 'edits') hash.update(result.value);
        onBytes(result.value.length);
      }
      return result;
    },
    cancel: (reason) => reader.cancel(reason),
    fingerprint(texts) {
      if (endpoint === 'edits') hash.update(JSON.stringify(texts));
      return `${total}:${hash.digest('hex')}`;
    },
  };
}
