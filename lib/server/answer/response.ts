import 'server-only';
import type { ApiError, ErrorCode, ErrorEnvelope } from '../../core/api-error';

/** The headers of every answer under /api: nothing stored, compressed, buffered or guessed. */
export const apiHeaders = {
  'cache-control': 'no-store, no-transform',
  'x-content-type-options': 'nosniff',
} as const;

/** A JSON answer of the API. */
export function jsonResponse(
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...apiHeaders, 'content-type': 'application/json', ...headers },
  });
}

// When there may be room again, or a server again.
const retryAfterSeconds: Partial<Record<ErrorCode, number>> = {
  spool_full: 60,
  server_stopping: 5,
};

/** An error in the envelope. */
export function errorResponse(error: ApiError, headers: Record<string, string> = {}): Response {
  const seconds = retryAfterSeconds[error.code];
  return jsonResponse(error.toEnvelope(), {
    status: error.status,
    headers: {
      ...retryHeaders(error),
      ...(seconds === undefined ? {} : { 'retry-after': String(seconds) }),
      ...headers,
    },
  });
}

/**
 * Where a repeat could be charged again, `x-should-retry: false` keeps the official SDKs from
 * repeating by themselves.
 */
export function retryHeaders(error: { safeToRepeat: boolean }): Record<string, string> {
  return error.safeToRepeat ? {} : { 'x-should-retry': 'false' };
}

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

/** How the relaying of an answer ended, for the log. */
export interface RelayOutcome {
  bytes: number;
  error: unknown;
  /** The client went away. */
  isGone: boolean;
}

/**
 * Passes an answer on to the client of the mirror, who sets the pace. One that turns out broken
 * breaks the connection; a client that leaves ends the upstream call.
 * @param signal aborts when the client has gone, even if the body was never asked for
 * @param onEnd called once
 */
export function relayAnswer(
  answer: CheckedAnswer,
  signal: AbortSignal,
  onEnd: (outcome: RelayOutcome) => void,
): Response {
  let bytes = 0;
  let ended = false;
  const end = (error: unknown, isGone = false) => {
    if (ended) return;
    ended = true;
    signal.removeEventListener('abort', leave);
    onEnd({ bytes, error, isGone });
  };
  const leave = () => {
    answer.abort();
    end(undefined, true);
    void answer.pieces.return(undefined);
  };
  signal.addEventListener('abort', leave);
  if (signal.aborted) leave();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await answer.pieces.next();
          if (!done) {
            bytes += value.length;
            controller.enqueue(value);
          } else {
            controller.close();
            end(value);
          }
        } catch (error) {
          answer.abort();
          controller.error(brokenOff(error));
          end(error);
        }
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    status: answer.status,
    headers: { ...apiHeaders, ...answer.headers },
  });
}

// By this name Next destroys the connection, as for any other, but writes no trace of it: the break
// is meant, and has its line in the log.
function brokenOff(error: unknown): DOMException {
  return new DOMException(error instanceof Error ? error.message : '', 'AbortError');
}
