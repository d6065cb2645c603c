import 'server-only';
import { ApiError } from '../../core/api-error';
import { modelUnknown } from '../../core/endpoints/options';
import { findModel } from '../../core/models/lookup';
import { isUuid } from '../../core/runs/run';
import { problemError } from '../../core/validation';
import { peerAddress } from '../access/addresses';
import { anybody, type Caller } from '../access/caller';
import { personOf } from '../access/person';
import { apiHeaders, jsonResponse } from '../answer/response';
import { type Config, getConfig } from '../config';
import { checkContentType, checkOrigin } from '../request/request-guard';
import { readSmallObject } from '../request/small-body';
import { answering } from '../runs/run-handlers';
import { readRunId } from '../runs/run-request';
import { getAdmission } from '../stores';
import { giveVisitor, readVisitor, readVisitors, visitorFor, visitorOfStart } from '../visitor';
import type { Admission } from './admission';

interface QueueParts {
  caller?: Caller;
  config?: Config;
  admission?: Pick<Admission, 'takeTicket' | 'dropTicket'>;
}

// As many as a batch may bring; what a model takes is checked when the request itself comes.
const mostPictures = 100;

/**
 * `POST /api/queue` with JSON `{model, pictures}` and the `Idempotency-Key` of the start that follows: takes its
 * ticket, so that a large upload is not sent in vain. 201: it waits; 200: its turn has come. The same key
 * again finds its ticket.
 */
export function handleTakeTicket(
  request: Request,
  { caller = anybody, config = getConfig(), admission = getAdmission() }: QueueParts = {},
): Promise<Response> {
  return answering(async () => {
    const { headers } = request;
    if (caller.kind !== 'sdk') checkOrigin(headers, config.publicOrigin);
    const key = readRunId(headers);
    checkContentType(headers, 'generations');
    const { model, pictures = 1 } = await readSmallObject(request);
    if (typeof model !== 'string') throw wrong('model', 'model must be the name of a model.');
    if (!findModel(config.models, model)) throw problemError(modelUnknown(model, config.models));
    if (typeof pictures !== 'number' || !Number.isInteger(pictures)) throw wrongPictures();
    if (pictures < 1 || pictures > mostPictures) throw wrongPictures();
    const known = readVisitor(headers);
    const visitor = known ?? visitorOfStart(headers, peerAddress(headers, config.trustedProxies));
    const ticket = await admission.takeTicket({
      person: personOf(caller, headers, config.trustedProxies),
      visitor: visitorFor(caller, visitor),
      key,
      model,
      pictures,
    });
    const response = jsonResponse(ticket, { status: ticket.heldUntil === null ? 201 : 200 });
    if (known === undefined) giveVisitor(response, visitor, headers);
    return response;
  });
}

/** `DELETE /api/queue?key=<uuid>`: gives a ticket back. 204, also where there is none. */
export function handleDropTicket(
  request: Request,
  { caller = anybody, config = getConfig(), admission = getAdmission() }: QueueParts = {},
): Promise<Response> {
  return answering(async () => {
    if (caller.kind !== 'sdk') checkOrigin(request.headers, config.publicOrigin);
    const key = new URL(request.url).searchParams.get('key') ?? '';
    if (!isUuid(key)) throw wrong('key', 'key must be the UUID of the start that waits.');
    for (const visitor of readVisitors(request.headers)) {
      await admission.dropTicket({ visitor: visitorFor(caller, visitor), key: key.toLowerCase() });
    }
    return new Response(null, { status: 204, headers: apiHeaders });
  });
}

function wrong(param: string, message: string): ApiError {
  return new ApiError({ code: 'invalid_value', param, message });
}

function wrongPictures(): ApiError {
  return wrong('pictures', `pictures must be a whole number from 1 to ${mostPictures}.`);
}
