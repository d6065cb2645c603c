import 'server-only';
import { createHash } from 'node:crypto';
import { ApiError } from '../../core/api-error';
import type { EndpointName } from '../../core/models/model';
import { isUuid } from '../../core/runs/run';
import type { BodyReader } from '../request/body-reader';
import type { UploadFacts } from '../request/inspect-request';

/** The longest that a client may ask to wait for a change (`Prefer: wait=…`), in seconds. */
const maxWaitSeconds = 25;

/**
 * Whether a POST asks for a run: it has an `Idempotency-Key` and prefers an asynchronous answer (RFC
 * 7240, 4.1). With only one of the two headers it is a plain request.
 */
export function asksForRun(headers: Headers): boolean {
  return headers.has('idempotency-key') && preference(headers, 'respond-async') !== undefined;
}

/** The id of the run that a POST asks for. @throws ApiError `invalid_value` */
export function readRunId(headers: Headers): string {
  const key = headers.get('idempotency-key')?.trim() ?? '';
  if (isUuid(key)) return key.toLowerCase();
  throw new ApiError({
    code: 'invalid_value',
    param: 'Idempotency-Key',
    message:
      'With Prefer: respond-async, the Idempotency-Key must be a UUID, because it names the run. ' +
      'Example: 123e4567-e89b-42d3-a456-426614174000.',
  });
}

/** How many seconds a GET prefers to wait for something new (RFC 7240, 4.3); 0: it does not wait. */
export function readWait(headers: Headers): number {
  const seconds = preference(headers, 'wait') ?? '';
  return /^\d+$/.test(seconds) ? Math.min(Number(seconds), maxWaitSeconds) : 0;
}

const maxPreferCharacters = 1000;

/** The value of a preference (RFC 7240, 2), '' where it has none; undefined: it is not asked for. */
function preference(headers: Headers, name: string): string | undefined {
  const prefer = headers.get('prefer') ?? '';
  // An open quote is searched from each of its characters on.
  if (prefer.length > maxPreferCharacters) return undefined;
  // Commas may stand in quotes.
  for (const part of prefer.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? []) {
    const [, token, value = ''] =
      /^\s*([^\s=;"]+)\s*(?:=\s*("[^"]*"|[^\s;]*)|;|$)/.exec(part) ?? [];
    if (token?.toLowerCase() === name) return value.replace(/"/g, '');
  }
  return undefined;
}

/** A reader that hashes a body as it is read. */
export interface MeasuredReader extends BodyReader {
  /**
   * What tells the request from another, once its whole body has been read. Of JSON it is a hash of
   * the bytes. Of a form it is a hash of its text fields and of the names and lengths of its files:
   * a browser writes the same form with another boundary each time, and Firefox with one of another
   * length, so neither the bytes nor their number are the same in a repeat.
   */
  fingerprint(form: Pick<UploadFacts, 'texts' | 'files'>): string;
}

/**
 * Wraps the reader of a request's body.
 * @param onWait is called with true before each read, and with false when it has ended
 * @param onBytes is called with the length of each chunk
 */
export function measureBody(
  reader: BodyReader,
  endpoint: EndpointName,
  {
    onWait = () => {},
    onBytes = () => {},
  }: { onWait?: (isWaiting: boolean) => void; onBytes?: (bytes: number) => void } = {},
): MeasuredReader {
  const hash = createHash('sha256');
  return {
    async read() {
      onWait(true);
      const result = await reader.read().finally(() => onWait(false));
      if (result.value) {
        if (endpoint !== 'edits') hash.update(result.value);
        onBytes(result.value.length);
      }
      return result;
    },
    cancel: (reason) => reader.cancel(reason),
    fingerprint({ texts, files }) {
      const parts = [texts, files.map(({ name, bytes }) => ({ name, bytes }))];
      if (endpoint === 'edits') hash.update(JSON.stringify(parts));
      return `v2:${hash.digest('hex')}`;
    },
  };
}
