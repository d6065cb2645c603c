import type { EndpointName } from '../../core/models/model';
import { type Run, type RunList, runsCursorHeader, runsSinceHeader } from '../../core/runs/run';
import { type RunFailure, readRunFailure } from '../../core/runs/run-failure';
import type { TicketView } from '../../core/sharing/sharing';
import { ask } from './request';

// What the browser asks the server. These functions throw where the connection failed; what the server
// has answered comes back as a value.

const paths: Record<EndpointName, string> = {
  generations: '/api/v1/images/generations',
  edits: '/api/v1/images/edits',
  chat: '/api/v1/chat/completions',
};
const maxErrorCharacters = 64 * 1024;
/** For what is answered at once: nothing else would end a request on a connection that died unnoticed. */
const longestWaitMs = 20_000;

/** A request as the wire has it. The same request is always encoded to as many bytes. */
export interface EncodedRequest {
  endpoint: EndpointName;
  /** JSON, or a form with its type. */
  body: string | Blob;
}

/**
 * Starts a run under an idempotency key, or finds the run that was started under it. A repeat never
 * sends the request upstream twice.
 */
export async function postRun(
  { key, endpoint, body }: EncodedRequest & { key: string },
  signal: AbortSignal,
): Promise<{ run: Run } | { trouble: RunFailure }> {
  const response = await ask(paths[endpoint], {
    signal,
    method: 'POST',
    headers: {
      'content-type': (body instanceof Blob && body.type) || 'application/json',
      'idempotency-key': key,
      prefer: 'respond-async',
    },
    body,
  });
  return response.status === 202
    ? { run: (await response.json()) as Run }
    : { trouble: await readRefusal(response) };
}

/** The session is over, so the server does not answer. */
export class SignedOut extends Error {}

/** The server answers, and its database does not. */
export class StoreUnavailable extends Error {}

/** A list of the visitor's runs in flight or ended within the hour, all its pieces together. */
export interface FetchedRuns extends Omit<RunList, 'next'> {
  /** To ask for what changes after this list; null from a server that gives whole lists only. */
  cursor: string | null;
  /** Whether these are all the runs, and not only those that have changed. */
  isWhole: boolean;
}

/**
 * Fetches the visitor's runs.
 * @param since the cursor of an earlier list, to fetch the changes only; a server that has restarted
 *   gives the whole list all the same
 * @param holdSeconds how long the server may wait for a change before it answers
 * @throws also if the answer is no list
 */
export async function fetchRuns({
  since = null,
  holdSeconds = 0,
  signal = AbortSignal.timeout(longestWaitMs),
}: {
  since?: string | null;
  holdSeconds?: number;
  signal?: AbortSignal;
} = {}): Promise<FetchedRuns> {
  const query = since === null ? '' : `?since=${encodeURIComponent(since)}`;
  const headers: Record<string, string> = holdSeconds > 0 ? { prefer: `wait=${holdSeconds}` } : {};
  const runs: Run[] = [];
  for (let path = `/api/runs${query}`; ; ) {
    const response = await ask(path, { signal, headers });
    if (!response.ok) {
      const { kind } = await readRefusal(response);
      if (kind === 'signed_out') throw new SignedOut();
      if (kind === 'store_unavailable') throw new StoreUnavailable();
      throw new Error(`The list of runs was answered with ${response.status}.`);
    }
    const piece = (await response.json()) as RunList;
    runs.push(...piece.runs);
    if (piece.next) path = piece.next;
    else {
      const cursor = response.headers.get(runsCursorHeader);
      const isWhole = !response.headers.has(runsSinceHeader);
      const { next: _next, ...list } = piece;
      return { ...list, runs, cursor, isWhole };
    }
  }
}

/** One run; undefined if the server does not know it. Throws as well on any other answer. */
export async function fetchRun(id: string): Promise<Run | undefined> {
  const response = await ask(runPath(id), { signal: AbortSignal.timeout(longestWaitMs) });
  if (response.ok) return (await response.json()) as Run;
  const { code, kind } = await readRefusal(response);
  if (kind === 'signed_out') throw new SignedOut();
  if (code === 'run_not_found' || code === 'run_gone') return undefined;
  throw new Error(`The run was answered with ${response.status}.`);
}

/** A run's answer from a byte on, as it arrives. One without `Run-Id` is a proxy's own page. */
export function fetchAnswer({
  id,
  offset,
  signal,
}: {
  id: string;
  offset: number;
  signal: AbortSignal;
}): Promise<Response> {
  return ask(`${runPath(id)}/answer?offset=${offset}`, { signal });
}

/**
 * Cancels a run that is under way, or makes the server forget one that has ended.
 * @returns whether that is done; false: the server does not know it. Throws on any other answer.
 */
export async function deleteRun(id: string): Promise<boolean> {
  const signal = AbortSignal.timeout(longestWaitMs);
  const response = await ask(runPath(id), { method: 'DELETE', keepalive: true, signal });
  if (response.ok) return true;
  const { code } = await readRefusal(response);
  if (code === 'run_not_found' || code === 'run_gone') return false;
  throw new Error(`The end of a run was answered with ${response.status}.`);
}

/**
 * Takes a place in the line of a model, before a large upload that would be refused. The same key again finds it.
 * @returns the place, or why there is none. Throws where the connection failed.
 */
export async function takeTicket({
  key,
  model,
  pictures,
}: {
  key: string;
  model: string;
  pictures: number;
}): Promise<{ ticket: TicketView } | { trouble: RunFailure }> {
  const response = await ask('/api/queue', {
    signal: AbortSignal.timeout(longestWaitMs),
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ model, pictures }),
  });
  return response.ok
    ? { ticket: (await response.json()) as TicketView }
    : { trouble: await readRefusal(response) };
}

/** Gives a place in line back. @returns true; throws where that could not be said */
export async function dropTicket(key: string): Promise<true> {
  const signal = AbortSignal.timeout(longestWaitMs);
  const path = `/api/queue?key=${encodeURIComponent(key)}`;
  const { status } = await ask(path, { method: 'DELETE', keepalive: true, signal });
  // Any other refusal would be the same again.
  if (status >= 500) throw new Error(`The end of a wait was answered with ${status}.`);
  return true;
}

/** Signs in. @returns why that failed; undefined if it did not */
export async function postSignIn(body: {
  name: string;
  password: string;
}): Promise<RunFailure | undefined> {
  const response = await ask('/api/auth/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.ok ? undefined : readRefusal(response);
}

/** Ends the session at the server, for every copy of its cookie. @throws where that failed */
export async function postSignOut(): Promise<void> {
  const response = await ask('/api/auth/logout', { method: 'POST' });
  if (!response.ok) throw new Error(`The sign-out was answered with ${response.status}.`);
}

/** Makes this browser a new visitor, who finds no run from before at the server. @throws where that failed */
export async function postForget(): Promise<void> {
  const { ok, status } = await ask('/api/auth/logout?forget', { method: 'POST' });
  // Where a proxy names people nobody signs out here, and another name is another visitor anyway.
  if (!ok && status !== 404) throw new Error(`The new visitor was answered with ${status}.`);
}

/** Reads why the server or a proxy refused a request. */
export async function readRefusal(response: Response): Promise<RunFailure> {
  const { status, headers } = response;
  const text = await response.text().catch(() => '');
  return readRunFailure({
    status,
    headers,
    text: text.slice(0, maxErrorCharacters),
    now: Date.now(),
  });
}

const runPath = (id: string) => `/api/runs/${encodeURIComponent(id)}`;
