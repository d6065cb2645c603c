import { randomUUID } from 'node:crypto';
import { exchange } from './exchange.mjs';

const json = { 'content-type': 'application/json' };

/** Starts a run of a request. @returns where the run is */
export async function startRun({ port, cookie, path, body }) {
  const headers = {
    ...json,
    cookie,
    'idempotency-key': randomUUID(),
    prefer: 'respond-async',
  };
  const { location } = await exchange({ port, path, headers, status: 202 }, [body]);
  return location;
}

/** Starts a run and reads its answer to the end. @returns where the run is */
export async function throughRun({ port, cookie, path, body, onData }) {
  const location = await startRun({ port, cookie, path, body });
  const answer = { port, path: `${location}/answer`, method: 'GET', headers: { cookie }, onData };
  await exchange(answer);
  return location;
}

/** Has the server forget a run that has ended. */
export function removeRun({ port, cookie, location }) {
  return exchange({ port, path: location, method: 'DELETE', headers: { cookie }, status: 204 });
}
