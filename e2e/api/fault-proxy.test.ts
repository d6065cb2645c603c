import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import {
  type FaultProxy,
  nginxDefaults,
  type ProxySettings,
  startFaultProxy,
} from '../fault-proxy';

// The proxy itself, in front of a server of a few lines: what it does to others has to be true.

interface Seen {
  httpVersion: string;
  host: string | undefined;
  body: string;
}

/** Runs the proxy before a server, and ends both. */
async function before(
  app: RequestListener,
  settings: Partial<ProxySettings>,
  use: (proxy: FaultProxy) => Promise<void>,
) {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const proxy = await startFaultProxy(`http://127.0.0.1:${port}`, settings);
  try {
    await use(proxy);
  } finally {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  }
}

/** Answers with what it saw, in two pieces, without a length. */
const tells: RequestListener = async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { httpVersion, headers } = request;
  response.write(JSON.stringify({ httpVersion, host: headers.host, body } satisfies Seen));
  response.end(' '.repeat(10_000));
};

const post = (proxy: FaultProxy, body: string) => fetch(proxy.url, { method: 'POST', body });

test('is not noticed unless it is told to be', async () => {
  await before(tells, {}, async (proxy) => {
    const seen = (await (await post(proxy, 'hello')).json()) as Seen;
    expect(seen).toEqual({ httpVersion: '1.1', host: new URL(proxy.url).host, body: 'hello' });
    expect(proxy.seen).toEqual(['POST /']);
  });
});

test('speaks as nginx does at its defaults', async () => {
  await before(tells, nginxDefaults, async (proxy) => {
    const seen = (await (await post(proxy, 'hello')).json()) as Seen;
    expect(seen).toMatchObject({ httpVersion: '1.0', body: 'hello' });
    expect(seen.host).not.toBe(new URL(proxy.url).host);
    const large = await post(proxy, 'x'.repeat(1024 * 1024 + 1));
    expect(large.status).toBe(413);
    expect(await large.text()).toContain('<h1>413');
  });
});

test('ends a silence with a page, and a broken app too', async () => {
  const silent: RequestListener = (request, response) => {
    if (request.url === '/broken') response.destroy();
  };
  for (const httpVersion of ['1.0', '1.1'] as const) {
    await before(silent, { readTimeoutMs: 50, httpVersion }, async (proxy) => {
      expect((await fetch(proxy.url)).status).toBe(504);
    });
    await before(silent, { httpVersion }, async (proxy) => {
      expect((await fetch(`${proxy.url}/broken`)).status).toBe(502);
    });
  }
});

test('a broken answer is known in HTTP/1.1, and ends cleanly in HTTP/1.0', async () => {
  const breaks: RequestListener = (_, response) => {
    response.write('half', () => response.destroy());
  };
  await before(breaks, { httpVersion: '1.1' }, async (proxy) => {
    await expect(fetch(proxy.url).then((answer) => answer.text())).rejects.toThrow();
  });
  await before(breaks, { httpVersion: '1.0' }, async (proxy) => {
    expect(await (await fetch(proxy.url)).text()).toBe('half');
  });
});

test('holds an answer back, unless it is asked not to', async () => {
  let finish = () => {};
  const drips: RequestListener = (request, response) => {
    if (request.url === '/at-once') response.setHeader('x-accel-buffering', 'no');
    response.write('first');
    finish = () => response.end('last');
  };
  await before(drips, { buffering: 'blocks' }, async (proxy) => {
    const atOnce = (await fetch(`${proxy.url}/at-once`)).body?.getReader();
    expect(String(Buffer.from((await atOnce?.read())?.value ?? []))).toBe('first');
    finish();
    const late = (await fetch(proxy.url)).body?.getReader();
    const reading = late?.read();
    finish();
    expect(String(Buffer.from((await reading)?.value ?? []))).toBe('firstlast');
  });
});

test('each mishap happens as often as it is told, to what it is told', async () => {
  await before(tells, {}, async (proxy) => {
    const whole = (await (await post(proxy, 'x')).text()).length;
    const answer = async (path = '/') => (await fetch(proxy.url + path)).text();
    const page = proxy.befall(/GET/, { kind: 'page', status: 502 });
    expect((await post(proxy, 'x')).status).toBe(200);
    expect(await answer()).toContain('502 Bad Gateway');
    expect(page.met).toBe(1);
    expect((await fetch(proxy.url)).status).toBe(200);

    proxy.befall(/POST/, { kind: 'page-after', status: 504 });
    expect((await post(proxy, 'x')).status).toBe(504);
    for (const mishap of [
      { kind: 'drop' },
      { kind: 'drop-answer' },
      { kind: 'cut-upload', bytes: 2 },
      { kind: 'cut-answer', bytes: 5 },
    ] as const) {
      proxy.befall(/POST/, mishap);
      await expect(post(proxy, 'hello').then((cut) => cut.text())).rejects.toThrow();
    }
    proxy.befall(/POST/, { kind: 'end-answer', bytes: 5 });
    expect(await (await post(proxy, 'x')).text()).toHaveLength(5);
    expect(await (await post(proxy, 'x')).text()).toHaveLength(whole);

    let release = () => {};
    proxy.befall(/held/, { kind: 'hold', until: new Promise<void>((go) => (release = go)) });
    const held = answer('/held');
    expect(await answer('/other')).toContain('1.1');
    release();
    expect(await held).toContain('1.1');
  });
});

test('goes away and comes back on the same port', async () => {
  await before(tells, {}, async (proxy) => {
    await proxy.goAway();
    await expect(post(proxy, 'x')).rejects.toThrow();
    await proxy.comeBack();
    expect((await post(proxy, 'x')).status).toBe(200);
  });
});
