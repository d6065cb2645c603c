import 'server-only';
import { Agent, type Dispatcher, Pool, ProxyAgent, request } from 'undici';
import { ApiError } from '../core/api-error';
import type { EndpointName } from '../core/models/model';
import { type Config, getConfig } from './config';
import { outsideRequests, singleton } from './singleton';

/** An answer of the gateway. Its body has to be read to its end, or ended by `return`. */
export interface UpstreamAnswer {
  status: number;
  header(name: string): string | undefined;
  body: AsyncIterator<Uint8Array>;
}

/** A checked request on its way to the gateway. */
export interface UpstreamRequest {
  endpoint: EndpointName;
  contentType: string;
  /** In bytes; undefined: the client did not say, so it goes on as `Transfer-Encoding: chunked`. */
  contentLength: number | undefined;
  body: AsyncIterable<Uint8Array>;
  signal: AbortSignal;
}

// So much of an answer is buffered until it is read.
const bufferedBytes = 256 * 1024;
// Gateways behind several proxies send more than Node's usual 16 KB.
const maxHeaderBytes = 128 * 1024;
const connectMs = 10_000;

const paths: Record<EndpointName, string> = {
  generations: '/images/generations',
  edits: '/images/edits',
  chat: '/chat/completions',
};

/**
 * Sends a request to the gateway of the settings, once. No other place does. Redirects are not followed,
 * and no connection is used twice: on a reused one a request can be lost without a way to know
 * whether it was carried out.
 * @throws the network's error or the signal's reason; an HTTP status is no error
 */
export function callUpstream(upstream: UpstreamRequest, config: Config): Promise<UpstreamAnswer> {
  const { gateway } = config;
  return outsideRequests(() =>
    gateway.mode === 'gateway' ? callGateway(upstream, gateway) : callDemo(upstream),
  );
}

async function callGateway(
  { endpoint, contentType, contentLength, body, signal }: UpstreamRequest,
  gateway: { baseUrl: string; apiKey: string; proxy?: string | undefined },
): Promise<UpstreamAnswer> {
  const answer = await request(gateway.baseUrl + paths[endpoint], {
    method: 'POST',
    headers: {
      authorization: `Bearer ${gateway.apiKey}`,
      'content-type': contentType,
      ...(contentLength === undefined ? {} : { 'content-length': String(contentLength) }),
      'accept-encoding': 'identity',
      'user-agent': 'turing-playground',
    },
    // undici takes any async iterable as a body; its types know only some.
    body: body as unknown as Uint8Array,
    signal,
    highWaterMark: bufferedBytes,
    dispatcher: agent(gateway.proxy),
  });
  return {
    status: answer.statusCode,
    header: (name) => [answer.headers[name]].flat()[0],
    body: answer.body[Symbol.asyncIterator](),
  };
}

// undici's own timeouts are off: a `SilenceWatch` bounds each wait, and can tell an upload from an answer.
const connections = {
  headersTimeout: 0,
  bodyTimeout: 0,
  connect: { timeout: connectMs },
  // Closes each connection after its answer.
  pipelining: 0,
  maxHeaderSize: maxHeaderBytes,
};

function agent(proxy: string | undefined): Dispatcher {
  return singleton('agent', () =>
    proxy === undefined
      ? new Agent(connections)
      : new ProxyAgent({
          ...connections,
          uri: proxy,
          // An http gateway is asked in the proxy's own way: many allow tunnels to port 443 only.
          proxyTunnel: false,
          factory: (origin, options) => new Pool(origin, { ...options, ...keptOf(connections) }),
        }),
  );
}

// A tunnel is opened by the connector that the proxy agent gives.
function keptOf({ connect: _own, ...rest }: typeof connections) {
  return rest;
}

async function callDemo({
  endpoint,
  contentType,
  body,
  signal,
}: UpstreamRequest): Promise<UpstreamAnswer> {
  const demo = await demoGateway();
  const answer = await demo.fetch(
    new Request(`http://demo.local/api/v1${paths[endpoint]}`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      // Node takes any async iterable as a body.
      body: body as unknown as BodyInit,
      signal,
      duplex: 'half',
    } as RequestInit),
  );
  return {
    status: answer.status,
    header: (name) => answer.headers.get(name) ?? undefined,
    body: (answer.body ?? new Blob().stream())[Symbol.asyncIterator](),
  };
}

// Imported at its first use, so that a server with a key never loads the image library.
function demoGateway() {
  return singleton('demo', async () => {
    const { createDemoGateway } = await import('../demo/gateway');
    const { gateway, models } = getConfig();
    const latencyMs = gateway.mode === 'demo' ? gateway.latencyMs : 0;
    return createDemoGateway({ models, latencyMs });
  });
}

/** A timeout for each single wait, not for the whole: an answer that trickles succeeds. */
export interface SilenceWatch {
  /** Starts the clock, or starts it anew; `reason` makes the error of the abort. */
  begin(reason: () => Error): void;
  /** Stops the clock: what was waited for has come. */
  end(): void;
}

/**
 * @param timeoutMs the longest silence
 * @param abort called with the reason of the wait that lasted too long
 */
export function createSilenceWatch(
  timeoutMs: number,
  abort: (reason: Error) => void,
): SilenceWatch {
  let timer: NodeJS.Timeout | undefined;
  return {
    begin(reason) {
      clearTimeout(timer);
      timer = setTimeout(() => abort(reason()), timeoutMs);
    },
    end() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

/** The error of an upstream that said nothing for too long. */
export function upstreamSilent(): ApiError {
  return new ApiError({
    code: 'upstream_timeout',
    message:
      'The gateway was silent for longer than TURING_TIMEOUT_MS allows. ' +
      'It may still have carried out the request and charged it.',
  });
}
