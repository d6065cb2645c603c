import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { freePort } from '../app-server';
import { composeLines, withNginx } from './nginx';

// What docs/nginx.conf makes of a request, seen from two servers behind a real nginx.

interface Behind {
  name: string;
  port: number;
  requests: { method: string; url: string; headers: IncomingHttpHeaders }[];
  close: () => Promise<void>;
}

/** Has every address but those that end with `-of-` and another name, and breaks what asks for that. */
async function startBehind(name: string): Promise<Behind> {
  const requests: Behind['requests'] = [];
  const server = createServer(({ method = '', url = '', headers, socket }, response) => {
    requests.push({ method, url, headers });
    if (url.includes('break')) socket.destroy();
    else {
      const owner = /-of-(\w+)/.exec(url)?.[1] ?? name;
      response.writeHead(owner === name ? 200 : 404).end(name);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    name,
    port: (server.address() as AddressInfo).port,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function throughBoth(
  use: (parts: { url: string; servers: [Behind, Behind] }) => Promise<void>,
): Promise<void> {
  const servers: [Behind, Behind] = [await startBehind('old'), await startBehind('new')];
  const port = await freePort();
  const upstream = servers.map((server) => `server 127.0.0.1:${server.port} max_fails=0;`);
  // Stands in for the DNS, which gives the name of both.
  const both = `upstream playground { ${upstream.join(' ')} }`;
  const lines = composeLines({ port, appUrl: 'http://playground' });
  await withNginx({ port, lines: `${both}\n${lines}` }, async (url) => {
    for (const { requests } of servers) requests.length = 0;
    await use({ url, servers });
  });
  for (const server of servers) await server.close();
}

const sent = (servers: Behind[]) => servers.flatMap(({ requests }) => requests);

test('a script comes from whichever server has it, anything else from one', async () => {
  await throughBoth(async ({ url, servers }) => {
    for (let count = 0; count < 4; count++) {
      for (const owner of ['old', 'new']) {
        const response = await fetch(`${url}/_next/static/chunks/a-of-${owner}.js`);
        expect([response.status, await response.text()]).toEqual([200, owner]);
      }
    }
    expect((await fetch(`${url}/_next/static/chunks/a-of-nobody.js`)).status).toBe(404);
    for (const { requests } of servers) requests.length = 0;
    expect((await fetch(`${url}/api/runs/run-of-nobody`)).status).toBe(404);
    expect(sent(servers)).toHaveLength(1);
  });
});

test('a request that may cost something is sent once, and a question again', async () => {
  await throughBoth(async ({ url, servers }) => {
    for (let count = 0; count < 4; count++) {
      await fetch(`${url}/api/v1/images/generations?break`, { method: 'POST', body: '{}' });
    }
    expect(sent(servers)).toHaveLength(4);
    await fetch(`${url}/api/runs?break`);
    expect(sent(servers)).toHaveLength(6);
  });
});

test('a server that is gone loses no request', async () => {
  await throughBoth(async ({ url, servers }) => {
    const [old, young] = servers;
    await old.close();
    for (let count = 0; count < 6; count++) {
      const response = await fetch(`${url}/api/v1/images/generations`, {
        method: 'POST',
        body: 'x'.repeat(200_000),
      });
      expect(await response.text()).toBe('new');
    }
    expect(young.requests).toHaveLength(6);
    old.close = async () => {};
  });
});

test('what only a proxy may say is overwritten, and the host is passed on', async () => {
  await throughBoth(async ({ url, servers }) => {
    const asked = request(`${url}/api/runs`, {
      headers: {
        host: 'playground.example.com:8080',
        'x-forwarded-for': '10.1.2.3',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'evil.example.com',
        'x-forwarded-uri': '/open',
        'x-forwarded-user': 'ann',
        'x-proxy-secret': '5f0c9a7b31d84e62',
      },
    }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    await text(response);
    const headers = sent(servers)[0]?.headers ?? {};
    expect(headers).toMatchObject({
      host: 'playground.example.com:8080',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'playground.example.com:8080',
    });
    for (const name of ['x-forwarded-uri', 'x-forwarded-user', 'x-proxy-secret']) {
      expect(headers).not.toHaveProperty(name);
    }
  });
});
