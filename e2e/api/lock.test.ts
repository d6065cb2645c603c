import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { apiKey, startApp, startInVain } from '../app-server';
import { addresses, password, rawRequest, signIn, startLocked } from '../lock-server';
import { forgetRequests, locked, open as unlocked, upstream } from './servers';

// A server with a password: what a stranger gets of it, address by address.

const open = /^\/(api\/(health|ready|auth\/)|sign-in)/;
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** What only somebody who has signed in may read: the catalogue is part of every studio. */
const inside = /gpt-image|seedream|gemini/i;

forgetRequests();

for (const path of addresses('route.ts').filter((address) => !open.test(address))) {
  test(`${path} is 401 for a stranger, whatever the method`, async () => {
    const { url } = locked;
    for (const method of methods) {
      const body = method === 'POST' ? '{"model":"turing/gpt-image-2","prompt":"p"}' : undefined;
      const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
      const response = await fetch(url + path, { method, headers, body });
      expect(response.status).toBe(401);
      expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
      if (method === 'HEAD') continue;
      expect((await response.json()).error).toMatchObject({
        type: 'authentication_error',
        code: 'sign_in_required',
      });
    }
    expect(upstream.requests).toEqual([]);
  });

  test(`${path} is there for an SDK and for who has signed in`, async () => {
    const { url } = locked;
    const headers: Record<string, string>[] = [
      { authorization: `Bearer ${password}` },
      { cookie: await signIn(url, 'Ann'), 'sec-fetch-site': 'same-origin' },
    ];
    for (const method of ['GET', 'DELETE']) {
      for (const of of headers) {
        const response = await fetch(url + path, { method, headers: of });
        // 400: who gives a ticket back has to name it.
        expect([200, 204, 400, 404, 405]).toContain(response.status);
      }
    }
  });
}

