import 'server-only';
import { ApiError } from '../core/api-error';
import type { EndpointName } from '../core/models/model';
import { readRetryAfter } from '../core/runs/retry-delay';
import { isNothing, refusedAnswer } from './answer/error-answer';
import { goodAnswer } from './answer/good-answer';
import type { CheckedAnswer } from './answer/response';
import { upstreamFailure } from './answer/upstream-failure';
import type { Config } from './config';
import type { Work } from './in-flight';
import { abortableReader, type BodyReader, drainUpload } from './request/body-reader';
import { acceptUpload, type Upload, type UploadEvents } from './request/upload';
import { limitedReader } from './request/upload-limits';
import type { BookedStart } from './sharing/admission';
import { callUpstream, createSilenceWatch, upstreamSilent } from './upstream';

/** An exchange that came to no answer. */
export class ExchangeFailure extends Error {
  readonly error: ApiError;
  /** `request`: it was not good, or did not come whole; `upstream`: the gateway failed. */
  readonly side: 'request' | 'upstream';

  constructor(error: ApiError, side: 'request' | 'upstream') {
    super(error.message);
    this.error = error;
    this.side = side;
  }
}

/** What happens to an exchange, in this order. */
export interface ExchangeEvents extends UploadEvents {
  /** The gateway answers, which it may do before it has the whole. @param status null: it gave no answer */
  answered?(status: number | null): void;
}

/**
 * One exchange with the gateway, for the plain mirror and for runs alike: the request is checked, sent
 * at most once, and what comes back is inspected. Both bodies are streams with back-pressure: the
 * reader at the end sets the pace, and no step holds more than the bytes named here. The steps:
 *
 * Up, from the client:
 * 1. `checkOrigin`, by the caller: another site's page may not spend (`request/request-guard`).
 * 2. Reading fails as soon as the server stops (`abortableReader`), after a silence of a minute or of
 *    `timeoutMs`, and where too many uploads are still coming (`limitedReader`).
 * 3. Content type, boundary and announced length (`checkContentType`, `acceptUpload`).
 * 4. The start: JSON up to 1 MB is read and checked whole; of a form, the fields before its first
 *    file (`startOfJson`, `startOfForm` in `request/body-start`).
 * 5. What counts as left out is taken out: `null` in JSON, empty fields of a form. Where people sign
 *    in, the field `user` is the server's instead of the client's (if the model takes it).
 * 6. The rest through an inspector (`request/inspect-request`, `request/inspect-form`), one chunk at a
 *    time. Harmful bytes of file names are overwritten; nothing else changes.
 * 7. The last chunk is held back until every check has passed, `beforeLast` has agreed, and `book` has
 *    found that the person may and that it is their turn (`sharing/admission`).
 * 8. `callUpstream`: of the client's headers (RFC 9110, hop-by-hop or not) none goes on but the length;
 *    the server writes the content type and adds its key.
 *
 * Down, from the gateway:
 * 1. A status of 300 or more becomes the error envelope (`answer/error-answer`); the rest is for a
 *    good one, and stands in `goodAnswer`.
 * 2. Silence is watched between chunks, not while the reader lets upstream wait.
 * 3. Bytes are decompressed, counted, and the key in them is overwritten (`answer/scrub`).
 * 4. An inspector (`answer/inspect-answer`) looks for pictures, or at the events of a stream.
 * 5. The beginning is held until it can only be that of a good answer, 64 KB at most. Before, what is
 *    broken is an error; afterwards the body breaks off.
 * 6. Of upstream's headers only `retry-after` and `x-request-id` pass. `user-replaced` is added where
 *    the client's user was replaced.
 * 7. The caller relays the pieces: `relayAnswer` for the mirror, where `wholeEvents` makes a stream of
 *    events end in an error event; the spool for a run.
 *
 * @example
 * const answer = await exchange({
 *   endpoint: 'edits',
 *   headers: request.headers,
 *   reader: readerOf(request),
 *   config: getConfig(),
 *   user: undefined,
 *   signal: request.signal,
 *   work,
 *   book: () => getAdmission().admit(ask, { work }),
 * });
 * return relayAnswer(answer, request.signal, () => {});
 *
 * @param user goes along as the body's `user`
 * @param signal ends it at once, with upstream's call
 * @param work ends it too, with an error, when the server stops
 * @throws ExchangeFailure, or whatever came of the signal. After a failure the rest of the upload is
 * the caller's to drain; where upstream answered early it is drained here.
 */
