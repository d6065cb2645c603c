import 'server-only';
import { ApiError } from '../../core/api-error';
import type { EndpointName } from '../../core/models/model';
import { peerAddress } from '../access/addresses';
import type { Caller } from '../access/caller';
import { personOf } from '../access/person';
import { errorAnswer } from '../answer/error-answer';
import { type CheckedAnswer, isEventStream } from '../answer/response';
import { upstreamFailure } from '../answer/upstream-failure';
import { eventsAsTheyCome } from '../answer/whole-events';
import type { Config } from '../config';
import { ExchangeFailure, exchange } from '../exchange';
import { inFlight, type Work } from '../in-flight';
import { logRun } from '../log';
import { drainUpload, readerOf } from '../request/body-reader';
import type { UploadFacts } from '../request/inspect-request';
import type { Admission } from '../sharing/admission';
import type { StartAsk } from '../sharing/lines';
import { startAsk } from '../sharing/start-ask';
import { type FollowedRequest, followRequest } from '../usage/follow-request';
import type { RequestEnd } from '../usage/metrics';
import { estimateAnswerBytes } from './room';
import { requestIncomplete } from './run-errors';
import { measureBody } from './run-request';
import type { OwnedRun, RunStore } from './run-store';

/** The client went away before its request was whole; its run is released. */
export class ClientGone extends Error {}

/** A POST that asks for a run. */
export interface RunStart {
  endpoint: EndpointName;
  request: Request;
  caller: Caller;
  config: Config;
  store: RunStore;
  admission: Pick<Admission, 'knock' | 'letGo' | 'uploadMoves'>;
  /** Every check of the body has passed. */
  onChecked?: (facts: UploadFacts) => void;
}

/**
 * Carries a new run out, to its end. Until the last byte of the request goes upstream the run ends
 * with its client's connection; afterwards it goes on without.
 * @param onAccepted is called when the run needs its client no longer
 * @throws ApiError if the request fails a check, ClientGone if it did not arrive whole: then the run
 * is released, and its key free
 */
export async function executeRun(
  run: OwnedRun,
  start: RunStart,
  onAccepted: () => void,
): Promise<void> {
  const work = inFlight().enter();
  const { endpoint, caller, config, request } = start;
  const address = peerAddress(request.headers, config.trustedProxies);
  const followed = followRequest({ endpoint, caller, address, run: run.key.id });
  try {
    const { cancelled } = run;
    const answer = await send({ run, start, work, cancelled, followed, onAccepted });
    onAccepted();
    if (answer) await spoolAnswer(run, answer, { cut: work.signal, cancelled });
    else if (work.signal.aborted) await run.end(cutOff(work.signal));
    else await run.cancel();
    const ended = run.view();
    const returned = answer?.pictures?.();
    const { error } = ended;
    const pictures = followed.ended(ended.state as RequestEnd, { returned, error });
    logRun(ended, { user: caller.user, ...pictures });
  } finally {
    work.leave();
  }
}

/** @returns the answer, which may be an error; undefined: the run was cancelled, or cut at a stop */
async function send({
  run,
  start: { endpoint, request, caller, config, store, admission, onChecked },
  work,
  cancelled,
  followed,
  onAccepted,
}: {
  run: OwnedRun;
  start: RunStart;
  work: Work;
  cancelled: AbortSignal;
  followed: FollowedRequest;
  onAccepted: () => void;
}): Promise<CheckedAnswer | undefined> {
  const client = new AbortController();
  const leave = () => client.abort(new ClientGone());
  const giveUp = () => {
    leave();
    void reader.cancel().catch(() => {});
  };
  const detach = () => request.signal.removeEventListener('abort', leave);
  request.signal.addEventListener('abort', leave);
  if (request.signal.aborted) leave();
  const reader = measureBody(readerOf(request), endpoint, {
    onWait: (isWaiting) => run.awaitClient(isWaiting ? giveUp : undefined),
    onBytes(bytes) {
      run.receive(bytes);
      admission.uploadMoves({ visitor: run.key.visitor, key: run.key.id });
    },
  });

  let ask: StartAsk | undefined;
  const askFor = (facts: Parameters<typeof startAsk>[1]) => {
    const person = personOf(caller, request.headers, config.trustedProxies);
    ask = startAsk(endpoint, facts, { person, visitor: run.key.visitor, key: run.key.id });
    return ask;
  };

  try {
    const answer = await exchange({
      endpoint,
      headers: request.headers,
      reader,
      config,
      user: caller.user,
      signal: AbortSignal.any([client.signal, cancelled]),
      work,
      events: {
        begun: (facts) => admission.knock(askFor(facts)),
        async checked(facts) {
          onChecked?.(facts);
          const asked = askFor(facts);
          followed.checked(asked);
          await admission.knock(asked);
          return run.describe({
            model: facts.model,
            fingerprint: reader.fingerprint(facts),
            answerBytes: estimateAnswerBytes(facts.request, config.models),
          });
        },
        passedOn() {
          followed.passedOn();
          run.passOn();
          onAccepted();
        },
        answered: followed.answered,
      },
      async book() {
        // Every check has passed, so it is known what is asked for.
        const booking = followed.booked(await run.commit(ask as StartAsk, work));
        if (client.signal.aborted) booking.giveBack(false);
        client.signal.throwIfAborted();
        detach();
        return booking;
      },
    });
    // Upstream may answer a request that was given up, although its last byte has not been sent.
    if (client.signal.aborted) answer.abort();
    client.signal.throwIfAborted();
    return answer;
  } catch (error) {
    if (cancelled.aborted) {
      if (ask) admission.letGo(ask, error);
      void drainUpload(reader);
      return undefined;
    }
    if (client.signal.aborted) {
      await store.release(run, requestIncomplete().toEnvelope().error);
      throw new ClientGone();
    }
    // Who left comes again for the slot that is kept.
    if (ask) admission.letGo(ask, error instanceof ExchangeFailure ? error.error : error);
    if (error instanceof ExchangeFailure && error.side === 'request') {
      const isStopping = error.error.code === 'server_stopping';
      await store.release(run, isStopping ? error.error.toEnvelope().error : null);
      // A server that stops must not wait for the rest of the upload.
      work.leave();
      // What was never read is read away by Node.
      if (request.bodyUsed) void drainUpload(reader);
      throw error.error;
    }
    void drainUpload(reader);
    return work.signal.aborted ? undefined : errorAnswer(asApiError(error));
  } finally {
    detach();
  }
}

async function spoolAnswer(
  run: OwnedRun,
  answer: CheckedAnswer,
  { cut, cancelled }: { cut: AbortSignal; cancelled: AbortSignal },
): Promise<void> {
  const pieces = isEventStream(answer) ? eventsAsTheyCome(answer.pieces) : answer.pieces;
  let { error } = answer;
  let wasCut = false;
  try {
    let begun = false;
    for (;;) {
      const { done, value } = await pieces.next();
      if (cancelled.aborted) break;
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

/** How a run ends that was under way when the server stopped. */
function cutOff(cut: AbortSignal) {
  const { error } = (cut.reason as ApiError).toEnvelope();
  return { state: 'interrupted', error } as const;
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ExchangeFailure) return error.error;
  if (error instanceof ApiError) return error;
  return upstreamFailure({ error, reason: undefined, sent: true });
}
