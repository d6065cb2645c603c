import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { type APIResponse, expect, type Page, test } from '@playwright/test';
import OpenAI, { toFile } from 'openai';
import { type AppServer, startApp } from './app-server';
import {
  type FaultUpstream,
  goodEvents,
  goodImages,
  onePixel,
  releaseStep,
  startFaultUpstream,
} from './fault-upstream';
import { faults } from './faults';
import { largeFaults } from './large-faults';
import { apiKey, servers } from './servers';

// What goes over the wire between a client, the built app, and a gateway that misbehaves.

const paths = {
  generations: '/api/v1/images/generations',
  edits: '/api/v1/images/edits',
  chat: '/api/v1/chat/completions',
};
const picture = (fault: string) => ({ model: 'turing/gpt-image-2', prompt: `fault:${fault}` });
const chat = (fault: string) => ({
  model: 'turing/gemini-3-pro-image',
  stream: true,
  messages: [{ role: 'user', content: `fault:${fault}` }],
});
const send = (url: string, body: unknown, init: RequestInit = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...init,
  });

/** The headers of every answer of the API: nothing stored, compressed, buffered or guessed. */
function expectApiHeaders(headers: Record<string, string>) {
  expect(headers).toMatchObject({
    'cache-control': 'no-store, no-transform',
    'x-content-type-options': 'nosniff',
  });
  for (const name of ['content-encoding', 'set-cookie', 'server', 'x-powered-by', 'etag']) {
    expect(headers).not.toHaveProperty(name);
  }
  const cors = Object.keys(headers).filter((name) => name.startsWith('access-control-'));
  expect(cors).toEqual([]);
}

async function expectEnvelope(response: APIResponse | Response, code: string | RegExp) {
  const { error } = await response.json();
  expect(Object.keys(error)).toEqual(expect.arrayContaining(['message', 'type', 'param', 'code']));
  expect(error.message).toMatch(/\S/);
  expect(String(error.code)).toMatch(code);
}

test.describe('a gateway that breaks its answer', () => {
  const url = servers.faulty.url;

  for (const [fault, status, code] of [
    ['html', 502, 'upstream_invalid_answer'],
    ['empty', 502, 'upstream_invalid_answer'],
    ['empty-list', 502, 'upstream_invalid_answer'],
    ['no-picture', 502, 'upstream_invalid_answer'],
    ['error-200', 502, 'upstream_invalid_answer'],
    ['invalid-json', 502, 'upstream_invalid_answer'],
    ['truncated-early', 502, 'upstream_invalid_answer'],
    ['strange-encoding', 502, 'upstream_invalid_answer'],
    ['redirect', 502, 'upstream_invalid_answer'],
    ['reset-before', 502, 'upstream_unreachable'],
    ['unauthorized', 502, 'upstream_auth'],
    ['forbidden', 502, 'upstream_auth'],
    ['server-error', 500, 'oops'],
    ['odd-status', 502, 'server_error'],
    ['silent', 504, 'upstream_timeout'],
  ] as const) {
    test(`${fault} is ${status} in the envelope`, async ({ request }) => {
      const response = await request.post(url + paths.generations, { data: picture(fault) });
      expect(response.status()).toBe(status);
      expectApiHeaders(response.headers());
      await expectEnvelope(response, code);
    });
  }

  for (const fault of ['chat-error-first', 'chat-nothing', 'empty-choices']) {
    test(`${fault} is 502 in the envelope`, async ({ request }) => {
      const response = await request.post(url + paths.chat, { data: chat(fault) });
      expect(response.status()).toBe(502);
      await expectEnvelope(response, 'upstream_invalid_answer');
    });
  }

  for (const fault of ['truncated-late', 'reset-late', 'silent-late']) {
    test(`${fault} breaks the connection`, async () => {
      const response = await send(url + paths.generations, picture(fault));
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow();
    });
  }

  for (const fault of ['chat-reset-late', 'chat-cut-event', 'chat-silent-late']) {
    test(`${fault} ends in an error event`, async () => {
      const response = await send(url + paths.chat, chat(fault));
      const text = await response.text();
      expect(text.startsWith(goodEvents[0] ?? '')).toBe(true);
      const last = text.trim().split('\n\n').at(-1) ?? '';
      expect(JSON.parse(last.replace(/^data: /, '')).error.message).toMatch(/\S/);
    });
  }

  test('an SDK asks once, however it ends', async () => {
    const client = new OpenAI({ apiKey: 'any', baseURL: `${url}/api/v1` });
    const asked = client.images.generate(picture('html'));
    await expect(asked).rejects.toMatchObject({ status: 502, code: 'upstream_invalid_answer' });
  });
});

