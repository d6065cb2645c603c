import 'server-only';
import type { ApiError, ErrorCode, ErrorEnvelope } from '../../core/api-error';
import { metrics } from '../usage/metrics';

/** The headers of every answer under /api: not stored, not compressed, no media type guessed. */
export const apiHeaders = {
  'cache-control': 'no-store, no-transform',
  'x-content-type-options': 'nosniff',
} as const;

/** What next.config.js adds to the answers that Next sends. */
export const usualHeaders = {
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
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

// When a repeat may succeed.
const retryAfterSeconds: Partial<Record<ErrorCode, number>> = {
  spool_full: 60,
  server_stopping: 5,
  store_unavailable: 5,
};

/** An error as an answer with the error envelope (contract, "Errors and time"). It is counted as a refusal. */
export function errorResponse(error: ApiError, headers: Record<string, string> = {}): Response {
  metrics().refused(error.code);
  const seconds = retryAfterSeconds[error.code];
  return jsonResponse(
    { ...error.toEnvelope(), ...detailsOf(error) },
    {
      status: error.status,
      headers: {
        ...retryHeaders(error),
        ...comeLaterHeaders(error),
        ...(seconds === undefined ? {} : { 'retry-after': String(seconds) }),
        ...headers,
      },
    },
  );
}

// The SDKs would sleep for as long as they are told to, and a page has its own ways.
const longestSleepSeconds = 10 * 60;

// Not `instanceof`: a Next server may hold several copies of a class.
function comeLaterHeaders(error: ApiError): Record<string, string> {
  if (!('retryAfterSeconds' in error)) return {};
  // A repeat is of no use.
  if (error.retryAfterSeconds === undefined) return { 'x-should-retry': 'false' };
  const seconds = Number(error.retryAfterSeconds);
  return {
    'retry-after': String(seconds),
    ...(seconds > longestSleepSeconds ? { 'x-should-retry': 'false' } : {}),
  };
}

/** What the body of some errors says beside `error`. */
function detailsOf(error: ApiError): object {
  return 'details' in error ? (error.details as object) : {};
}

/**
 * `x-should-retry: false` where a repeat could be charged again; it keeps the official SDKs from
 * repeating the request.
 */
export function retryHeaders(error: { safeToRepeat: boolean }): Record<string, string> {
  return error.safeToRepeat ? {} : { 'x-should-retry': 'false' };
}

/** A checked answer, for a client of the mirror or for the spool of a run. */
export interface CheckedAnswer {
  status: number;
  /** The content type and those of the gateway's headers that pass. */
  headers: Record<string, string>;
  /** The error that the body holds, if the status is one of an error. */
  error: ErrorEnvelope['error'] | null;
  /** Nothing was carried out upstream. */
  isNothing?: boolean;
  /**
   * The body, inspected and scrubbed. It returns the error that a stream of events ended in, and
   * throws an ApiError if the answer is broken.
   */
  pieces: Pick<AsyncGenerator<Uint8Array, ApiError | undefined>, 'next' | 'return'>;
  /** How many whole pictures have come so far; an error has none. */
  pictures?(): number;
  /** Ends the upstream call. */
  abort(): void;
}

/** Whether an answer is a stream of events. */
export function isEventStream({ headers }: CheckedAnswer): boolean {
  return headers['content-type']?.startsWith('text/event-stream') === true;
}

/** How the relaying of an answer ended, for the log. */
export interface RelayOutcome {
  bytes: number;
  error: unknown;
  /** The client went away. */
  isGone: boolean;
}

/**
 * Relays an answer to the client of the mirror with back-pressure. An answer that turns out broken
 * breaks the connection; a client that leaves ends the upstream call.
 * @param signal aborts when the client has gone, even if nobody has read the body
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

// Next destroys the connection for any error, but logs no stack trace for one of this name. The break is
// intended and has its line in the log.
function brokenOff(error: unknown): DOMException {
  return new DOMException(error instanceof Error ? error.message : '', 'AbortError');
}
