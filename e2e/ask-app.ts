import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';

/** A request as the proxy hands it on. */
export interface AppRequest {
  port: number;
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: AsyncIterable<Buffer>;
  /** Ends it at once. */
  signal: AbortSignal;
}

/** The app's answer: its head, and its body as it comes. */
export interface AppAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: AsyncIterable<Buffer>;
}

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade']);

/** The headers that go on from one connection to the next. */
export function passingHeaders<Value>(headers: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));
}

/** Asks in HTTP/1.1: an answer that breaks off is known to be broken. */
export async function askHttp11({ body, signal, ...app }: AppRequest): Promise<AppAnswer> {
  const headers = { ...passingHeaders(app.headers), connection: 'close' };
  const asked = request({ host: '127.0.0.1', ...app, headers, agent: false, signal });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve).on('error', reject);
  });
  // An app that answers early, or breaks, ends the writing; its answer is what counts.
  void (async () => {
    for await (const chunk of body) {
      if (!asked.write(chunk) && !asked.destroyed) await once(asked, 'drain');
    }
    asked.end();
  })().catch(() => asked.destroy());
  const answer = await answered;
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: answer };
}

/**
 * Asks in HTTP/1.0, as nginx does by default. There are no chunks: an answer without a length is over
 * when the connection is, and one that broke looks whole.
 */
export async function askHttp10({ body, signal, ...app }: AppRequest): Promise<AppAnswer> {
  const socket = connect({ host: '127.0.0.1', port: app.port, signal });
  const reader = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const lines = Object.entries({ ...passingHeaders(app.headers), connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.write(`${app.method} ${app.path} HTTP/1.0\r\n${lines.join('')}\r\n`);
  void (async () => {
    for await (const chunk of body) {
      if (!socket.write(chunk) && !socket.destroyed) await once(socket, 'drain');
    }
  })().catch(() => socket.destroy());

  let start = Buffer.alloc(0);
  while (!start.includes('\r\n\r\n')) {
    const { done, value } = await reader.next();
    if (done) throw new Error('The app closed the connection without an answer.');
    start = Buffer.concat([start, value]);
  }
  const end = start.indexOf('\r\n\r\n');
  const [statusLine = '', ...headerLines] = start.subarray(0, end).toString('latin1').split('\r\n');
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: readHeaders(headerLines),
    body: (async function* () {
      yield start.subarray(end + 4);
      for (let part = await reader.next(); !part.done; part = await reader.next()) yield part.value;
    })(),
  };
}

function readHeaders(lines: string[]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  return headers;
}

/** Resolves at an event, or when the stream is closed and none will come. */
function once(stream: NodeJS.WritableStream, event: string): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      stream.off(event, go).off('close', go);
      resolve();
    };
    stream.on(event, go).on('close', go);
  });
}
