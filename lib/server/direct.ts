import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../core/api-error';
import type { EndpointName } from '../core/models/model';
import { errorResponse } from './answer/response';
import { log } from './log';
import type { BodyReader } from './request/body-reader';
import { withAuth } from './routes';
import { handleShowAnswer } from './runs/run-handlers';
import { serve } from './serve';

// The routes whose bodies are large, or which are asked most. Next's router and its web streams take more of the
// processor than all that the server itself does to the bytes, so these handlers are called without them.
// `next dev` answers them by the route files, which call the same.

type Handler = (request: Request) => Promise<Response>;

const post = (endpoint: EndpointName): Handler => {
  const handle = withAuth((request, caller) => serve(endpoint, request, { caller }));
  return (request) => handle(request, undefined);
};

const posts = new Map([
  ['/api/v1/images/generations', post('generations')],
  ['/api/v1/images/edits', post('edits')],
  ['/api/v1/chat/completions', post('chat')],
]);

const showAnswer = withAuth<{ id: string }>((request, caller, { id }) =>
  handleShowAnswer({ request, caller, id }),
);

// What next.config.js adds to everything else.
const usualHeaders = {
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
};

/**
 * Answers a request to one of these routes as the route would behind Next.
 * @returns whether it is one; any other is Next's
 */
export function answerDirectly(request: IncomingMessage, response: ServerResponse): boolean {
  const handle = handlerOf(request);
  if (!handle) return false;
  const left = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) left.abort(new Error('The client has gone'));
  });
  handle(toRequest(request, left.signal))
    .catch((error: unknown) => {
      log().error({ err: error }, 'a request failed');
      const message = 'The server made a mistake. Its log says more.';
      return errorResponse(new ApiError({ code: 'server_error', message }));
    })
    .then((answer) => send(answer, response))
    // The answer breaks off, and whoever broke it has logged why.
    .catch(() => response.destroy());
  return true;
}

function handlerOf({ method, url = '' }: IncomingMessage): Handler | undefined {
  const path = url.split('?', 1)[0] ?? '';
  if (method === 'POST') return posts.get(path);
  const [, id] = /^\/api\/runs\/([\da-f-]{36})\/answer$/i.exec(path) ?? [];
  if (method !== 'GET' || id === undefined) return undefined;
  return (request) => showAnswer(request, { id });
}

/** What the handlers read of a request. Its body is passed as Node has read it, not copied. */
function toRequest(message: IncomingMessage, signal: AbortSignal): Request {
  const { method, url, headers } = message;
  let reader: BodyReader | undefined;
  const getReader = () => {
    reader ??= readMessage(message);
    return reader;
  };
  const request = {
    method,
    // Only its path and query are read.
    url: `http://localhost${url}`,
    headers: new Headers(headers as Record<string, string>),
    signal,
    body: { getReader },
    get bodyUsed() {
      return message.readableDidRead;
    },
  };
  return request as unknown as Request;
}

function readMessage(message: IncomingMessage): BodyReader {
  const changed = createChange();
  // Listening begins to read, and has a client that asks first send its body.
  let isRead = false;
  const listen = () => {
    if (isRead) return;
    isRead = true;
    for (const event of ['readable', 'end', 'close', 'error']) message.on(event, changed.happen);
  };
  return {
    async read() {
      listen();
      for (;;) {
        const value: Buffer<ArrayBuffer> | null = message.read();
        if (value !== null) return { done: false, value };
        if (message.readableEnded) return { done: true, value: undefined };
        if (message.destroyed) throw message.errored ?? new Error('The client has gone');
        await changed.next();
      }
    },
    async cancel() {
      message.destroy();
    },
  };
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  const reader = answer.body?.getReader();
  const changed = createChange();
  const leave = () => {
    void reader?.cancel().catch(() => {});
    changed.happen();
  };
  response.once('close', leave);
  if (response.destroyed) return leave();
  response.on('drain', changed.happen);
  for (const [name, value] of Object.entries(usualHeaders)) response.setHeader(name, value);
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  response.writeHead(answer.status);
  for (;;) {
    const next = await reader?.read();
    if (response.destroyed) return;
    if (!next || next.done) break;
    if (!response.write(next.value)) await changed.next();
  }
  response.end();
}

/** Something that happens again and again, for one who waits. */
function createChange(): { happen: () => void; next: () => Promise<void> } {
  let wake = () => {};
  return {
    happen: () => wake(),
    next: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
  };
}
