import 'server-only';
import { ApiError } from '../../core/api-error';
import type { Caller } from '../access/caller';
import { errorAnswer, upstreamFailure } from '../answer/error-answer';
import type { CheckedAnswer } from '../answer/response';
import type { Config } from '../config';
import { ExchangeFailure, exchange } from '../exchange';
import { inFlight, type Work } from '../in-flight';
import { logRun } from '../log';
import { drainUpload, readerOf } from '../request/body-reader';
import { estimateAnswerBytes } from './room';
import { requestIncomplete } from './run-errors';
import { type MeasuredReader, measureBody } from './run-request';
import type { RunStore, StoredRun } from './run-store';

/** The client left before its request was whole; its run is released. */
export class ClientGone extends Error {}

/**
 * Carries a new run out, to its end. Until the last byte of the request goes upstream the run hangs
 * on its client; afterwards it goes on without.
 * @param onAccepted the run needs its client no longer
 * @throws ApiError if the request fails a check, ClientGone if it did not come whole: the run is
 * released, and its key free
 */
export async function executeRun(options: {
  run: StoredRun;
  store: RunStore;
  request: Request;
  caller: Caller;
  config: Config;
  onAccepted: () => void;
}): Promise<void> {
  const work = inFlight().enter();
  try {
    await carry({ ...options, work });
  } finally {
    work.leave();
  }
}

async function carry({
  run,
  store,
  request,
  caller,
  config,
  onAccepted,
  work,
}: Parameters<typeof executeRun>[0] & { work: Work }): Promise<void> {
  const { endpoint } = run.view();
  const client = new AbortController();
  const leave = () => client.abort(new ClientGone());
  // What came of it is no request, so that nothing of it is carried out.
  const giveUp = () => {
    leave();
    void reader.cancel().catch(() => {});
  };
  const detach = () => request.signal.removeEventListener('abort', leave);
  request.signal.addEventListener('abort', leave);
  if (request.signal.aborted) leave();
  const reader = measureBody({
    reader: readerOf(request),
    endpoint,
    onWait: (isWaiting) => run.awaitClient(isWaiting ? giveUp : undefined),
    onBytes: run.receive,
  });

  let answer: CheckedAnswer | undefined;
  try {
    answer = await exchange({
      endpoint,
      headers: request.headers,
      reader,
      config,
      user: caller.user,
      signal: AbortSignal.any([client.signal, run.cancelled]),
      work,
      events: {
        checked: (facts) =>
          run.describe({
            model: facts.model,
            fingerprint: reader.fingerprint(facts),
            answerBytes: estimateAnswerBytes(facts.request, config.models),
          }),
        async beforeLast() {
          await run.commit();
          client.signal.throwIfAborted();
          detach();
        },
        passedOn() {
          run.passOn();
          onAccepted();
        },
      },
    });
    // An upstream may answer even a request that was given up: its last byte has not gone.
    if (client.signal.aborted) answer.abort();
    client.signal.throwIfAborted();
  } catch (error) {
    answer = await failedAnswer({ error, run, store, reader, work, isGone: client.signal.aborted });
  } finally {
    detach();
  }
  onAccepted();
  if (answer) await spoolAnswer(run, answer, work.signal);
  else if (work.signal.aborted) await run.end(cutOff(work.signal));
  else await run.cancel();
  logRun(run.view(), caller.user);
}

/** The answer of a run that came to none; a cancelled one has no need of it. */
async function failedAnswer({
  error,
  run,
  store,
  reader,
  work,
  isGone,
}: {
  error: unknown;
  run: StoredRun;
  store: RunStore;
  reader: MeasuredReader;
  work: Work;
  isGone: boolean;
}): Promise<CheckedAnswer | undefined> {
  if (run.cancelled.aborted) {
    void drainUpload(reader);
    return undefined;
  }
  if (isGone) {
    await store.release(run, requestIncomplete().toEnvelope().error);
    throw new ClientGone();
  }
  if (error instanceof ExchangeFailure && error.side === 'request') {
    const isStopping = error.error.code === 'server_stopping';
    await store.release(run, isStopping ? error.error.toEnvelope().error : null);
    // The rest of the upload is nothing that a server that stops would wait for.
    work.leave();
    await drainUpload(reader);
    throw error.error;
  }
  void drainUpload(reader);
  if (work.signal.aborted) return undefined;
  return errorAnswer(
    error instanceof ExchangeFailure
      ? error.error
      : upstreamFailure({ error, reason: undefined, sent: true }),
  );
}

async function spoolAnswer(run: StoredRun, answer: CheckedAnswer, cut: AbortSignal): Promise<void> {
  let { error } = answer;
  let wasCut = false;
  try {
    let begun = false;
    for (;;) {
      const { done, value } = await answer.pieces.next();
      if (run.cancelled.aborted) break;
      if (done) {
        error ??= value?.toEnvelope().error ?? null;
        wasCut = cut.aborted && value === cut.reason;
        break;
      }
      const added = run.append(value);
      if (!begun) run.begin(answer);
      begun = true;
      await added;
    }
  } catch (failure) {
    error ??= asApiError(failure).toEnvelope().error;
    wasCut = cut.aborted && failure === cut.reason;
  }
  answer.abort();
  void answer.pieces.return(undefined);
  // A cancelled run has ended already.
  await run.end(wasCut ? cutOff(cut) : { state: error ? 'failed' : 'done', error });
}

/** The end of a run for which the server had no more time. */
function cutOff(cut: AbortSignal) {
  const { error } = (cut.reason as ApiError).toEnvelope();
  return { state: 'interrupted', error } as const;
}

function asApiError(error: unknown): ApiError {
  return error instanceof ApiError
    ? error
    : upstreamFailure({ error, reason: undefined, sent: true });
}