test.describe('addresses and methods', () => {
  const url = servers.faulty.url;

  for (const [method, path] of [
    ['GET', '/api/v1'],
    ['POST', '/api/v1'],
    ['POST', '/api/v1/images/variations'],
    ['POST', '/api/v1/responses'],
    ['GET', '/api/v1/models/turing%2Fgpt-image-2'],
    ['PUT', '/api/v1/files'],
    ['OPTIONS', '/api/v1/embeddings'],
  ] as const) {
    test(`${method} ${path} is 404 in the envelope`, async ({ request }) => {
      const response = await request.fetch(url + path, { method });
      expect(response.status()).toBe(404);
      expectApiHeaders(response.headers());
      await expectEnvelope(response, 'not_found');
    });
  }

  for (const [path, allowed] of [
    [paths.generations, 'POST'],
    [paths.edits, 'POST'],
    [paths.chat, 'POST'],
    ['/api/v1/models', 'GET, HEAD'],
    ['/api/health', 'GET, HEAD'],
  ] as const) {
    test(`other methods than ${allowed} at ${path} are 405`, async ({ request }) => {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        if (allowed.split(', ').includes(method)) continue;
        const response = await request.fetch(url + path, { method });
        expect(response.status()).toBe(405);
        expect(response.headers().allow).toBe(allowed);
        expectApiHeaders(response.headers());
        await expectEnvelope(response, 'method_not_allowed');
      }
    });
  }

  test('the body of a wrong method or address is not waited for', async ({ request }) => {
    const data = Buffer.alloc(5_000_000);
    for (const path of ['/api/v1/nowhere', '/api/health']) {
      const response = await request.post(url + path, { data });
      expect([404, 405]).toContain(response.status());
    }
  });
});

test.describe('where a request comes from', () => {
  const url = servers.faulty.url;
  const host = new URL(url).host;

  for (const [headers, status] of [
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'cross-site', origin: `http://${host}` }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ 'sec-fetch-site': 'none' }, 200],
    [{ origin: 'http://evil.test' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: `http://${host}` }, 200],
    [{}, 200],
  ] as const) {
    test(`${JSON.stringify(headers)} is ${status}`, async ({ request }) => {
      for (const path of [paths.generations, paths.chat]) {
        const data = path === paths.chat ? chat('chat-ok') : picture('ok');
        const response = await request.post(url + path, { headers, data });
        expect(response.status()).toBe(status);
        if (status === 403) await expectEnvelope(response, 'origin_not_allowed');
      }
    });
  }

  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    test(`${type}, which a form of another site can send, is 415`, async ({ request }) => {
      for (const path of Object.values(paths)) {
        const data = JSON.stringify(picture('ok'));
        const response = await request.post(url + path, {
          headers: { 'content-type': type },
          data,
        });
        expect(response.status()).toBe(415);
        await expectEnvelope(response, 'unsupported_media_type');
      }
    });
  }
});