export async function exchange({
  endpoint,
  headers,
  reader,
  config,
  user,
  signal,
  work,
  events = {},
  book,
}: {
  endpoint: EndpointName;
  headers: Headers;
  reader: BodyReader;
  config: Config;
  user: string | undefined;
  signal: AbortSignal;
  work: Pick<Work, 'signal' | 'commit'>;
  events?: ExchangeEvents;
  /** Books the request, just before its last byte. @throws ApiError it does not go */
  book: () => Promise<BookedStart>;
}): Promise<CheckedAnswer> {
  const own = new AbortController();
  const ended = AbortSignal.any([signal, work.signal, own.signal]);
  const abort = (reason: Error) => {
    own.abort(reason);
    // A client that fell silent in its upload is not waited for either.
    if (!(reason instanceof ApiError)) void reader.cancel(reason);
  };
  // Two, since upstream may answer while the client is still sending.
  const uploadWatch = createSilenceWatch(config.timeoutMs, abort);
  const answerWatch = createSilenceWatch(config.timeoutMs, abort);
  const secret = config.gateway.mode === 'gateway' ? config.gateway.apiKey : undefined;
  let upload: Upload | undefined;
  let booking: BookedStart | undefined;
  let wasAnswered = false;

  try {
    work.signal.throwIfAborted();
    upload = await acceptUpload({
      endpoint,
      headers,
      reader: limitedReader(abortableReader(reader, work.signal)),
      models: config.models,
      user,
      watch: uploadWatch,
      events: {
        ...events,
        async beforeLast() {
          booking = await book();
          // This process was asleep: the window that it has booked in is over.
          while (!booking.isGood()) {
            booking.giveBack(false);
            booking = await book();
          }
          ended.throwIfAborted();
          work.commit();
        },
        passedOn() {
          booking?.sent();
          events.passedOn?.();
        },
      },
    });
    if (upload.state === 'checked') uploadWatch.begin(upstreamSilent);
    const answer = await callUpstream({ endpoint, ...upload, signal: ended }, config);
    wasAnswered = true;
    events.answered?.(answer.status);
    uploadWatch.end();
    // The demo gateway answers even a request that was given up; what ended it counts.
    if (upload.failure) throw upload.failure;
    // An answer that came early, before the whole was sent, is relayed as any other.
    work.commit();
    if (answer.status >= 200 && answer.status < 300) {
      const good = await goodAnswer({
        answer,
        endpoint,
        secret,
        watch: answerWatch,
        abort: () => own.abort(),
      });
      return withHeaders(good, userHeader(upload));
    }
    const refused = await refusedAnswer(answer, answerWatch, secret);
    const mayRepeat = refused.headers['x-should-retry'] !== 'false';
    if (answer.status === 429 && mayRepeat) {
      booking?.refuse(readRetryAfter(refused.headers['retry-after'] ?? null, Date.now()));
    }
    // A gateway counts a request that it refuses, so the slot of its rate stays taken.
    if (refused.isNothing) booking?.giveBack(true);
    if (upload.state === 'arriving') void drainUpload(reader);
    return withHeaders(refused, userHeader(upload));
  } catch (error) {
    const { reason } = ended;
    own.abort();
    uploadWatch.end();
    if (upload?.state !== 'sent') booking?.giveBack(false);
    if (signal.aborted) throw error;
    // Uncommitted, so that nothing was sent.
    const stopped = work.signal.reason as ApiError | undefined;
    if (stopped?.code === 'server_stopping') throw new ExchangeFailure(stopped, 'request');
    const failure = upstreamFailure({
      error: upload?.failure ?? error,
      reason,
      sent: upload?.state === 'sent',
    });
    if (isNothing(failure)) booking?.giveBack(wasAnswered);
    const side = !upload || upload.failure ? 'request' : 'upstream';
    if (side === 'upstream' && !wasAnswered) events.answered?.(null);
    throw new ExchangeFailure(failure, side);
  }
}

/** The header that tells a client that the server has replaced its `user`. */
export function userHeader({ userReplaced }: { userReplaced: boolean }): Record<string, string> {
  return userReplaced ? { 'user-replaced': '1' } : {};
}

function withHeaders(answer: CheckedAnswer, headers: Record<string, string>): CheckedAnswer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
