import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { password } from '../lock-server';
import { forgetRequests, locked, open, upstream } from './servers';
import { paths, picture, send } from './wire-kit';

// The names of the two cookies on https, and cookies that a neighbour host has planted.

forgetRequests();

const https = { 'x-forwarded-proto': 'https' };
const start = (headers: Record<string, string>, id: string = randomUUID()) =>
  send(open.url + paths.generations, picture('ok'), {
    headers: { 'idempotency-key': id, prefer: 'respond-async', ...headers },
  });
const show = async (id: string, headers: Record<string, string>, method = 'GET') =>
  (await fetch(`${open.url}/api/runs/${id}`, { method, headers })).status;
const pairs = (response: Response) =>
  response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');

test('runs from before https stay readable, and no run is started under the old name', async () => {
  const old = `visitor=${randomUUID()}`;
  const [first, second] = [randomUUID(), randomUUID()];
  expect((await start({ cookie: old }, first)).status).toBe(202);

  expect(await show(first, { ...https, cookie: old })).toBe(200);
  const list = await fetch(`${open.url}/api/runs`, { headers: { ...https, cookie: old } });
  expect((await list.json()).runs).toMatchObject([{ id: first }]);

  const started = await start({ ...https, cookie: old }, second);
  expect(started.status).toBe(202);
  const [own = '', before = ''] = pairs(started);
  // A page gives one as well, and starts at once all give the same, or a browser would keep the last.
  const page = await fetch(open.url, { headers: { ...https, cookie: old } });
  expect(pairs(page)).toEqual([expect.stringMatching(/^__Host-visitor=/), before]);
  expect(pairs(await start({ ...https, cookie: old }))).toEqual([own, before]);
  expect(own).toMatch(/^__Host-visitor=[0-9a-f-]{36}$/);
  expect(before).toBe(`__Host-visitor-before=${old.slice('visitor='.length)}`);
  for (const cookie of started.headers.getSetCookie())
    expect(cookie).toMatch(/Path=\/;.*; Secure$/);
  expect(await show(second, { ...https, cookie: old })).toBe(404);
  expect(await show(second, { ...https, cookie: `${old}; ${own}` })).toBe(200);
  expect(await show(first, { ...https, cookie: `${old}; ${own}` })).toBe(404);
  const both = { ...https, cookie: `${old}; ${own}; ${before}` };
  expect(await show(first, both)).toBe(200);
  expect(await show(first, both, 'DELETE')).toBe(204);
});

test('two cookies of one name are both deleted, and neither reads or spends anything', async () => {
  const mine = `visitor=${randomUUID()}`;
  const id = randomUUID();
  expect((await start({ cookie: mine }, id)).status).toBe(202);
  // The answer may be here before the gateway has read the request.
  await expect.poll(() => upstream.requests.at(0)?.complete).toBe(true);
  upstream.requests.length = 0;
  const cookie = `visitor=${randomUUID()}; ${mine}`;
  const answers = [
    await fetch(`${open.url}/api/runs/${id}`, { headers: { cookie } }),
    await fetch(`${open.url}/api/runs`, { headers: { cookie } }),
    await start({ cookie }),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(400);
    expect(answer.headers.getSetCookie()).toContain('visitor=; Path=/api; Max-Age=0');
    expect((await answer.json()).error.message).toMatch(/visitor.*clear the cookies of this site/);
  }
  expect(upstream.requests).toEqual([]);
  const page = await fetch(`${open.url}/edit`, { headers: { cookie } });
  const given = page.headers.getSetCookie();
  expect(given).toContain('visitor=; Path=/edit; Max-Age=0');
  // The new one comes last, for the browser obeys in order.
  expect(given.at(-1)).toMatch(/^visitor=[0-9a-f-]{36};/);
});

test('a session on https has a name that no neighbour can set', async () => {
  const signIn = (headers: Record<string, string>) =>
    send(`${locked.url}/api/auth/login`, { password, name: 'Ann' }, { headers });
  const isIn = async (cookie: string) =>
    (await fetch(`${locked.url}/api/runs`, { headers: { ...https, cookie } })).status === 200;
  const [session = ''] = pairs(await signIn(https));
  expect(session).toMatch(/^__Host-session=/);
  expect(await isIn(session)).toBe(true);
  expect(await isIn(`session=planted; ${session}; session=again`)).toBe(true);
  const [old = ''] = pairs(await signIn({}));
  expect(old).toMatch(/^session=/);
  expect(await isIn(old)).toBe(false);
  const doubled = await fetch(`${locked.url}/api/runs`, {
    headers: { cookie: `session=a; ${old}` },
  });
  expect([doubled.status, pairs(doubled).includes('session=')]).toEqual([400, true]);
  const refused = await signIn({ cookie: `session=a; ${old}` });
  expect([refused.status, pairs(refused).includes('session=')]).toEqual([400, true]);
});