test.describe('between the client and the gateway', () => {
  let upstream: FaultUpstream;
  let app: AppServer;

  test.beforeAll(async () => {
    upstream = await startFaultUpstream();
    app = await startApp({ TURING_BASE_URL: upstream.url, TURING_API_KEY: apiKey });
  });
  test.beforeEach(() => {
    upstream.requests.length = 0;
  });
  test.afterAll(async () => {
    await app.stop();
    await upstream.close();
  });

  /** A request with any header, which `fetch` would not send. */
  const raw = (path: string, headers: Record<string, string>, body: string) =>
    new Promise<{ headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
      const sent = httpRequest(app.url + path, { method: 'POST', headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ headers: response.headers, text }));
        response.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });

  test('nothing of the client but its body goes up', async () => {
    const body = JSON.stringify(picture('ok'));
    const { text } = await raw(
      paths.generations,
      {
        'content-type': 'application/json',
        'content-length': String(body.length),
        authorization: 'Bearer of-the-client',
        cookie: 'visitor=1; session=2',
        'proxy-authorization': 'Basic of-the-client',
        connection: 'x-hop, keep-alive',
        'x-hop': '1',
        te: 'trailers',
        'x-forwarded-for': '10.0.0.1',
        forwarded: 'for=10.0.0.1',
        'openai-organization': 'org',
        'accept-encoding': 'gzip, br',
      },
      body,
    );
    expect(text).toBe(goodImages);
    const [seen] = upstream.requests;
    expect(upstream.requests).toHaveLength(1);
    expect(seen?.body.toString()).toBe(body);
    expect(seen?.headers).toEqual({
      'accept-encoding': 'identity',
      authorization: `Bearer ${apiKey}`,
      connection: expect.any(String),
      'content-length': String(body.length),
      'content-type': 'application/json',
      host: new URL(upstream.url).host,
      'user-agent': 'turing-playground',
    });
  });

  test('of the gateway’s headers only named ones come down', async () => {
    const body = JSON.stringify(picture('ok'));
    const { headers } = await raw(
      paths.generations,
      { 'content-type': 'application/json', 'accept-encoding': 'gzip, br' },
      body,
    );
    expectApiHeaders(headers as Record<string, string>);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-request-id': 'req-1',
    });
    // Those of one connection, which Node and Next write themselves.
    const own = ['connection', 'date', 'keep-alive', 'transfer-encoding', 'vary'];
    const pages = ['referrer-policy', 'x-frame-options'];
    expect(
      Object.keys(headers)
        .filter((name) => ![...own, ...pages].includes(name))
        .sort(),
    ).toEqual(['cache-control', 'content-type', 'x-content-type-options', 'x-request-id']);
  });

  test('an event arrives before the next one is sent', async () => {
    const response = await send(app.url + paths.chat, chat('chat-one-by-one'), {
      headers: { 'content-type': 'application/json', 'accept-encoding': 'gzip' },
    });
    expectApiHeaders(Object.fromEntries(response.headers));
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (const event of goodEvents) {
      // The gateway sends no further event before this one has been read.
      expect((await reader?.read())?.value).toBe(event);
      releaseStep();
    }
    expect((await reader?.read())?.done).toBe(true);
  });

  for (const [phase, path, body] of [
    ['before an answer', paths.generations, picture('silent')],
    ['in the middle of an answer', paths.generations, picture('silent-late')],
    ['in the middle of a stream', paths.chat, chat('chat-silent-late')],
  ] as const) {
    test(`a client that hangs up ${phase} ends the gateway’s work`, async () => {
      const client = new AbortController();
      const answered = send(app.url + path, body, { signal: client.signal });
      await expect.poll(() => upstream.requests.at(0)?.complete).toBe(true);
      if (phase === 'before an answer') {
        client.abort();
        await expect(answered).rejects.toThrow();
      } else {
        const reader = (await answered).body?.getReader();
        expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
        client.abort();
      }
      // The gateway would be silent for ten minutes more.
      await upstream.requests[0]?.closed;
      expect(upstream.requests).toHaveLength(1);
    });
  }

  test('a client that hangs up in its upload never sends the whole', async () => {
    const start =
      '--B\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n' +
      Buffer.from(onePixel, 'base64').toString('latin1');
    const sent = httpRequest(app.url + paths.edits, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=B', 'content-length': '900000' },
    });
    sent.on('error', () => {});
    sent.write(Buffer.from(start, 'latin1'));
    sent.write(Buffer.alloc(300_000));
    await expect.poll(() => upstream.requests.length).toBe(1);
    sent.destroy();
    await upstream.requests[0]?.closed;
    expect(upstream.requests[0]?.complete).toBe(false);
    expect(upstream.requests).toHaveLength(1);
  });

  const editOf = async (bytes: number) => {
    const file = Buffer.concat([Buffer.from(onePixel, 'base64'), Buffer.alloc(bytes)]);
    const client = new OpenAI({ apiKey: 'any', baseURL: `${app.url}/api/v1`, maxRetries: 0 });
    return client.images.edit({
      model: 'turing/gpt-image-2',
      prompt: 'fault:ok',
      image: await toFile(file.subarray(0, bytes), 'a.png', { type: 'image/png' }),
    });
  };

  test('a file of 49.5 MB passes', async () => {
    const answer = await editOf(49_500_000);
    expect(answer.data?.[0]?.b64_json).toBe(onePixel);
    expect(upstream.requests[0]?.body.length).toBeGreaterThan(49_500_000);
  });

  test('a file of 52.5 MB is 413 in the envelope, and never complete above', async () => {
    await expect(editOf(52_500_000)).rejects.toMatchObject({
      status: 413,
      code: 'request_too_large',
      param: 'image',
      message: expect.stringContaining('52428800'),
    });
    await Promise.all(upstream.requests.map(({ closed }) => closed));
    expect(upstream.requests.filter(({ complete }) => complete)).toEqual([]);
  });
});

