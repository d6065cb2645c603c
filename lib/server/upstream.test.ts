import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { upstreamFailure } from './answer/upstream-failure';
import type { Config } from './config';
import { callUpstream } from './upstream';

const servers: Server[] = [];
const scope = globalThis as Record<symbol, unknown>;

afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
  // The one agent of the process belongs to the settings of one test.
  for (const key of Object.getOwnPropertySymbols(scope)) {
    if (String(key).includes('turing')) delete scope[key];
  }
});

async function listen(answer: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(answer);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function ask(baseUrl: string, proxy?: string) {
  const gateway = { mode: 'gateway', baseUrl, apiKey: 'sk-test-key', proxy } as const;
  const { status, body, header } = await callUpstream(
    {
      endpoint: 'generations',
      contentType: 'application/json',
      contentLength: 2,
      body: [Buffer.from('{}')] as unknown as AsyncIterable<Uint8Array>,
      signal: new AbortController().signal,
    },
    { gateway } as Config,
  );
  const chunks: Uint8Array[] = [];
  for (let next = await body.next(); !next.done; next = await body.next()) chunks.push(next.value);
  return { status, header, text: Buffer.concat(chunks).toString() };
}

describe('a gateway', () => {
  it('may send headers of many kilobytes', async () => {
    const { url } = await listen((_, response) =>
      response.writeHead(200, { 'x-long': 'a'.repeat(20_000), 'x-request-id': 'r' }).end('ok'),
    );
    const { text, header } = await ask(url);
    expect([text, header('x-request-id')]).toEqual(['ok', 'r']);
  });

  it('on http is asked through a proxy by its whole address, each time on a new connection', async () => {
    const seen: { url: string | undefined; socket: Socket }[] = [];
    const proxy = await listen(({ url, socket }, response) => {
      seen.push({ url, socket });
      response.end('from the proxy');
    });
    for (let count = 0; count < 2; count++) {
      expect(await ask('http://gateway.test/v1', proxy.url)).toMatchObject({
        text: 'from the proxy',
      });
    }
    const address = 'http://gateway.test/v1/images/generations';
    expect(seen.map(({ url }) => url)).toEqual([address, address]);
    expect(new Set(seen.map(({ socket }) => socket)).size).toBe(2);
  });

  it('on https is asked through a tunnel for each request', async () => {
    const tunnels: string[] = [];
    const target = await listen((_, response) => response.end());
    const proxy = await listen(() => {});
    proxy.server.on('connect', ({ url = '' }, socket: Socket) => {
      tunnels.push(url);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      // What speaks no TLS there: the request itself never leaves.
      const onward = connect(Number(new URL(target.url).port), '127.0.0.1');
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
      socket.pipe(onward).pipe(socket);
    });
    for (let count = 0; count < 2; count++) {
      await expect(ask('https://gateway.test/v1', proxy.url)).rejects.toThrow();
    }
    expect(tunnels).toEqual(['gateway.test:443', 'gateway.test:443']);
  });

  it.each(['https://gateway.test/v1', 'http://gateway.test/v1'])(
    'is not reached through a proxy that wants a password: %s',
    async (baseUrl) => {
      const proxy = await listen((_, response) => response.writeHead(407).end());
      proxy.server.on('connect', (_, socket: Socket) =>
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
      );
      const error = await ask(baseUrl, proxy.url).catch((thrown: unknown) => thrown);
      const failure = upstreamFailure({ error, reason: undefined, sent: true });
      expect(failure).toMatchObject({
        code: 'upstream_unreachable',
        safeToRepeat: true,
        message: expect.stringMatching(/proxy.*407.*Nothing was sent/),
      });
    },
  );
});
