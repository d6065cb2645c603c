import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AppAnswer, askHttp10, askHttp11, passingHeaders } from './ask-app';
import {
  Cut,
  held,
  only,
  readWhole,
  TimedOut,
  TooLarge,
  timedOut,
  uploadOf,
  within,
} from './proxy-streams';

/** How a proxy treats all that passes. */
export interface ProxySettings {
  /** What it speaks to the app. */
  httpVersion: '1.0' | '1.1';
  /** The `Host` that the app sees: the app's own address, or what the browser said. */
  host: 'of the app' | 'of the browser';
  /**
   * What it holds of an answer: nothing, what does not fill a block of 8 KB, or everything until it is
   * whole. `X-Accel-Buffering: no` keeps it from holding anything.
   */
  buffering: 'off' | 'blocks' | 'whole';
  /** Whether it takes a whole request in before the app hears of it. */
  readsUploadFirst: boolean;
  /** The largest body of a request, in bytes; beyond it there is a page with 413. */
  maxBodyBytes: number;
  /** The longest silence of the app; after it there is a page with 504. */
  readTimeoutMs: number;
}

/** A proxy that one does not notice. */
export const transparent: ProxySettings = {
  httpVersion: '1.1',
  host: 'of the browser',
  buffering: 'off',
  readsUploadFirst: false,
  maxBodyBytes: Number.POSITIVE_INFINITY,
  readTimeoutMs: 2 ** 31 - 1,
};

/** As nginx is when nothing is set: proxy_http_version, proxy_set_header Host, proxy_buffering, … */
export const nginxDefaults: ProxySettings = {
  httpVersion: '1.0',
  host: 'of the app',
  buffering: 'blocks',
  readsUploadFirst: true,
  maxBodyBytes: 1024 * 1024,
  readTimeoutMs: 60_000,
};

/** What befalls a request on its way. Bytes are those of the body. */
export type Mishap =
  /** The app never hears of it: the connection breaks, or a page of the proxy is the answer. */
  | { kind: 'drop' }
  | { kind: 'page'; status: number }
  /** The app gets it and answers, and the answer is lost, or a page in its place. */
  | { kind: 'drop-answer' }
  | { kind: 'page-after'; status: number }
  /** The connection breaks after so many bytes: of the request, or of the answer. */
  | { kind: 'cut-upload'; bytes: number }
  | { kind: 'cut-answer'; bytes: number }
  /** The answer ends after so many bytes as if it were whole, and is not. */
  | { kind: 'end-answer'; bytes: number }
  /** It is kept back until then. */
  | { kind: 'hold'; until: Promise<unknown> };

/** To which requests it happens, as in `POST /api/v1/images/generations`. */
interface Plan {
  on: RegExp;
  mishap: Mishap;
  left: number;
  met: number;
}