test('the key is in no answer, header, page, script or line of the log', async ({ page }) => {
  const upstream = await startFaultUpstream();
  const app = await startApp({
    TURING_BASE_URL: upstream.url,
    TURING_API_KEY: apiKey,
    TURING_TIMEOUT_MS: '1000',
  });
  const seen: string[] = [];
  const keep = async (response: Response) => {
    seen.push(JSON.stringify([...response.headers]));
    // A connection that breaks has said what it has said.
    for (const reader = response.body?.getReader(); reader; ) {
      const part = await reader.read().catch(() => ({ done: true, value: undefined }));
      if (part.done || !part.value) break;
      seen.push(Buffer.from(part.value).toString('latin1'));
    }
  };
  try {
    for (const fault of Object.keys(faults)) {
      // That one waits for a reader of its own, and the large ones are too much to be kept.
      if (fault === 'chat-one-by-one' || Object.hasOwn(largeFaults, fault)) continue;
      const isChat = fault.includes('chat') || fault.includes('events');
      const path = isChat ? paths.chat : paths.generations;
      const asked = await send(app.url + path, isChat ? chat(fault) : picture(fault));
      await keep(asked);
    }
    await keep(await send(app.url + paths.generations, { prompt: apiKey.slice(0, 4) }));
    for (const path of ['/api/health', '/api/v1/models', '/api/v1/nowhere', '/nowhere']) {
      await keep(await fetch(app.url + path));
    }
    const scripts = await scriptsOf(page, app.url);
    expect(scripts.length).toBeGreaterThan(5);
    seen.push(...scripts, await page.content());
  } finally {
    await app.stop();
    await upstream.close();
  }
  // It was there to be found, and the log has lines to look at.
  expect(upstream.requests.every(({ headers }) => headers.authorization?.endsWith(apiKey))).toBe(
    true,
  );
  expect(app.output().split('\n').length).toBeGreaterThan(Object.keys(faults).length);
  // Each piece of it long enough to be of use.
  const canary = apiKey.slice(3, 15);
  expect(seen.filter((text) => text.includes(canary))).toEqual([]);
  expect(app.output()).not.toContain(canary);
  expect(seen.some((text) => text.includes('*'.repeat(apiKey.length)))).toBe(true);
});

/** The scripts and styles that a page loads while it makes a picture, its worker's too. */
async function scriptsOf(page: Page, url: string): Promise<string[]> {
  const addresses = new Set<string>();
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (pathname.startsWith('/_next/static/')) addresses.add(origin + pathname);
  });
  await page.goto(url);
  await page.getByTestId('prompt').fill('fault:ok');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('result-image')).toHaveCount(1);
  return Promise.all([...addresses].map(async (address) => (await fetch(address)).text()));
}

test.describe('the policy of a page', () => {
  for (const [path, status] of [
    ['/', 200],
    ['/nowhere', 404],
    ['/images/nowhere.png', 404],
  ] as const) {
    test(`${path} lets only its own scripts run, and breaks none of its rules`, async ({
      page,
    }) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (/content.security.policy/i.test(message.text())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      const nonces = new Set<string>();
      for (let load = 0; load < 2; load++) {
        const response = await page.goto(servers.demo.url + path);
        expect(response?.status()).toBe(status);
        const policy = response?.headers()['content-security-policy'] ?? '';
        const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(policy)?.[1] ?? '';
        expect(nonce).not.toBe('');
        nonces.add(nonce);
        for (const rule of [
          "default-src 'self'",
          "object-src 'none'",
          "base-uri 'none'",
          "frame-ancestors 'none'",
          "img-src 'self' blob: data:",
        ]) {
          expect(policy).toContain(rule);
        }
        expect(policy).not.toContain('unsafe-eval');
        const scripts = await page
          .locator('script')
          .evaluateAll((all) => all.map((script) => (script as HTMLScriptElement).nonce));
        expect(scripts.length).toBeGreaterThan(1);
        expect(new Set(scripts)).toEqual(new Set([nonce]));
        // The page has come to life.
        await page.getByRole('button', { name: '中文' }).click();
        await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
        await page.context().clearCookies();
      }
      expect(nonces.size).toBe(2);
      expect(complaints).toEqual([]);
    });
  }

  test('has the other headers, and names the visitor', async ({ request }) => {
    const response = await request.get(servers.demo.url);
    expect(response.headers()).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    });
    expect(response.headers()).not.toHaveProperty('x-powered-by');
    const cookie = response.headers()['set-cookie'] ?? '';
    expect(cookie).toMatch(/^visitor=[0-9a-f-]{36};/);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=lax/i);
    expect(cookie).not.toMatch(/; Secure/i);
    const again = await request.get(servers.demo.url);
    expect(again.headers()['set-cookie']).toBeUndefined();
  });

  test('names the visitor securely where a proxy ends TLS', async ({ playwright }) => {
    const visitor = await playwright.request.newContext();
    const response = await visitor.get(servers.demo.url, {
      headers: { 'x-forwarded-proto': 'https' },
    });
    expect(response.headers()['set-cookie']).toMatch(/; Secure/i);
    await visitor.dispose();
  });
});
