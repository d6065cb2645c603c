import { randomUUID } from 'node:crypto';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunList } from '../../lib/core/runs/run';
import { type AppServer, apiKey, startApp } from '../app-server';
import { addresses, password } from '../lock-server';
import { forgedLines, proxySecret, sendLines, trustedLines } from '../sso-headers';
import { forgetRequests, upstream } from './servers';

// A server to which a proxy names people. Who names himself comes nowhere.

const sso = {
  TURING_BASE_URL: upstream.url,
  TURING_API_KEY: apiKey,
  TRUSTED_USER_HEADER: 'X-Forwarded-User',
  APP_PASSWORD: password,
};
const json = 'Content-Type: application/json';
const own = 'Sec-Fetch-Site: same-origin';
const picture = JSON.stringify({ model: 'turing/gpt-image-2', prompt: 'fault:ok' });
const inside = /gpt-image|seedream|gemini/i;
const open = /^\/(api\/(health|ready|auth\/)|sign-in)/;

let app: AppServer;
/** It trusts the header, but only from elsewhere. */
let elsewhere: AppServer;
beforeAll(async () => {
  app = await startApp({ ...sso, TRUSTED_PROXIES: '127.0.0.1', PROXY_SECRET: proxySecret });
  elsewhere = await startApp({ ...sso, TRUSTED_PROXIES: '10.0.0.0/8, ::1' });
});
afterAll(async () => {
  await app.stop();
  await elsewhere.stop();
});
forgetRequests();

const forged = [
  ...Object.entries(forgedLines).map(([name, lines]) => ({ name, lines, url: () => app.url })),
  {
    name: 'another address',
    lines: ['X-Forwarded-User: ann', 'X-Forwarded-For: 10.0.0.1'],
    url: () => elsewhere.url,
  },
];

describe.each(forged)('$name', ({ lines, url }) => {
  test('lets nobody into the API, whatever the address and the method', async () => {
    for (const path of addresses('route.ts').filter((address) => !open.test(address))) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const sent = { method, path, body: method === 'POST' ? picture : '' };
        const { status, body, head } = await sendLines(url(), [...lines, json, own], sent);
        // What is no request at all is 400.
        expect(`${method} ${path} ${status}`).toMatch(/ 40[01]$/);
        expect(JSON.parse(body).error.code).toBe(
          status === 401 ? 'sign_in_required' : 'invalid_value',
        );
        expect(head + body).not.toMatch(inside);
        expect(head + body).not.toContain(proxySecret);
      }
    }
    expect(upstream.requests).toEqual([]);
  });

  test('lets nobody see a page', async () => {
    for (const path of addresses('page.tsx').filter((address) => !open.test(address))) {
      for (const more of [[], ['RSC: 1'], ['Purpose: prefetch']]) {
        const { status, head, body } = await sendLines(url(), [...lines, ...more], { path });
        expect([307, 400]).toContain(status);
        if (status === 307 && more[0] !== 'RSC: 1') expect(head).toMatch(/location: \/sign-in\?/i);
        expect(body).not.toMatch(inside);
      }
    }
  });
});

test('a name in the trailers of a body is none', async () => {
  const trailers = trustedLines('ann').join('\r\n');
  const body = `${picture.length.toString(16)}\r\n${picture}\r\n0\r\n${trailers}\r\n\r\n`;
  const lines = [json, own, 'Transfer-Encoding: chunked', 'Trailer: X-Forwarded-User'];
  const sent = { method: 'POST', path: '/api/v1/images/generations', body };
  const { status } = await sendLines(app.url, lines, sent);
  expect(status).toBe(401);
  expect(upstream.requests).toEqual([]);
});

test('there is no sign-in and no sign-out, and a page says where to go', async () => {
  for (const path of ['/api/auth/login', '/api/auth/logout']) {
    const body = JSON.stringify({ password, name: 'ann' });
    for (const lines of [[], trustedLines('ann')]) {
      const sent = { method: 'POST', path, body };
      const { status, head } = await sendLines(app.url, [...lines, json, own], sent);
      expect(status).toBe(404);
      expect(head).not.toMatch(/set-cookie/i);
    }
  }
  const { status, body } = await sendLines(app.url, [], { path: '/sign-in?to=%2Fedit' });
  expect(status).toBe(200);
  expect(body).toContain('Open this page through your sign-in');
  expect(body).not.toContain('name="password"');
  const named = await sendLines(app.url, trustedLines('ann'), { path: '/sign-in?to=%2Fedit' });
  expect([named.status, /location: (.*)/i.exec(named.head)?.[1]]).toEqual([307, '/edit']);
});

test('an answer says what is missing, and the health needs nothing', async () => {
  const said = async (lines: string[], url = app.url) =>
    JSON.parse((await sendLines(url, lines, { path: '/api/runs' })).body).error.message;
  expect(await said([])).toMatch(/X-Proxy-Secret/);
  expect(await said([`X-Proxy-Secret: ${proxySecret}`])).toMatch(/no name of a person/);
  expect(await said(trustedLines('ann'), elsewhere.url)).toMatch(/TRUSTED_PROXIES/);
  expect((await sendLines(app.url, [], { path: '/api/health' })).status).toBe(200);
});