/** A proxy between browser and app that does as the test says. */
export interface FaultProxy {
  /** Its address, which a browser opens in place of the app's. */
  url: string;
  port: number;
  /** The app behind it; may be changed, as the settings. */
  target: string;
  /** May be changed at any time; counts from the next request on. */
  settings: ProxySettings;
  /** Every request that came, as in `GET /api/runs`. */
  seen: string[];
  /**
   * Has something happen to the next requests (`times`, usually one) that a pattern fits.
   * @returns counts those to which it has happened
   */
  befall(on: RegExp, mishap: Mishap, times?: number): { readonly met: number };
  /** Breaks all connections and refuses new ones, as a network that is gone does. */
  goAway(): Promise<void>;
  /** Takes connections again, on the same port. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a proxy on a free port of this machine in front of an app. */
export async function startFaultProxy(
  appUrl: string,
  settings: Partial<ProxySettings> = {},
): Promise<FaultProxy> {
  const plans: Plan[] = [];
  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    const line = `${request.method} ${request.url}`;
    proxy.seen.push(line);
    const plan = plans.find(({ on, left }) => left > 0 && on.test(line));
    if (plan) {
      plan.left--;
      plan.met++;
    }
    // Whatever breaks on the one side breaks the other.
    const { settings, target } = proxy;
    const app = new URL(target);
    pass({ request, response, app, settings, mishap: plan?.mishap }).catch(() =>
      response.destroy(),
    );
  });
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${port}`,
    port,
    target: appUrl,
    settings: { ...transparent, ...settings },
    seen: [],
    befall(on, mishap, times = 1) {
      const plan = { on, mishap, left: times, met: 0 };
      plans.push(plan);
      return plan;
    },
    goAway: () => shut(server),
    comeBack: () => listen(server, port),
    close: () => shut(server),
  };
  return proxy;
}

interface Passing {
  request: IncomingMessage;
  response: ServerResponse;
  app: URL;
  settings: ProxySettings;
  mishap: Mishap | undefined;
}

async function pass({ request, response, app, settings, mishap }: Passing): Promise<void> {
  if (mishap?.kind === 'hold') await mishap.until;
  if (mishap?.kind === 'drop') return void response.destroy();
  if (mishap?.kind === 'page') return page(request, response, mishap.status);
  const { maxBodyBytes } = settings;
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) {
    return page(request, response, 413);
  }

  const stopping = new AbortController();
  const cutAfter = mishap?.kind === 'cut-upload' ? mishap.bytes : undefined;
  const upload = uploadOf({ request, maxBytes: maxBodyBytes, cutAfter });
  response.once('close', () => stopping.abort());
  let answer: AppAnswer;
  try {
    const body = settings.readsUploadFirst ? await readWhole(upload) : undefined;
    const host = settings.host === 'of the app' ? app.host : request.headers.host;
    const length = body && { 'content-length': String(body.length) };
    const hasBody = request.headers['content-length'] ?? request.headers['transfer-encoding'];
    const ask = settings.httpVersion === '1.0' ? askHttp10 : askHttp11;
    const asked = ask({
      port: Number(app.port),
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: { ...request.headers, host, ...(hasBody === undefined ? {} : length) },
      body: body ? only(body) : upload,
      signal: stopping.signal,
    });
    answer = await within(settings.readTimeoutMs, asked);
  } catch (error) {
    stopping.abort();
    if (error instanceof Cut || response.destroyed) return void response.destroy();
    if (error instanceof TooLarge) return page(request, response, 413);
    return page(request, response, error instanceof TimedOut ? 504 : 502);
  }
  if (mishap?.kind === 'drop-answer' || mishap?.kind === 'page-after') {
    for await (const chunk of answer.body) void chunk;
    if (mishap.kind === 'drop-answer') return void response.destroy();
    return page(request, response, mishap.status);
  }
  try {
    await sendAnswer({ answer, response, settings, mishap });
  } finally {
    stopping.abort();
  }
}

const blockBytes = { off: 1, blocks: 8192, whole: Number.POSITIVE_INFINITY };

async function sendAnswer({
  answer,
  response,
  settings,
  mishap,
}: Omit<Passing, 'request' | 'app'> & { answer: AppAnswer }): Promise<void> {
  const { 'x-accel-buffering': accel, ...headers } = passingHeaders(answer.headers);
  if (mishap?.kind === 'end-answer') delete headers['content-length'];
  response.writeHead(answer.status, headers);
  response.flushHeaders();
  const timed = timedOut(answer.body, settings.readTimeoutMs);
  const pieces = accel === 'no' ? timed : held(timed, blockBytes[settings.buffering]);
  const cut = mishap?.kind === 'cut-answer' || mishap?.kind === 'end-answer' ? mishap : undefined;
  let left = cut?.bytes ?? Number.POSITIVE_INFINITY;
  for await (const piece of pieces) {
    const part = piece.subarray(0, left);
    left -= part.length;
    await write(response, part);
    if (left === 0 && cut?.kind === 'cut-answer') return void response.destroy();
    if (left === 0) break;
  }
  response.end();
}

/** A page of the proxy's own, as nginx writes them; the rest of the request is read away. */
function page(request: IncomingMessage, response: ServerResponse, status: number): void {
  const title = `${status} ${STATUS_CODES[status]}`;
  response.writeHead(status, { 'content-type': 'text/html', connection: 'close' });
  response.end(
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
  );
  request.resume();
}

function write(response: ServerResponse, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) =>
    response.write(chunk, (error) => (error ? reject(error) : resolve())),
  );
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function shut(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
