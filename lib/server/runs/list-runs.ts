import 'server-only';
import { ApiError } from '../../core/api-error';
import { isUuid, type RunList, runsCursorHeader, runsSinceHeader } from '../../core/runs/run';
import { anybody, type Caller } from '../access/caller';
import { personOf } from '../access/person';
import { jsonResponse } from '../answer/response';
import { type Config, getConfig } from '../config';
import type { Admission } from '../sharing/admission';
import { getAdmission, getRunStore } from '../stores';
import { readVisitors, visitorFor } from '../visitor';
import { isCursor } from './change-feed';
import { answering, waitAtMost } from './run-handlers';
import { readWait } from './run-request';
import type { RunStore } from './run-store';

const hour = 60 * 60 * 1000;
/** Runs in one piece of the list. */
const pieceLength = 500;

/**
 * `GET /api/runs`: the visitor's runs under way or ended within the hour, newest first, in pieces of
 * 500. With `?since=<cursor>` only those that changed after it; then `Prefer: wait=<seconds>` (RFC
 * 7240, at most 25) holds the answer back until something has changed. Counts of bytes are a change
 * about once a second, and so is a ticket whose turn has come. A cursor of another process, or from before a run was removed, gets the whole
 * list, in which the removed run is missing.
 */
export function handleListRuns(
  request: Request,
  {
    caller = anybody,
    store = getRunStore(),
    now = Date.now,
    admission = getAdmission(),
    trustedProxies = getConfig().trustedProxies,
  }: {
    caller?: Caller;
    store?: Promise<RunStore>;
    now?: () => number;
    admission?: Pick<Admission, 'keepAlive' | 'whenCalled' | 'view'>;
    trustedProxies?: Config['trustedProxies'];
  } = {},
): Promise<Response> {
  return answering(async () => {
    const query = new URL(request.url).searchParams;
    const since = query.get('since') ?? undefined;
    if (since !== undefined && !isCursor(since)) throw notGiven('since', 'header Runs-Cursor');
    const piece = readPiece(query);
    const seconds = since === undefined || piece ? 0 : readWait(request.headers);
    // A request without a visitor has no runs, and waits like any other.
    const visitor = visitorFor(caller, readVisitors(request.headers)[0] ?? '');
    admission.keepAlive(visitor);
    const { runs, ...listing } = await waitAtMost(seconds * 1000, request.signal, async (until) =>
      (await store).list(visitor, {
        since,
        until:
          seconds > 0 ? calledOr(until, (signal) => admission.whenCalled(visitor, signal)) : until,
        after: piece,
        endedAfter: now() - hour,
        // One more than there is place for tells that there is another piece.
        limit: pieceLength + 1,
      }),
    );
    const cursor = piece?.cursor ?? listing.cursor;
    const views = runs.slice(0, pieceLength).map((run) => run.view());
    const last = views.at(-1);
    const next = new URLSearchParams(query);
    if (last) next.set('piece', `${cursor}.${last.createdAt}.${last.id}`);
    const list: RunList = {
      serverTime: now(),
      runs: views,
      next: runs.length > pieceLength ? `/api/runs?${next}` : null,
      ...(await admission.view(visitor, personOf(caller, request.headers, trustedProxies))),
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

/** A signal that aborts with another, or when the turn of a ticket has come. */
function calledOr(until: AbortSignal, whenCalled: (signal: AbortSignal) => Promise<void>) {
  const ended = new AbortController();
  const end = () => ended.abort();
  until.addEventListener('abort', end);
  if (until.aborted) end();
  else void whenCalled(until).then(end);
  return ended.signal;
}

// A piece starts after the last run of the one before. Its cursor is that of the first piece, or a
// change between the two would be missed.
function readPiece(query: URLSearchParams) {
  const piece = query.get('piece');
  if (piece === null) return undefined;
  const [, cursor = '', createdAt, id = ''] = /^([^.]+)\.(\d{1,15})\.([^.]+)$/.exec(piece) ?? [];
  if (!isCursor(cursor) || !isUuid(id)) throw notGiven('piece', 'field next');
  return { cursor, createdAt: Number(createdAt), id };
}

function notGiven(param: string, where: string): ApiError {
  return new ApiError({
    code: 'invalid_value',
    param,
    message:
      `${param} must come from the ${where} of an earlier list of runs. ` +
      'Leave it out to get the whole list.',
  });
}
