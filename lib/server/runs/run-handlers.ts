import 'server-only';
import { ApiError } from '../../core/api-error';
import {
  hasEnded,
  isUuid,
  type Run,
  type RunList,
  runsCursorHeader,
  runsSinceHeader,
} from '../../core/runs/run';
import { anybody, type Caller } from '../access/caller';
import { apiHeaders, errorResponse, jsonResponse } from '../answer/response';
import { type Config, getConfig } from '../config';
import { inFlight } from '../in-flight';
import { logRequest } from '../log';
import { checkOrigin } from '../request/request-guard';
import { hashVisitor, readVisitor } from '../visitor';
import { answerResponse } from './answer-response';
import { isCursor } from './change-feed';
import { runNotFound } from './run-errors';
import { readWait } from './run-request';
import { getRunStore } from './run-store';
import type { RunStore, StoredRun } from './store';

const hour = 60 * 60 * 1000;
/** Runs in one piece of the list. */
const pieceLength = 500;
/** A server that stops lets nobody wait longer, and must not be asked in a loop either. */
const maxWaitMsWhileStopping = 1000;

/** What a handler of `/api/runs/<id>` is given. */
export interface RunRequest {
  request: Request;
  /** As it stands in the path. */
  id: string;
  store?: Promise<RunStore>;
}

/**
 * `GET /api/runs`: the visitor's runs under way or ended within the hour, newest first, in pieces of
 * 500. With `?since=<cursor>` only those that changed after it; then `Prefer: wait=<seconds>` (at
 * most 25) holds the answer back until something has changed. Counts of bytes are a change about
 * once a second. A run that was forgotten is no change: it is missing from the next whole list.
 */
export function handleListRuns(
  request: Request,
  store: Promise<RunStore> = getRunStore(),
  now: () => number = Date.now,
): Promise<Response> {
  return answering(async () => {
    const query = new URL(request.url).searchParams;
    const since = query.get('since') ?? undefined;
    if (since !== undefined && !isCursor(since)) throw notGiven('since', 'header Runs-Cursor');
    const piece = readPiece(query);
    const seconds = since === undefined || piece ? 0 : readWait(request.headers);
    // Somebody without a name has no runs, and waits like everybody.
    const visitor = hashVisitor(readVisitor(request.headers) ?? '');
    const listing = await waiting(seconds * 1000, request.signal, async (until) =>
      (await store).list(visitor, { since, until }),
    );
    const serverTime = now();
    const runs = listing.runs
      .map((run) => run.view())
      .filter((run) => !hasEnded(run) || serverTime - (run.endedAt ?? 0) <= hour)
      .filter((run) => !piece || isAfter(run, piece));
    const cursor = piece?.cursor ?? listing.cursor;
    const last = runs[pieceLength - 1];
    const next = new URLSearchParams(query);
    if (last) next.set('piece', `${cursor}.${last.createdAt}.${last.id}`);
    const list: RunList = {
      serverTime,
      runs: runs.slice(0, pieceLength),
      next: runs.length > pieceLength ? `/api/runs?${next}` : null,
    };
    return jsonResponse(list, {
      headers: {
        [runsCursorHeader]: cursor,
        ...(listing.isWhole || since === undefined ? {} : { [runsSinceHeader]: since }),
        ...(seconds > 0 ? { 'preference-applied': `wait=${seconds}` } : {}),
      },
    });
  });
}

/** Calls with a signal that aborts after a time, when the client leaves, and when the server stops. */
async function waiting<T>(
  ms: number,
  client: AbortSignal,
  call: (until: AbortSignal) => Promise<T>,
): Promise<T> {
  const { stopping } = inFlight();
  const wait = new AbortController();
  const stop = () => wait.abort();
  const timer = setTimeout(stop, stopping.aborted ? Math.min(ms, maxWaitMsWhileStopping) : ms);
  const signals = [client, stopping];
  for (const signal of signals) signal.addEventListener('abort', stop);
  if (ms === 0 || client.aborted) stop();
  try {
    return await call(wait.signal);
  } finally {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener('abort', stop);
  }
}

// A piece begins after a run; the cursor stays that of the first one, before which nothing is missed.
function readPiece(query: URLSearchParams) {
  const piece = query.get('piece');
  if (piece === null) return undefined;
  const [, cursor = '', createdAt, id = ''] = /^([^.]+)\.(\d{1,15})\.([^.]+)$/.exec(piece) ?? [];
  if (!isCursor(cursor) || !isUuid(id)) throw notGiven('piece', 'field next');
  return { cursor, createdAt: Number(createdAt), id };
}

// The order of a list: newest first, and by id where two began in the same millisecond.
function isAfter(run: Run, piece: { createdAt: number; id: string }): boolean {
  return run.createdAt === piece.createdAt ? run.id < piece.id : run.createdAt < piece.createdAt;
}

function notGiven(param: string, where: string): ApiError {
  return new ApiError({
    code: 'invalid_value',
    param,
    message: `${param} must be as the ${where} of an earlier list of runs gave it; without it the whole list comes.`,
  });
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
