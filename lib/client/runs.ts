import { encodeGeneration } from '../core/endpoints/generations/request';
import type { ImageRequest } from '../core/endpoints/image-request';

/** What a run asks for: the endpoint, and its request as the wire has it. */
export interface RunRequest {
  endpoint: 'generations';
  request: ImageRequest;
}

const paths = { generations: '/api/v1/images/generations' } as const;

/** Sends a run to the server, once; the answer's body streams. The browser's only `fetch`. */
export function startRun({
  run: { endpoint, request },
  signal,
  fetch = globalThis.fetch,
}: {
  run: RunRequest;
  signal: AbortSignal;
  fetch?: typeof globalThis.fetch;
}): Promise<Response> {
  return fetch(paths[endpoint], {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: encodeGeneration(request),
    signal,
    cache: 'no-store',
    redirect: 'error',
  });
}
