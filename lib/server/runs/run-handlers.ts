import 'server-only';
import { ApiError } from '../../core/api-error';
import { hasEnded, isUuid } from '../../core/runs/run';
import { anybody, type Caller } from '../access/caller';
import { apiHeaders, errorResponse, jsonResponse } from '../answer/response';
import { type Config, getConfig } from '../config';
import { inFlight } from '../in-flight';
import { log, logRequest } from '../log';
import { checkOrigin } from '../request/request-guard';
import { getRunStore } from '../stores';
import { readVisitors, visitorFor } from '../visitor';
import { noAnswer, runNotFound } from './run-errors';
import type { AnswerReader, RunStore, StoredRun } from './run-store';

const pullBytes = 256 * 1024;
// A proxy in front gives up after 60 s; this is well before.
const longestWaitMs = 25_000;
// A server that stops must not be held up by waiting requests, nor be asked in a tight loop.
const longestWaitMsWhileStopping = 1000;

/** What a handler of `/api/runs/<id>` is given. */
export interface RunRequest {
  request: Request;
  /** The segment of the path, not checked. */
  id: string;
  caller?: Caller;
  store?: Promise<RunStore>;
}

/** `GET /api/runs/<id>`: one run. */
export function handleShowRun(asked: RunRequest): Promise<Response> {
  return answering(async () => jsonResponse((await findRun(asked)).view()));
}

/**
 * `GET /api/runs/<id>/answer?offset=<bytes>`: the answer as upstream gave it, from a byte on, as it
 * arrives. A run that has none yet is answered with 202 after a while. The body ends where the run
 * does, for whatever reason: only the run's state and its count of bytes say whether it is whole.
 * @param waitMs how long to wait for an answer that has not begun
 */
export function handleShowAnswer({
  waitMs = longestWaitMs,
  ...asked
}: RunRequest & { waitMs?: number }): Promise<Response> {
  const { request, id } = asked;
  const runId: Record<string, string> = isUuid(id) ? { 'run-id': id.toLowerCase() } : {};
  return answering(async () => {
    const offset = readOffset(new URL(request.url).searchParams);
    const run = await findRun(asked);
    await waitAtMost(waitMs, request.signal, async (until) => {
      while (!run.head && !hasEnded(run.view()) && !until.aborted) await run.changed(until);
    });
    const { head } = run;
    if (head) {
      const body = answerBody(run, await run.openAnswer(), { offset, client: request.signal });
      const headers = { ...apiHeaders, ...head.headers, ...runId };
      return new Response(body, { status: head.status, headers });
    }
    const view = run.view();
    if (!hasEnded(view)) {
      return jsonResponse(view, { status: 202, headers: { 'retry-after': '1', ...runId } });
    }
    const why = view.error?.message ?? 'This run was cancelled before it had an answer.';
    throw noAnswer(why, !run.released);
  }, runId);
}

function answerBody(
  run: StoredRun,
  reader: AnswerReader,
  { offset, client }: { offset: number; client: AbortSignal },
): ReadableStream<Uint8Array> {
  const left = new AbortController();
  const leave = () => left.abort();
  client.addEventListener('abort', leave);
  if (client.aborted) leave();
  let isCancelled = false;
  let at = offset;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const isAtEnd = () => at >= run.view().bytes;
          while (isAtEnd() && !hasEnded(run.view()) && !left.signal.aborted) {
            await run.changed(left.signal);
          }
          const hasMore = !left.signal.aborted && !isAtEnd();
          const chunk = hasMore ? await reader.read(at, pullBytes) : undefined;
          if (chunk && chunk.length > 0) {
            at += chunk.length;
            controller.enqueue(chunk);
            return;
          }
          if (!left.signal.aborted && isAtEnd()) run.noteRead();
        } catch (error) {
          // The bytes are lost. The client finds that by their count.
          if (!(error instanceof ApiError)) log().error({ err: error }, 'unexpected failure');
        }
        await reader.close();
        if (!isCancelled) controller.close();
      },
      async cancel() {
        isCancelled = true;
        leave();
        await reader.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * `DELETE /api/runs/<id>`: 204. A run under way is cancelled and stays in the list; one that has
 * ended is removed with its answer. A repeat is 204 too (idempotent).
 */
export async function handleDeleteRun({
  caller = anybody,
  config = getConfig(),
  ...asked
}: RunRequest & { config?: Pick<Config, 'publicOrigin'> }): Promise<Response> {
  const started = performance.now();
  const response = await answering(async () => {
    if (caller.kind !== 'sdk') checkOrigin(asked.request.headers, config.publicOrigin);
    const { store = getRunStore() } = asked;
    try {
      const run = await findRun({ ...asked, caller, store });
      if (hasEnded(run.view())) await (await store).forget(run.key);
      else await run.cancel();
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'run_gone')) throw error;
    }
    return new Response(null, { status: 204, headers: apiHeaders });
  });
  const { status } = response;
  const { user } = caller;
  const run = isUuid(asked.id) ? asked.id.toLowerCase() : undefined;
  logRequest('delete', { user, run, status, ms: Math.round(performance.now() - started) });
  return response;
}

async function findRun({
  request,
  id,
  caller = anybody,
  store = getRunStore(),
}: RunRequest): Promise<StoredRun> {
  if (isUuid(id)) {
    for (const visitor of readVisitors(request.headers)) {
      try {
        const key = { visitor: visitorFor(caller, visitor), id: id.toLowerCase() };
        return await (await store).find(key);
      } catch (error) {
        if (!(error instanceof ApiError && error.code === 'run_not_found')) throw error;
      }
    }
  }
  throw runNotFound();
}

function readOffset(query: URLSearchParams): number {
  const text = query.get('offset') ?? '0';
  const offset = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(offset)) return offset;
  throw new ApiError({
    code: 'invalid_value',
    param: 'offset',
    message: 'offset must be a whole number of bytes, 0 or more. Example: ?offset=1048576.',
  });
}

/** Answers with the envelope where an ApiError is thrown. @throws everything else */
export async function answering(
  answer: () => Promise<Response>,
  headers: Record<string, string> = {},
): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return errorResponse(error, headers);
  }
}

/**
 * Calls with a signal that aborts after a time, when the client goes away, when the server begins to
 * stop, and at the end of the call. While the server stops, the time is at most a second.
 */
export async function waitAtMost<T>(
  ms: number,
  client: AbortSignal,
  call: (until: AbortSignal) => Promise<T>,
): Promise<T> {
  const { stopping } = inFlight();
  const wait = new AbortController();
  const stop = () => wait.abort();
  const most = stopping.aborted ? Math.min(ms, longestWaitMsWhileStopping) : ms;
  const timer = setTimeout(stop, most);
  const signals = [client, stopping];
  for (const signal of signals) signal.addEventListener('abort', stop);
  if (ms === 0 || client.aborted) stop();
  try {
    return await call(wait.signal);
  } finally {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener('abort', stop);
    // What else waits with it would wait for ever.
    stop();
  }
}
