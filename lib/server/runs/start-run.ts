import 'server-only';
import { ApiError } from '../../core/api-error';
import type { EndpointName } from '../../core/models/model';
import type { Caller } from '../access/caller';
import { errorResponse, jsonResponse } from '../answer/response';
import type { Config } from '../config';
import { clientGone, logRequest } from '../log';
import { readerOf } from '../request/body-reader';
import { checkContentType, checkOrigin } from '../request/request-guard';
import { acceptUpload } from '../request/upload';
import { createSilenceWatch } from '../upstream';
import { hashVisitor, newVisitor, readVisitor, setVisitor } from '../visitor';
import { ClientGone, executeRun } from './execute-run';
import { keyReused } from './run-errors';
import { measureBody, readRunId } from './run-request';
import type { RunStore, StoredRun } from './run-store';

// A network that goes away says nothing: its connection looks like one whose client has paused.
const mostSilentMs = 20_000;
const lookEveryMs = 1000;

/**
 * Answers a POST that asks for a run: 202 once the whole request has arrived and been passed on.
 * The same key again attaches to the run; the request goes upstream once.
 */
export async function startRun({
  endpoint,
  request,
  caller,
  config,
  store,
}: {
  endpoint: EndpointName;
  request: Request;
  caller: Caller;
  config: Config;
  store: RunStore;
}): Promise<Response> {
  const { headers } = request;
  const started = performance.now();
  let id: string | undefined;
  try {
    checkOrigin(headers, config.publicOrigin);
    id = readRunId(headers);
    checkContentType(headers, endpoint);
    const known = readVisitor(headers);
    const visitor = known ?? newVisitor();
    const run = await claimRun({
      key: { visitor: hashVisitor(visitor), id },
      endpoint,
      request,
      caller,
      config,
      store,
    });
    return accepted(run, known === undefined ? setVisitor(visitor, request) : undefined);
  } catch (error) {
    const isGone = error instanceof ClientGone;
    const status = isGone ? clientGone : error instanceof ApiError ? error.status : 500;
    const ms = Math.round(performance.now() - started);
    const { user } = caller;
    logRequest('start', { user, run: id, endpoint, status, ms, error: isGone ? undefined : error });
    if (isGone) return new Response(null, { status });
    if (!(error instanceof ApiError)) throw error;
    return errorResponse(error);
  }
}

function accepted(run: StoredRun, cookie: string | undefined): Response {
  return jsonResponse(run.view(), {
    status: 202,
    headers: {
      location: `/api/runs/${run.key.id}`,
      'preference-applied': 'respond-async',
      ...(cookie === undefined ? {} : { 'set-cookie': cookie }),
    },
  });
}

/** The run of a key: started here, or attached to. */
async function claimRun({
  key,
  endpoint,
  request,
  caller,
  config,
  store,
}: {
  key: StoredRun['key'];
  endpoint: EndpointName;
  request: Request;
  caller: Caller;
  config: Config;
  store: RunStore;
}): Promise<StoredRun> {
  for (;;) {
    const { run, isNew } = await store.claim(key, endpoint);
    if (isNew) {
      await new Promise<void>((resolve, reject) => {
        executeRun({ run, store, request, caller, config, onAccepted: resolve }).then(
          resolve,
          reject,
        );
      });
      return run;
    }
    // Until it is known whether the first request comes whole, this one's body stays unread: if it
    // does not, or has stopped, this one is carried out.
    const looking = setInterval(() => run.giveUpSilent(mostSilentMs), lookEveryMs);
    try {
      while (run.view().state === 'uploading') {
        if (request.signal.aborted) throw new ClientGone();
        await run.changed(request.signal);
      }
    } finally {
      clearInterval(looking);
    }
    if (run.released) continue;
    if (run.view().endpoint !== endpoint) throw keyReused();
    await checkSameBody({ run, request, caller, config });
    return run;
  }
}

/** Reads a repeated body away and compares it. @throws ApiError `idempotency_key_reused` */
async function checkSameBody({
  run,
  request,
  caller,
  config,
}: {
  run: StoredRun;
  request: Request;
  caller: Caller;
  config: Config;
}): Promise<void> {
  if (run.fingerprint === undefined) return;
  const { endpoint } = run.view();
  const reader = measureBody({
    reader: readerOf(request),
    endpoint,
  });
  const watch = createSilenceWatch(config.timeoutMs, (reason) => void reader.cancel(reason));
  let fingerprint: string | undefined;
  try {
    const { body } = await acceptUpload({
      endpoint,
      headers: request.headers,
      reader,
      models: config.models,
      user: caller.user,
      watch,
      events: {
        checked(facts) {
          fingerprint = reader.fingerprint(facts);
        },
      },
    });
    for await (const chunk of body) void chunk;
  } catch (error) {
    if (request.signal.aborted) throw new ClientGone();
    // A body that fails the checks is not the one that passed them.
    if (!(error instanceof ApiError)) throw error;
  } finally {
    watch.end();
  }
  if (fingerprint !== run.fingerprint) throw keyReused();
}
