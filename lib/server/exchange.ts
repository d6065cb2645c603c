import 'server-only';
import { ApiError } from '../core/api-error';
import type { EndpointName } from '../core/models/model';
import type { CheckedAnswer } from './answer/checked-answer';
import { goodAnswer } from './answer/good-answer';
import { refusedAnswer } from './answer/refused-answer';
import { upstreamFailure } from './answer/upstream-failure';
import type { Config } from './config';
import type { Work } from './in-flight';
import { acceptUpload, type Upload } from './request/accept-upload';
import { type BodyReader, drainUpload, type UploadFacts, upstreamSilent } from './request/upload';
import { createSilenceWatch } from './silence';
import { callUpstream } from './upstream';

/** What the mirror and a run do while a request passes. */
export interface ExchangeEvents {
  /** Every check has passed; the last byte waits for this. @throws ApiError it does not go */
  checked?(facts: UploadFacts): Promise<void> | void;
  /** The last byte waits for this. @throws ApiError it does not go */
  beforeLast?(): Promise<void>;
  /** Upstream's connection has taken the whole request. */
  passedOn?(): void;
}

/** An exchange that came to no answer. */
export class ExchangeFailure extends Error {
  readonly error: ApiError;
  /** `request`: it was not good, or did not come whole; `upstream`: the gateway failed. */
  readonly side: 'request' | 'upstream';

  constructor({ error, side }: { error: ApiError; side: 'request' | 'upstream' }) {
    super(error.message);
    this.error = error;
    this.side = side;
  }
}

/**
 * One exchange with the gateway: check, send at most once, inspect what comes back. The rest of an
 * upload that upstream answered early is read away here; after a failure that is the caller's.
 * @param user goes along as the body's `user`
 * @param signal ends it at once
 * @param work ends it too, with an error, when the server stops
 * @throws ExchangeFailure, or whatever came of the signal
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
}: {
  endpoint: EndpointName;
  headers: Headers;
  reader: BodyReader;
  config: Config;
  user: string | undefined;
  signal: AbortSignal;
  work: Pick<Work, 'refused' | 'cut'>;
  events?: ExchangeEvents;
}): Promise<CheckedAnswer> {
  const own = new AbortController();
  const either = AbortSignal.any([signal, own.signal]);
  const abort = (reason: Error) => {
    own.abort(reason);
    // A client that fell silent in its upload is not waited for either.
    if (!(reason instanceof ApiError)) void reader.cancel(reason);
  };
  // Two, since upstream may answer while the client is still sending.
  const uploadWatch = createSilenceWatch(config.timeoutMs, abort);
  const answerWatch = createSilenceWatch(config.timeoutMs, abort);
  let upload: Upload | undefined;
  let answered = false;
  work.cut.addEventListener('abort', () => abort(work.cut.reason as ApiError));
  // An upload that waits for upstream is not being read, so that reading could not fail.
  work.refused.addEventListener('abort', () => {
    if (!upload?.sent && !answered) abort(work.refused.reason as ApiError);
  });
  const secret = config.gateway.mode === 'gateway' ? config.gateway.apiKey : undefined;
  let side: ExchangeFailure['side'] = 'request';

  try {
    work.refused.throwIfAborted();
    upload = await acceptUpload({
      endpoint,
      headers,
      reader: refusable(reader, work.refused),
      models: config.models,
      user,
      watch: uploadWatch,
      events: {
        onChecked: (facts) => events.checked?.(facts),
        async beforeLast() {
          await events.beforeLast?.();
          either.throwIfAborted();
          work.refused.throwIfAborted();
        },
        onPassedOn: () => events.passedOn?.(),
      },
    });
    side = 'upstream';
    let failure: unknown;
    const body = noting(upload.body, (error) => {
      side = 'request';
      failure = error;
    });
    if (upload.checked) uploadWatch.begin(upstreamSilent);
    const answer = await callUpstream({ endpoint, ...upload, body, signal: either }, config);
    answered = true;
    uploadWatch.end();
    // The demo gateway answers even a request that was given up; what ended it counts.
    if (failure) throw failure;
    if (!upload.sent) work.refused.throwIfAborted();
    if (answer.status >= 200 && answer.status < 300) {
      const ended = () => own.abort();
      return await goodAnswer({ answer, endpoint, secret, watch: answerWatch, abort: ended });
    }
    const refused = await refusedAnswer(answer, secret);
    if (!upload.checked) void drainUpload(reader);
    return refused;
  } catch (error) {
    const { reason } = either;
    own.abort();
    uploadWatch.end();
    if (signal.aborted) throw error;
    if (work.refused.aborted && !upload?.sent) {
      throw new ExchangeFailure({ error: work.refused.reason as ApiError, side: 'request' });
    }
    const failure = upstreamFailure({ error, reason, sent: upload?.sent ?? false });
    throw new ExchangeFailure({ error: failure, side });
  }
}

/** The same reader, whose reading fails with the signal's reason once that aborts. */
function refusable(reader: BodyReader, signal: AbortSignal): BodyReader {
  let refuse: (reason: unknown) => void = () => {};
  signal.addEventListener('abort', () => refuse(signal.reason));
  return {
    async read() {
      signal.throwIfAborted();
      return new Promise((resolve, reject) => {
        refuse = reject;
        reader.read().then(resolve, reject);
      });
    },
    cancel: (reason) => reader.cancel(reason),
  };
}

/** The same body; `onFailure` is told if it fails by itself, whatever the network makes of that. */
function noting(
  body: AsyncIterable<Uint8Array>,
  onFailure: (error: unknown) => void,
): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = body[Symbol.asyncIterator]();
      return {
        async next() {
          try {
            return await iterator.next();
          } catch (error) {
            onFailure(error);
            throw error;
          }
        },
        async return() {
          await iterator.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
