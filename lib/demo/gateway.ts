import { setTimeout as wait } from 'node:timers/promises';
import { Hono } from 'hono';
import { ApiError } from '../core/api-error';
import type { EndpointName, Model } from '../core/models/model';
import { workFor } from './answer-body';
import { answerChat } from './chat';
import type { DemoContext, Sleep } from './context';
import { answerEdit, answerGeneration } from './images';
import { createLimiter } from './limiter';
import { discardBody } from './request-body';
import { createRefusalMemory, OutputRefused, RefusedForNow } from './trouble';

/** The gateway that needs no key: Request in, Response out, the whole contract. */
export interface DemoGateway {
  fetch(request: Request): Promise<Response>;
  /** POSTs per endpoint since the start, refused ones included. */
  counts(): Record<EndpointName, number>;
}

const endpoints = {
  generations: {
    path: '/images/generations',
    mediaType: 'application/json',
    answer: answerGeneration,
  },
  edits: { path: '/images/edits', mediaType: 'multipart/form-data', answer: answerEdit },
  chat: { path: '/chat/completions', mediaType: 'application/json', answer: answerChat },
} as const;

// Two pictures at once keep the cores busy; more would only take memory.
const rendersAtOnce = 2;

/**
 * Makes a demo gateway. It answers under any prefix, and what it draws depends on the request alone.
 * @param latencyMs time before an answer begins; text of a streamed chat comes during it
 */
export function createDemoGateway({
  models,
  latencyMs,
  now = Date.now,
  sleep = waitFor,
}: {
  models: readonly Model[];
  latencyMs: number;
  now?: () => number;
  sleep?: Sleep;
}): DemoGateway {
  const counts: Record<EndpointName, number> = { generations: 0, edits: 0, chat: 0 };
  const context: DemoContext = {
    models,
    latencyMs,
    now,
    sleep,
    limiter: createLimiter(rendersAtOnce),
    refusals: createRefusalMemory(),
  };
  // Only the end of the path counts, so that the prefix can be anything.
  const app = new Hono({ getPath: (request) => lastTwoSteps(new URL(request.url).pathname) });
  for (const name of ['generations', 'edits', 'chat'] as const) {
    const { path, mediaType, answer } = endpoints[name];
    app.post(path, ({ req: { raw: request } }) => {
      counts[name]++;
      checkMediaType(request, mediaType);
      return answer({ request, context, work: workFor(request) });
    });
    app.all(path, () => {
      throw new ApiError({ code: 'method_not_allowed', message: 'Only POST is allowed here.' });
    });
  }
  app.notFound(({ req: { url } }) => {
    const { pathname } = new URL(url);
    throw new ApiError({ code: 'not_found', message: `There is nothing at ${pathname}.` });
  });
  app.onError((error, { req: { raw: request } }) => {
    discardBody(request);
    return errorAnswer(error, request);
  });
  return { fetch: async (request) => app.fetch(request), counts: () => ({ ...counts }) };
}

function errorAnswer(error: unknown, request: Request): Response {
  // Nobody reads this answer any more.
  if (request.signal.aborted) return new Response(null, { status: 499 });
  if (error instanceof OutputRefused) {
    return Response.json(error.envelope, { status: error.status });
  }
  const known =
    error instanceof ApiError
      ? error
      : new ApiError({ code: 'server_error', message: `The demo gateway failed: ${error}` });
  const headers = new Headers();
  if (error instanceof RefusedForNow && error.retryAfterSeconds !== null) {
    headers.set('retry-after', String(error.retryAfterSeconds));
  }
  if (known.code === 'method_not_allowed') headers.set('allow', 'POST');
  return Response.json(known.toEnvelope(), { status: known.status, headers });
}

function checkMediaType(request: Request, expected: string): void {
  const sent = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (sent === expected) return;
  throw new ApiError({
    code: 'unsupported_media_type',
    message: `The content type must be ${expected}${sent ? `, not ${sent.slice(0, 100)}` : ''}.`,
  });
}

function lastTwoSteps(path: string): string {
  return `/${path.split('/').slice(-2).join('/')}`;
}

const waitFor: Sleep = (milliseconds, signal) => wait(milliseconds, undefined, { signal });
