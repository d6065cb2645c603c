import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ApiError } from '../core/api-error';
import { errorResponse, usualHeaders } from './answer/response';
import type { Answering } from './connection/guard-connections';
import { log } from './log';
import type { BodyReader } from './request/body-reader';

// Next's router and its web streams take more of the processor than all that the server itself does to the
// bytes of a large or small answer, so some handlers of the route files are called without them. `next dev`
// calls the same ones by itself.

/** A handler that a route file exports. */
type Handler = (
  request: Request,
  context: { params: Promise<{ id: string }> },
) => Promise<Response>;

/** By method and path as Next writes it: `POST /api/…`, `GET /api/runs/[id]/answer`. */
export type DirectRoutes = Record<string, Handler>;

/** Answers the requests to these routes as Next would, and takes no other. */
export function answerDirectly(routes: DirectRoutes): Answering {
  const table = Object.entries(routes).map(([route, handle]) => ({
    // What is percent-encoded is for Next to read.
    pattern: new RegExp(`^${route.replaceAll('[id]', '(?<id>[\\w-]+)')}$`),
    handle,
  }));
  return (request, response) => {
    const asked = `${request.method} ${request.url?.split('?', 1)[0]}`;
    for (const { pattern, handle } of table) {
      const match = pattern.exec(asked);
      if (!match) continue;
      const { id = '' } = match.groups ?? {};
      answer(request, response, (given) => handle(given, { params: Promise.resolve({ id }) }));
      return true;
    }
    return false;
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handle: (request: Request) => Promise<Response>,
): void {
  const left = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) left.abort(new Error('The client has gone'));
  });
  const handled = async () => {
    try {
      return await handle(toRequest(request, left.signal));
    } catch (error) {
      log().error({ err: error }, 'a request failed');
      const message = 'The server made a mistake. Its log says more.';
      return errorResponse(new ApiError({ code: 'server_error', message }));
    }
  };
  handled()
    .then((answered) => send(answered, response))
    // The answer breaks off, and whoever broke it has logged why.
    .catch(() => response.destroy());
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

// So much of a body waits until it is read.
const bufferedBytes = 256 * 1024;
// A chunk of this size is part of a file that is coming fast.
const fastBytes = 32 * 1024;

function readMessage(message: IncomingMessage): BodyReader {
  const changed = createChange();
  let chunks: Buffer<ArrayBuffer>[] = [];
  let bytes = 0;
  let isFast = false;
  let isRead = false;
  // Listening begins to read, and has a client that asks first send its body.
  const listen = () => {
    if (isRead) return;
    isRead = true;
    message.on('data', (chunk: Buffer<ArrayBuffer>) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= bufferedBytes) message.pause();
      changed.happen();
    });
    for (const event of ['end', 'close', 'error']) message.on(event, changed.happen);
  };
  return {
    async read() {
      listen();
      // What comes in one turn of the event loop becomes one chunk: each costs some twenty promises, and a
      // check or a write of its own, whatever its size.
      if (isFast && bytes < bufferedBytes) await nextTurn();
      for (;;) {
        if (bytes > 0) {
          const value =
            chunks.length === 1 ? (chunks[0] as Buffer<ArrayBuffer>) : Buffer.concat(chunks);
          chunks = [];
          bytes = 0;
          isFast = value.length >= fastBytes;
          message.resume();
          return { done: false, value };
        }
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
