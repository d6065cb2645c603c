import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import {
  type IncomingMessage,
  maxHeaderSize,
  type RequestListener,
  Server,
  type ServerResponse,
} from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ApiError } from '../../core/api-error';
import { apiHeaders, usualHeaders } from '../answer/response';
import { Connection, type Current } from './connection';
import type { EarlyAnswer } from './early-answer';
import { createTurns, type Turns } from './turns';

// A page takes some 20 ms of the processor, so more at once only make each of them slower.
const maxPagesAtOnce = 2;
// The rest of a body that nobody reads may come for so long after the answer, and for so long where a
// large upload was refused: many clients read an answer only once they have sent everything.
const restMs = 6000;
const uploadRestMs = 60_000;
const signInMs = 10_000;

/** What stands before Next on every connection. */
type Listener = (request: IncomingMessage, response: ServerResponse) => void;
/** Answers a request in place of Next. @returns whether it does */
export type Answering = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Puts what must act before Next in front of it, on every HTTP server of this process and from the first
 * connection on that opens afterwards:
 * - At most one request of a connection is worked on; the others wait, and the connection is not read.
 * - At most `maxPagesAtOnce` pages are rendered at once; health waits for nothing.
 * - `Upgrade` is ignored (RFC 9110 §7.8).
 * - Addresses and methods that Next would answer wrongly are answered here (`readHead`).
 * - 100 Continue goes out when the body is first read, so never before a refusal (RFC 9110 §10.1.1).
 * - A client that has ended its side still gets its answer; of an upload that is hanging up.
 * - A body that nobody reads ends with its connection.
 * - Some requests are answered without Next.
 * - What can't be read as a request is answered in the envelope, and read away for a while: with bytes
 *   unread, closing would reset the connection and take the answer with it (RFC 9112 §9.6).
 */
export function guardConnections(answers: Answering): void {
  const adopted = new WeakSet<Server>();
  const adopt = (server: unknown) => {
    if (!(server instanceof Server) || adopted.has(server)) return;
    adopted.add(server);
    guard(server, answers);
  };
  // The first tells of each connection before anything is read from it; the second of requests on those
  // that were open already.
  subscribe('net.server.socket', (message) => {
    adopt((message as { socket: Socket & { server?: unknown } }).socket.server);
  });
  subscribe('http.server.request.start', (message) => {
    adopt((message as { server: Server }).server);
  });
  for (const handle of openHandles()) {
    adopt(handle);
    if (handle instanceof Socket && isLost(handle)) {
      handle.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n');
    }
  }
}

// Next listens some time before any of our code runs. Node's types lack what tells of it.
function openHandles(): unknown[] {
  const { _getActiveHandles } = process as unknown as { _getActiveHandles?: () => unknown[] };
  return _getActiveHandles?.call(process) ?? [];
}

/** Whether it is a server's connection that was handed over to be upgraded: its parser is gone. */
function isLost(socket: Socket & { server?: unknown; parser?: object | null }): boolean {
  return socket.server instanceof Server && socket.parser === null;
}

function guard(server: Server, answers: Answering): void {
  const listeners = server.listeners('request') as RequestListener[];
  const next: Listener = (request, response) => {
    if (answers(request, response)) return;
    for (const listener of listeners) listener.call(server, request, response);
  };
  const turns = createTurns(maxPagesAtOnce);
  const connections = new WeakMap<Socket, Connection>();
  const connectionOf = (socket: Socket) => {
    let connection = connections.get(socket);
    if (!connection) {
      connection = new Connection(socket, (current) => work(current, turns, next));
      connections.set(socket, connection);
    }
    return connection;
  };
  const take: Listener = (request, response) => {
    connectionOf(request.socket).take({ request, response });
  };

  server.removeAllListeners('request');
  server.removeAllListeners('upgrade');
  server.on('connection', turns.opened);
  server.on('request', take);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    continueWhenRead(request, response);
    take(request, response);
  });
  const refused = new WeakSet<Duplex>();
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // Node tells of each further chunk too.
    if (refused.has(socket)) return;
    refused.add(socket);
    const response = connections.get(socket as Socket)?.response;
    if (!socket.writable || response?.headersSent) return socket.destroy(error);
    refuseUnreadable(socket, error.code);
    // What is worked on ends with its connection.
    if (response) socket.once('finish', () => socket.destroy());
  });
  // Not in Node's types. Otherwise whoever has ended his side of a connection loses all of it.
  (server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
}

function work(current: Current, turns: Turns, next: Listener): void {
  const { request, response, head } = current;
  boundBody(current);
  if ('error' in head) {
    sendEnvelope(response, head);
    return;
  }
  const start = () => {
    if (!request.socket.destroyed) next(request, response);
  };
  if (head.kind === 'health') start();
  else if (head.kind !== 'page') turns.begin(start, () => request.complete);
  else
    turns.beginBusy((done) => {
      if (request.socket.destroyed) return done();
      whenRendered(response, done);
      next(request, response);
    });
}

function sendEnvelope(response: ServerResponse, { error, headers }: EarlyAnswer): void {
  const text = JSON.stringify(error.toEnvelope());
  const length = Buffer.byteLength(text);
  const type = { 'content-type': 'application/json', 'content-length': length };
  response.writeHead(error.status, { ...usualHeaders, ...apiHeaders, ...type, ...headers });
  response.end(text);
}

const unreadable: Record<string, readonly [status: string, message: string]> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    `The headers of the request are larger than ${maxHeaderSize} bytes.`,
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The head of the request took too long.'],
};

function refuseUnreadable(socket: Duplex, code = ''): void {
  const [status, message] = unreadable[code] ?? ['400 Bad Request', 'This is no HTTP/1.1 request.'];
  const text = JSON.stringify(new ApiError({ code: 'invalid_value', message }).toEnvelope());
  const fields = {
    ...usualHeaders,
    ...apiHeaders,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    connection: 'close',
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status}\r\n${head.join('')}\r\n${text}`);
  const timer = setTimeout(() => socket.destroy(), restMs);
  socket.once('close', () => clearTimeout(timer));
}

/** Calls back when a page has been rendered, or when it is its reader who keeps it waiting. */
function whenRendered(response: ServerResponse, done: () => void): void {
  response.once('prefinish', done);
  response.once('close', done);
  const write = response.write;
  response.write = function (this: ServerResponse, ...args: unknown[]) {
    const isFlowing: boolean = Reflect.apply(write, this, args);
    // False also of a large chunk that the socket takes in the same turn.
    if (!isFlowing) setImmediate(() => response.writableNeedDrain && done());
    return isFlowing;
  } as typeof write;
}

/** Sends 100 Continue when the body is first read, and never if that is after the answer. */
function continueWhenRead(request: IncomingMessage, response: ServerResponse): void {
  const read = request._read;
  request._read = (size) => {
    request._read = read;
    if (!response.headersSent) response.writeContinue();
    request._read(size);
  };
}

/** Ends the connection of a body that does not come. */
function boundBody({ request, response, head }: Current): void {
  const kind = 'kind' in head ? head.kind : undefined;
  const endAfter = (ms: number) =>
    setTimeout(() => {
      if (!request.complete) request.socket.destroy();
    }, ms);
  if (kind === 'sign-in') {
    const timer = endAfter(signInMs);
    request.once('close', () => clearTimeout(timer));
  }
  response.once('close', () => {
    if (!request.complete) endAfter(kind === 'upload' ? uploadRestMs : restMs);
  });
}
