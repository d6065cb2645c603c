import 'server-only';
import { ApiError } from '../../core/api-error';
import { hasEnded, isUuid, type RunList } from '../../core/runs/run';
import { anybody, type Caller } from '../access/caller';
import { apiHeaders, errorResponse, jsonResponse } from '../answer/error-response';
import { type Config, getConfig } from '../config';
import { checkOrigin } from '../request/request-guard';
import { logRequest } from '../request-log';
import { hashVisitor, readVisitor } from '../visitor';
import { answerResponse } from './answer-response';
import { runNotFound } from './run-errors';
import { getRunStore } from './run-store';
import type { RunStore, StoredRun } from './store';

const hour = 60 * 60 * 1000;

/** What a handler of `/api/runs/<id>` is given. */
export interface RunRequest {
  request: Request;
  /** As it stands in the path. */
  id: string;
  store?: Promise<RunStore>;
}

/** `GET /api/runs`: the visitor's runs under way or ended within the hour, newest first. */
export async function handleListRuns(
  request: Request,
  store: Promise<RunStore> = getRunStore(),
  now: number = Date.now(),
): Promise<Response> {
  const visitor = readVisitor(request.headers);
  const runs = visitor === undefined ? [] : await (await store).list(hashVisitor(visitor));
  const list: RunList = {
    serverTime: now,
    runs: runs
      .map((run) => run.view())
      .filter((run) => !hasEnded(run) || now - (run.endedAt ?? 0) <= hour),
  };
  return jsonResponse(list);
}

/** `GET /api/runs/<id>`: one run. */
export function handleShowRun(asked: RunRequest): Promise<Response> {
  return answering(async () => jsonResponse((await findRun(asked)).view()));
}

/**
 * `GET /api/runs/<id>/answer?offset=<bytes>`: the answer as upstream gave it, from a byte on.
 * @param waitMs how long to wait for an answer that has not begun
 */
export function handleShowAnswer({
  waitMs,
  ...asked
}: RunRequest & { waitMs?: number }): Promise<Response> {
  const runId: Record<string, string> = isUuid(asked.id)
    ? { 'run-id': asked.id.toLowerCase() }
    : {};
  return answering(async () => {
    const offset = readOffset(new URL(asked.request.url).searchParams);
    const run = await findRun(asked);
    return answerResponse({ run, offset, signal: asked.request.signal, waitMs });
  }, runId);
}

/**
 * `DELETE /api/runs/<id>`: 204. A run under way is cancelled and stays in the list; one that has
 * ended is forgotten with its answer, and again is 204, since that is how it shall be.
 */
export async function handleDeleteRun({
  caller: { user } = anybody,
  config = getConfig(),
  ...asked
}: RunRequest & { caller?: Caller; config?: Pick<Config, 'publicOrigin'> }): Promise<Response> {
  const started = performance.now();
  const response = await answering(async () => {
    checkOrigin(asked.request.headers, config.publicOrigin);
    const { store = getRunStore() } = asked;
    try {
      const run = await findRun({ ...asked, store });
      if (hasEnded(run.view())) await (await store).forget(run.key);
      else await run.cancel();
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'run_gone')) throw error;
    }
    return new Response(null, { status: 204, headers: apiHeaders });
  });
  const { status } = response;
  const run = isUuid(asked.id) ? asked.id.toLowerCase() : undefined;
  logRequest('delete', { user, run, status, ms: Math.round(performance.now() - started) });
  return response;
}

async function findRun({ request, id, store = getRunStore() }: RunRequest): Promise<StoredRun> {
  const visitor = readVisitor(request.headers);
  if (visitor === undefined || !isUuid(id)) throw runNotFound();
  return (await store).find({ visitor: hashVisitor(visitor), id: id.toLowerCase() });
}

function readOffset(query: URLSearchParams): number {
  const text = query.get('offset') ?? '0';
  const offset = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(offset)) return offset;
  throw new ApiError({
    code: 'invalid_value',
    param: 'offset',
    message: 'offset must be a whole number of bytes, 0 or more, such as ?offset=1048576.',
  });
}

async function answering(
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
