import 'server-only';
import { resolve } from 'node:path';
import { ApiError } from '../core/api-error';
import type { EndpointName } from '../core/models/model';
import { peerAddress } from './access/addresses';
import { anybody, type Caller } from './access/caller';
import { personOf } from './access/person';
import { errorResponse, isEventStream, type RelayOutcome, relayAnswer } from './answer/response';
import { wholeEvents } from './answer/whole-events';
import { type Config, getConfig } from './config';
import { ExchangeFailure, exchange } from './exchange';
import { inFlight } from './in-flight';
import { clientGone, logRequest } from './log';
import { drainUpload, readerOf, tellingReader } from './request/body-reader';
import type { UploadFacts } from './request/inspect-request';
import { checkOrigin } from './request/request-guard';
import { asksForRun } from './runs/run-request';
import type { RunStore } from './runs/run-store';
import { startRun } from './runs/start-run';
import type { Admission } from './sharing/admission';
import type { StartAsk } from './sharing/lines';
import { startAsk } from './sharing/start-ask';
import { getAdmission, getRunStore } from './stores';
import { followRequest } from './usage/follow-request';

/**
 * Answers a POST on one of the three endpoints (`/api/v1`, the gateway's contract). The request goes
 * upstream at most once, and is ended there when the client goes away, unless it asks for a run.
 * @param caller has been let in already
 * @param store of the runs; tests pass their own
 */
export async function serve(
  endpoint: EndpointName,
  request: Request,
  {
    caller = anybody,
    config = getConfig(),
    store = getRunStore,
    admission = getAdmission,
  }: {
    caller?: Caller;
    config?: Config;
    store?: () => Promise<RunStore>;
    admission?: () => Admission;
  } = {},
): Promise<Response> {
  if (asksForRun(request.headers)) {
    const parts = { store: await store(), admission: admission() };
    return startRun({ endpoint, request, caller, config, ...parts });
  }
  const started = performance.now();
  const { headers, signal } = request;
  const { user } = caller;
  let ask: StartAsk | undefined;
  let isBooked = false;
  const work = inFlight().enter();
  const address = peerAddress(headers, config.trustedProxies);
  const followed = followRequest({ endpoint, caller, address });
  const record = (
    status: number,
    { bytes = 0, error, returned }: Partial<RelayOutcome> & { returned?: number | undefined },
  ) => {
    const wasCut = work.signal.aborted;
    work.leave();
    const ms = Math.round(performance.now() - started);
    const { model } = { ...ask };
    const end =
      status === clientGone ? 'cancelled' : !error ? 'done' : wasCut ? 'interrupted' : 'failed';
    const pictures = followed.ended(end, { returned, error });
    logRequest('mirror', { user, endpoint, model, status, ms, bytes, ...pictures, error });
  };

  const reader = tellingReader(readerOf(request), () => {
    if (ask) admission().uploadMoves(ask);
  });
  const askFor = (facts: Parameters<typeof startAsk>[1]) => {
    const person = personOf(caller, headers, config.trustedProxies);
    ask = startAsk(endpoint, facts, { person, visitor: '', key: null });
    return ask;
  };
  // A ticket that has become a booking is gone; its name may by now be that of this person's next one.
  const letGo = (error: unknown) => {
    if (ask && !isBooked) admission().letGo(ask, error);
  };
  try {
    if (caller.kind !== 'sdk') checkOrigin(headers, config.publicOrigin);
    const events = {
      passedOn: followed.passedOn,
      answered: followed.answered,
      begun: (facts: Pick<UploadFacts, 'model'>) => admission().knock(askFor(facts)),
      checked: async (facts: UploadFacts) => {
        const asked = askFor(facts);
        followed.checked(asked);
        await admission().knock(asked);
      },
    };
    const found = await exchange({
      endpoint,
      headers,
      reader,
      config,
      user,
      signal,
      work,
      events,
      // Every check has passed, so it is known what is asked for.
      book: async () => {
        const booking = followed.booked(await admission().admit(ask as StartAsk, { work }));
        isBooked = true;
        return booking;
      },
    });
    const answer = isEventStream(found)
      ? {
          ...found,
          pieces: wholeEvents(found.pieces, resolve(/*turbopackIgnore: true*/ config.dataDir)),
        }
      : found;
    return relayAnswer(answer, signal, ({ bytes, error, isGone }) =>
      record(isGone ? clientGone : answer.status, {
        bytes,
        error: error ?? answer.error,
        returned: answer.pictures?.(),
      }),
    );
  } catch (error) {
    if (signal.aborted) {
      letGo(error);
      record(clientGone, {});
      return new Response(null, { status: clientGone });
    }
    const failure = error instanceof ExchangeFailure ? error.error : error;
    letGo(failure);
    if (!(failure instanceof ApiError)) {
      record(500, { error });
      throw error;
    }
    // A server that stops does not wait for the rest of the upload, which if never read is read away by Node.
    record(failure.status, { error: failure });
    if (request.bodyUsed) void drainUpload(reader);
    return errorResponse(failure);
  }
}
