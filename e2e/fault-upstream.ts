import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { envelope, jsonType } from './fault-kit';
import { faults } from './faults';

export { goodEvents, goodImages } from './answer-faults';
export { releaseStep } from './fault-kit';
export { onePixel } from './sample-pictures';

/** What the upstream saw of one request. */
export interface SeenRequest {
  path: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
  /** Its last byte arrived. */
  complete: boolean;
  /** Resolves when its connection is closed, by whomever. */
  closed: Promise<void>;
}

/** A gateway that misbehaves on request: the prompt names the fault as `fault:<name>`. */
export interface FaultUpstream {
  /** Its base URL, as TURING_BASE_URL has it. */
  url: string;
  requests: SeenRequest[];
  /** Takes no more connections; those that are in use stay. */
  refuse(): void;
  /** Takes connections again, on the same port. */
  accept(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the upstream on a free port of this machine. */
export async function startFaultUpstream({ port = 0 } = {}): Promise<FaultUpstream> {
  const requests: SeenRequest[] = [];
  // Connections on which nothing was asked yet, such as for a request that was given up at once.
  const unused = new Set<Socket>();
  const server = createServer((request, response) => {
    unused.delete(request.socket);
    if (request.url === '/counts') {
      const whole = requests.filter(({ complete }) => complete).length;
      response.writeHead(200, jsonType).end(JSON.stringify({ posts: requests.length, whole }));
      return;
    }
    void answer({ request, response, requests });
  });
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  const listen = (on: number) =>
    new Promise<void>((resolve) => server.listen(on, '127.0.0.1', resolve));
  await listen(port);
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}/api/v1`,
    requests,
    refuse() {
      server.close();
      for (const socket of unused) socket.destroy();
    },
    accept: () => listen(address.port),
    close: () => closeServer(server),
  };
}

async function answer({
  request,
  response,
  requests,
}: {
  request: IncomingMessage;
  response: ServerResponse;
  requests: SeenRequest[];
}): Promise<void> {
  const closed = closingOf(request.socket);
  const seen: SeenRequest = {
    path: request.url ?? '',
    headers: request.headers,
    body: Buffer.alloc(0),
    complete: false,
    closed,
  };
  requests.push(seen);
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
      // Of a large upload the start is enough to see what is asked for.
      if (seen.body.length < 4000) seen.body = Buffer.concat(chunks);
      const early = /early:(\d+)/.exec(seen.body.subarray(0, 4000).toString('latin1'))?.[1];
      if (early) {
        response.writeHead(Number(early), jsonType).end(envelope('Refused early', null));
        return;
      }
      if (faultIn(seen.body) === 'close-upload') {
        request.socket.resetAndDestroy();
        return;
      }
    }
    seen.body = Buffer.concat(chunks);
    seen.complete = true;
    const { body } = seen;
    const usual = seen.path.endsWith('/chat/completions') ? faults['chat-ok'] : faults.ok;
    const fault = faults[faultIn(body) ?? ''] ?? usual;
    const same = requests.filter((one) => isSameBody(one.body, body));
    await fault?.({ request, response, body, closed, earlier: same.length - 1 });
  } catch {
    // The client went away in its upload: `complete` stays false.
  }
}

const closings = new WeakMap<Socket, Promise<void>>();

/** Resolves when a connection is closed; one promise, however many requests come on it. */
function closingOf(socket: Socket): Promise<void> {
  const closing =
    closings.get(socket) ?? new Promise<void>((resolve) => socket.once('close', () => resolve()));
  closings.set(socket, closing);
  return closing;
}

/** The fault that is named last: of a conversation it is the last message that counts. */
function faultIn(body: Buffer): string | undefined {
  const text = [body.subarray(0, 4000), body.subarray(-4000)]
    .map((part) => part.toString('latin1'))
    .join('\n');
  return [...text.matchAll(/fault:([\w-]+)/g)].at(-1)?.[1];
}

/** Whether two requests ask for the same. Of a form each has a boundary of its own. */
function isSameBody(one: Buffer, other: Buffer): boolean {
  const start = (body: Buffer) =>
    body
      .subarray(0, 4000)
      .toString('latin1')
      .replaceAll(/form-[0-9a-f-]{36}/g, '');
  return one.equals(other) || (one.length === other.length && start(one) === start(other));
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
