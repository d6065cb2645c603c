import 'server-only';
import { ApiError } from '../../core/api-error';
import { peerAddress } from '../access/addresses';
import { personOf } from '../access/person';
import { errorResponse, jsonResponse } from '../answer/response';
import { userHeader } from '../exchange';
import { clientGone, logRequest } from '../log';
import { drainUpload, readerOf } from '../request/body-reader';
import type { UploadFacts } from '../request/inspect-request';
import { checkContentType, checkOrigin } from '../request/request-guard';
import { acceptUpload } from '../request/upload';
import { limitedReader } from '../request/upload-limits';
import { createSilenceWatch } from '../upstream';
import { giveVisitor, readVisitor, visitorFor, visitorOfStart } from '../visitor';
import { ClientGone, executeRun, type RunStart } from './execute-run';
import { keyReused } from './run-errors';
import { measureBody, readRunId } from './run-request';
import type { RunKey, StoredRun } from './run-store';

// A lost network closes no connection. After this silence an upload gives way to a repeat of it.
const mostSilentMs = 20_000;
const lookEveryMs = 1000;

/**
 * Answers a POST that asks for a run: 202 once the whole request has arrived and gone upstream.
 * The same key again (`Idempotency-Key`) attaches to the run; the request goes upstream once.
 */
export async function startRun(start: RunStart): Promise<Response> {
  const { endpoint, request, caller, config } = start;
  const { headers } = request;
  const started = performance.now();
  let id: string | undefined;
  try {
    if (caller.kind !== 'sdk') checkOrigin(headers, config.publicOrigin);
    id = readRunId(headers);
    checkContentType(headers, endpoint);
    const known = readVisitor(headers);
    const address = peerAddress(headers, config.trustedProxies);
    const visitor = known ?? visitorOfStart(headers, address);
    let userReplaced = false;
    const onChecked = (facts: UploadFacts) => {
      userReplaced = facts.userReplaced;
    };
    const run = await claimRun(
      { visitor: visitorFor(caller, visitor), id },
      { ...start, onChecked },
    );
    const response = accepted(run, userHeader({ userReplaced }));
    if (known === undefined) giveVisitor(response, visitor, headers);
    return response;
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

function accepted(run: StoredRun, headers: Record<string, string>): Response {
  return jsonResponse(run.view(), {
    status: 202,
    headers: {
      location: `/api/runs/${run.key.id}`,
      'preference-applied': 'respond-async',
      ...headers,
    },
  });
}

/** The run of a key: started here, or attached to. */
async function claimRun(key: RunKey, start: RunStart): Promise<StoredRun> {
  const { endpoint, request, caller, config, store } = start;
  const owner = personOf(caller, request.headers, config.trustedProxies);
  for (;;) {
    const { run, isNew } = await store.claim(key, { endpoint, owner });
    if (isNew) {
      await new Promise<void>((resolve, reject) => {
        executeRun(run, start, resolve).then(resolve, reject);
      });
      return run;
    }
    // This body stays unread until it is known whether the first request comes whole: if that breaks
    // off or falls silent, this one is carried out instead.
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
    await checkSameBody(run, start);
    return run;
  }
}

/** Reads the body of a repeat and compares it. @throws ApiError `idempotency_key_reused` */
async function checkSameBody(
  run: StoredRun,
  { endpoint, request, caller, config, onChecked }: RunStart,
): Promise<void> {
  if (run.fingerprint === undefined) return;
  const arriving = readerOf(request);
  const limited = limitedReader(arriving);
  let unread: unknown;
  const read = () =>
    limited.read().catch((error: unknown) => {
      unread = error;
      throw error;
    });
  const reader = measureBody({ ...limited, read }, endpoint);
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
          onChecked?.(facts);
          fingerprint = reader.fingerprint(facts);
        },
      },
    });
    for await (const chunk of body) void chunk;
  } catch (error) {
    if (request.signal.aborted) throw new ClientGone();
    // A body that fails a check is another than the one that passed them.
    if (!(error instanceof ApiError)) throw error;
    // One that stalls, or has to make room for others, is not known to be another, and finds its run: after an
    // error the page would send it again under a new key, and pay twice.
    if (error === unread) return;
  } finally {
    watch.end();
    // What was never read is read away by Node.
    if (request.bodyUsed) void drainUpload(arriving);
  }
  if (fingerprint !== run.fingerprint) throw keyReused();
}