test('only the sign-in, health and ready are open, and none tells anything of the inside', async () => {
  const { url } = locked;
  expect(addresses('route.ts').filter((address) => open.test(address))).toEqual([
    '/api/auth/login',
    '/api/auth/logout',
    '/api/health',
    '/api/ready',
  ]);
  const health = await fetch(`${url}/api/health`);
  expect(health.status).toBe(200);
  expect(Object.keys(await health.json()).sort()).toEqual([
    'mode',
    'status',
    'uptimeSeconds',
    'version',
  ]);
  const ready = await fetch(`${url}/api/ready`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toEqual({ ready: true, store: true, room: true, stopping: false });
});

for (const path of addresses('page.tsx').filter((address) => !open.test(address))) {
  test(`the page ${path} leads a stranger to the sign-in, and gives nothing away`, async () => {
    const { url } = locked;
    const ways: Record<string, string>[] = [
      {},
      { cookie: 'session=Fe26.2*1*a*b*c*d*e*f' },
      { rsc: '1' },
      { rsc: '1', 'next-router-prefetch': '1' },
      { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
      { rsc: '1', 'next-router-segment-prefetch': '/__PAGE__' },
      { rsc: '1', 'next-router-state-tree': '%5B%22%22%2C%7B%7D%5D' },
      { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
      { 'x-nextjs-data': '1' },
      { purpose: 'prefetch' },
    ];
    for (const headers of ways) {
      let response = await rawRequest(url, { path, headers });
      expect(response.text).not.toMatch(inside);
      if (headers.rsc) {
        // Next wants to see a hash of these headers in the address first.
        const { location = path } = response.headers;
        expect(location).toContain('_rsc');
        response = await rawRequest(url, { path: location, headers });
        expect(response.text).toMatch(/^\d+:/m);
        expect(response.text).not.toMatch(inside);
        continue;
      }
      expect([response.status, response.headers.location]).toEqual([
        307,
        `/sign-in?to=${encodeURIComponent(path)}`,
      ]);
    }
    const cookie = await signIn(url, 'Ann');
    const page = await fetch(url + path, { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(inside);
  });
}

test('no way of writing an address goes round the lock', async () => {
  const { url } = locked;
  const body = '{"model":"turing/gpt-image-2","prompt":"round the lock"}';
  const headers = { 'content-type': 'application/json' };
  for (const path of [
    '/api/v1//images/generations',
    '//api/v1/images/generations',
    '/api/v1/images%2Fgenerations',
    '/api%2Fv1/images/generations',
    '/api/v1/images/generations/',
    '/api/v1/images/generations?_rsc=1',
    '/api/v1/images/./generations',
    '/api/v1/x/../images/generations',
    '/api/v1/images/generations%00',
    '/API/v1/images/generations',
    '/api/v1/images/generations;x',
    '/api/health/../v1/images/generations',
    '/api/auth/login/../../v1/images/generations',
    '/sign-in/../api/v1/models',
    '/sign-in/..%2fapi/v1/models',
    '/_next/../api/v1/models',
    '/_next/image?url=/api/v1/models&w=16&q=1',
    '/_next/data/x/edit.json',
    '/edit.rsc',
    '/edit.txt',
    '/edit/',
    '/EDIT',
    '/./edit',
    '/%65dit',
    '/index',
    '/sign-in/edit',
    'http://evil.test/api/v1/models',
  ]) {
    for (const method of ['GET', 'POST']) {
      const response = await rawRequest(url, {
        path,
        method,
        headers,
        body: method === 'POST' ? body : undefined,
      });
      expect(`${method} ${path} ${response.status}`).not.toMatch(/ 2\d\d$/);
      expect(response.text).not.toMatch(inside);
    }
  }
  expect(upstream.requests).toEqual([]);
});

test('a stranger’s large upload is answered, not cut off', async () => {
  const form = new FormData();
  form.append('image', new Blob([new Uint8Array(60_000_000)]), 'a.png');
  const response = await fetch(`${locked.url}/api/v1/images/edits`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: form,
  });
  expect(response.status).toBe(401);
  expect((await response.json()).error.code).toBe('sign_in_required');
});

test('a page that is not there is as empty for a stranger', async () => {
  const { url } = locked;
  for (const path of ['/nowhere', '/edit/nowhere', '/api', '/api/v1', '/api/auth', '/api/a/b']) {
    const response = await fetch(url + path);
    expect(response.status).toBe(path.startsWith('/api') ? 401 : 404);
    expect(await response.text()).not.toMatch(inside);
  }
});

for (const [to, path] of [
  ['/edit', '/edit'],
  ['//evil.test', '/'],
  ['/\\evil.test', '/'],
  ['https://evil.test/', '/'],
  ['/%09/evil.test', '/'],
  ['/api/auth/logout', '/'],
] as const) {
  test(`who has signed in already goes from the sign-in to ${path}, asked for ${to}`, async () => {
    const cookie = await signIn(locked.url, 'Ann');
    const query = encodeURIComponent(decodeURIComponent(to));
    const response = await rawRequest(locked.url, {
      path: `/sign-in?to=${query}&to2=x`,
      headers: { cookie },
    });
    expect([response.status, response.headers.location]).toEqual([307, path]);
  });
}

test('a cookie is of no use after its session, at another server, or with another password', async () => {
  const { app, stop } = await startLocked();
  const { url } = app;
  const cookie = await signIn(url, 'Ann');
  const isIn = async (at: string) =>
    (await fetch(`${at}/api/runs`, { headers: { cookie } })).status === 200;
  expect(await isIn(url)).toBe(true);

  expect(await isIn(locked.url)).toBe(false);

  await app.killAndRestart();
  expect(await isIn(url)).toBe(true);
  const headers = { cookie, 'sec-fetch-site': 'same-origin' };
  const left = await fetch(`${url}/api/auth/logout`, { method: 'POST', headers });
  expect(left.status).toBe(204);
  expect(await isIn(url)).toBe(false);
  await app.killAndRestart();
  expect(await isIn(url)).toBe(false);
  await stop();
});

test('an SDK sends the password as its key, and is told when it is wrong', async () => {
  const client = (key: string) =>
    new OpenAI({ apiKey: key, baseURL: `${locked.url}/api/v1`, maxRetries: 0 });
  const { data } = await client(password).models.list();
  expect(data.length).toBeGreaterThan(3);
  await expect(client('not-it').models.list()).rejects.toMatchObject({
    status: 401,
    code: 'wrong_password',
  });
});

test('a cookie on the request of another site spends nothing', async () => {
  const cookie = await signIn(locked.url, 'Ann');
  const before = upstream.requests.length;
  const ways: Record<string, string>[] = [
    {},
    { origin: 'null' },
    { origin: 'http://evil.test' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: locked.url },
  ];
  for (const path of addresses('route.ts').filter((address) => address !== '/api/auth/login')) {
    for (const headers of ways) {
      for (const method of ['POST', 'DELETE']) {
        const response = await fetch(locked.url + path, {
          method,
          headers: { cookie, 'content-type': 'application/json', ...headers },
          body: method === 'POST' ? '{"model":"turing/gpt-image-2","prompt":"p"}' : undefined,
        });
        expect([403, 405]).toContain(response.status);
      }
    }
  }
  expect(upstream.requests.length).toBe(before);
});

// The other addresses that a server may listen on: lib/server/access/addresses.test.ts.
describe('with a key and no password', () => {
  const gateway = { TURING_BASE_URL: 'http://127.0.0.1:1/api/v1', TURING_API_KEY: apiKey };

  test('a server on the network does not start, and says what to set', async () => {
    const { code, output } = await startInVain(gateway, '::');
    expect(code).toBe(1);
    const [sentence = ''] = output.match(/The server cannot start: .*/) ?? [];
    expect(sentence).toContain('APP_PASSWORD is missing');
    expect(sentence).toContain('ALLOW_OPEN=1');
    expect(sentence).toContain('--hostname 127.0.0.1');
    expect(output).not.toContain(apiKey);
    expect(output).not.toMatch(/^\s+at /m);
  });

  test('a server that is left open on purpose says so in the log', async () => {
    const app = await startApp({ ...gateway, ALLOW_OPEN: '1' }, '0.0.0.0');
    expect((await fetch(`${app.url}/api/v1/models`)).status).toBe(200);
    await expect.poll(() => app.output()).toMatch(/open to everyone .*ALLOW_OPEN/);
    await app.stop();
  });

  test('a name that another site lets lead here spends nothing', async () => {
    const { port } = new URL(unlocked.url);
    const ask = (host: string) =>
      rawRequest(unlocked.url, {
        path: '/api/v1/images/generations',
        method: 'POST',
        headers: { host, origin: `http://${host}`, 'content-type': 'application/json' },
        body: '{"model":"turing/gpt-image-2","prompt":"p"}',
      });
    const foreign = await ask(`evil.test:${port}`);
    expect(foreign.status).toBe(403);
    expect(foreign.text).toContain('PUBLIC_ORIGIN');
    expect(upstream.requests).toEqual([]);
    expect((await ask(`localhost:${port}`)).status).toBe(200);
    expect(upstream.requests).toHaveLength(1);
  });

  test('a server on this machine starts, for nobody else reaches it', async () => {
    expect((await fetch(`${unlocked.url}/api/v1/models`)).status).toBe(200);
  });

  test('a server on the network starts with a password, and without a key', async () => {
    expect((await fetch(`${locked.url}/api/health`)).status).toBe(200);
    const app = await startApp({}, '0.0.0.0');
    expect((await fetch(`${app.url}/api/health`)).status).toBe(200);
    await app.stop();
  });
});