describe('whoever the proxy names', () => {
  const name = '李小明 <ann@example.com>';
  const visitor = `Cookie: visitor=${randomUUID()}`;
  const ask = (who: string, path: string, method = 'GET', more: string[] = [own]) =>
    sendLines(app.url, [...trustedLines(who), visitor, json, ...more], {
      path,
      method,
      body: method === 'POST' ? picture : '',
    });
  const runs = async (who: string) => {
    const { runs } = JSON.parse((await ask(who, '/api/runs')).body) as RunList;
    return runs.map(({ id }) => id);
  };

  test('sees the pages, without a way to sign out', async () => {
    for (const path of addresses('page.tsx').filter((address) => !open.test(address))) {
      const { status, body, head } = await ask(name, path);
      expect(status).toBe(200);
      expect(body).toMatch(inside);
      expect(body).toContain('Signed in as 李小明 &lt;ann@example.com&gt;');
      expect(body).not.toContain('aria-label="Sign out');
      expect(head + body).not.toContain(proxySecret);
    }
  });

  test('finds in no answer where the server notes the name', async () => {
    const paths = ['/', '/nowhere', '/api/nowhere', '/_next/static/nowhere', '/favicon.ico'];
    const more = [
      [],
      ['RSC: 1'],
      ['x-middleware-prefetch: 1'],
      ['Next-Action: a'],
      ['Accept: */*'],
    ];
    for (const path of paths) {
      for (const lines of more) {
        for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
          const { head, body } = await ask(name, path, method, [own, ...lines]);
          expect(head + body).not.toMatch(/x-person-|x-peer-/i);
        }
      }
    }
  });

  test('is named to the gateway and in the log', async () => {
    const { status } = await ask(name, '/api/v1/images/generations', 'POST');
    expect(status).toBe(200);
    const [request] = upstream.requests;
    expect(JSON.parse(String(request?.body)).user).toBe(name);
    expect(JSON.stringify(request?.headers)).not.toContain(proxySecret);
    await expect.poll(() => app.output()).toContain(`"user":${JSON.stringify(name)}`);
  });

  test('spends nothing for another site', async () => {
    for (const more of [
      [],
      ['Origin: null'],
      ['Sec-Fetch-Site: cross-site'],
      ['Origin: http://evil.test'],
    ]) {
      const { status, body } = await ask('ann', '/api/v1/images/generations', 'POST', more);
      expect([status, JSON.parse(body).error.code]).toEqual([403, 'origin_not_allowed']);
    }
    expect(upstream.requests).toEqual([]);
  });

  test('is not asked for by a page of somebody else, which stays as it is', async () => {
    const { body } = await ask('ann', '/');
    const [, page = ''] = /data-person="([\w-]{16})"/.exec(body) ?? [];
    const of = (who: string) => ask(who, '/api/runs', 'GET', [`Person: ${page}`]);
    expect((await of('ann')).status).toBe(200);
    const refused = await of('bob');
    expect([refused.status, JSON.parse(refused.body).error.code]).toEqual([
      401,
      'sign_in_required',
    ]);
    const start = await ask('bob', '/api/v1/images/generations', 'POST', [own, `Person: ${page}`]);
    expect(start.status).toBe(401);
    expect(upstream.requests).toEqual([]);
  });

  test('has runs of its own in a browser that another one uses too', async () => {
    const key = randomUUID();
    const run = ['Prefer: respond-async', `Idempotency-Key: ${key}`, own];
    expect((await ask('ann', '/api/v1/images/generations', 'POST', run)).status).toBe(202);
    expect(await runs('ann')).toEqual([key]);
    expect(await runs('bob')).toEqual([]);
    for (const [path, method] of [
      [`/api/runs/${key}`, 'GET'],
      [`/api/runs/${key}/answer`, 'GET'],
      [`/api/runs/${key}`, 'DELETE'],
    ] as const) {
      expect((await ask('bob', path, method)).status).toBe(404);
    }
    expect(await runs('ann')).toEqual([key]);
    expect((await ask('ann', `/api/runs/${key}/answer`)).status).toBe(200);
  });
});

describe('an SDK', () => {
  const client = (key: string, headers = {}) =>
    new OpenAI({
      apiKey: key,
      baseURL: `${app.url}/api/v1`,
      maxRetries: 0,
      defaultHeaders: headers,
    });

  test('comes by the password, and names itself nothing', async () => {
    const forging = { 'X-Forwarded-User': 'ann', 'X-Proxy-Secret': 'guess' };
    for (const headers of [{}, forging]) {
      await client(password, headers).images.generate({
        model: 'turing/gpt-image-2',
        prompt: 'fault:ok',
      });
      expect(JSON.parse(String(upstream.requests.at(-1)?.body)).user).toBe('sdk@127.0.0.1');
    }
    await expect(client('not-it').models.list()).rejects.toMatchObject({ status: 401 });
  });
});

test('the secret is in no log', async () => {
  await sendLines(app.url, trustedLines('ann'), { path: '/nowhere?a=%00', method: 'POST' });
  expect(app.output()).not.toContain(proxySecret);
  expect(app.output()).toContain('a proxy names people');
});
