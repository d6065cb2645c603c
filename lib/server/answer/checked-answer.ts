import 'server-only';
import { ApiError, type ErrorEnvelope, readErrorEnvelope } from '../../core/api-error';
import { retryHeaders } from './error-response';

/** An answer as it may go out, to a client of the mirror or into the spool of a run. */
export interface CheckedAnswer {
  status: number;
  /** The content type and those of upstream's headers that pass. */
  headers: Record<string, string>;
  /** What an answer with an error status says. */
  error: ErrorEnvelope['error'] | null;
  /**
   * The body, inspected and scrubbed. It returns the error that a stream of events ended in, and
   * throws an ApiError if the answer is broken.
   */
  pieces: Pick<AsyncGenerator<Uint8Array, ApiError | undefined>, 'next' | 'return'>;
  /** Ends the upstream call. */
  abort(): void;
}

/** An error that upstream put into words. */
export interface UpstreamError {
  status: number;
  envelope: ErrorEnvelope;
  safeToRepeat: boolean;
}

/** An error, ours or upstream's, as an answer in the envelope. */
export function errorAnswer(
  error: ApiError | UpstreamError,
  headers: Record<string, string> = {},
): CheckedAnswer {
  const envelope = error instanceof ApiError ? error.toEnvelope() : error.envelope;
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', ...retryHeaders(error), ...headers },
    error: readErrorEnvelope(envelope)?.error ?? null,
    pieces: only(Buffer.from(JSON.stringify(envelope))),
    abort() {},
  };
}

async function* only(piece: Uint8Array): AsyncGenerator<Uint8Array, undefined> {
  yield piece;
}
