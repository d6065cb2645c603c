import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { onePixel } from '../fault-upstream';
import { password, rawRequest } from '../lock-server';
import { forgetRequests, locked, upstream } from './servers';
import { expectEnvelope, paths } from './wire-kit';

// Requests that are made to do harm, and addresses that are there to be fetched.

forgetRequests();

const headers = { 'content-type': 'application/json', authorization: `Bearer ${password}` };
/** On a connection of its own: none that the server may just be closing. */
const post = (path: string, body: unknown) =>
  rawRequest(locked.url, { path, method: 'POST', headers, body: JSON.stringify(body) });
const nested = (depth: number) => `${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`;
const keys = (count: number) =>
  `{${Array.from({ length: count }, (_, index) => `"k${index}":1`).join(',')}}`;
const inChat = (value: string) =>
  `{"model":"turing/gemini-3-pro-image","messages":[{"role":"user","content":"p"}],"metadata":${value}}`;

for (const [what, path, body] of [
  ['nested deeply', paths.generations, nested(50_000)],
  ['nested deeply', paths.chat, inChat(nested(500_000))],
  ['nested in brackets', paths.chat, inChat('['.repeat(5_000_000))],
  ['of a million keys', paths.chat, inChat(keys(1_000_000))],
  ['of many keys', paths.generations, keys(60_000)],
  ['of keys that objects have', paths.generations, '{"__proto__":{"model":"x"},"constructor":1}'],
  ['of one endless number', paths.chat, inChat('1'.repeat(2_000_000))],
  ['of one endless key', paths.chat, inChat(`{"${'k'.repeat(2_000_000)}":1}`)],
  ['nested deeply', '/api/auth/login', nested(1000)],
  ['too large', '/api/auth/login', JSON.stringify({ password: 'x'.repeat(1_000_000) })],
] as const) {
  test(`JSON ${what} harms nobody at ${path}`, async () => {
    // A server that has refused an upload early closes its connection: none is to be used again.
    const response = await fetch(locked.url + path, {
      method: 'POST',
      headers: { ...headers, connection: 'close' },
      body,
    });
    expect([400, 413]).toContain(response.status);
    await expectEnvelope(
      response,
      /^(invalid_json|unknown_parameter|missing_parameter|request_too_large)$/,
    );
    await Promise.all(upstream.requests.map(({ closed }) => closed));
    expect(upstream.requests.filter(({ complete }) => complete)).toEqual([]);
    expect((await rawRequest(locked.url, { path: '/api/health' })).status).toBe(200);
  });
}

test('headers beyond all measure end their own request only', async () => {
  const { url } = locked;
  for (const more of [
    { 'x-large': 'x'.repeat(60_000) },
    Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`x-${index}`, '1'])),
    { cookie: `session=${'a'.repeat(60_000)}` },
    { authorization: `Bearer ${'a'.repeat(60_000)}` },
  ]) {
    const { status } = await rawRequest(url, { path: '/api/runs', headers: more });
    expect([400, 401, 431]).toContain(status);
    expect((await rawRequest(url, { path: '/api/health' })).status).toBe(200);
  }
});

test('no address in a request or an answer is fetched by the server', async () => {
  const fetched: (string | undefined)[] = [];
  const trap = createServer((request, response) => {
    fetched.push(request.url);
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => trap.once('listening', resolve));
  const { port } = trap.address() as AddressInfo;
  const address = (name: string) => `http://127.0.0.1:${port}/${name}`;
  try {
    const image = (url: string) => ({ type: 'image_url', image_url: { url } });
    const content = [
      { type: 'text', text: `fault:chat-ok ${address('text')}` },
      image(address('request.png')),
      image('file:///etc/passwd'),
    ];
    const messages = [{ role: 'user', content }];
    const asked = await post(paths.chat, {
      model: 'turing/gemini-3-pro-image',
      stream: true,
      messages,
    });
    expect(asked.status).toBe(200);
    // Somebody who tells the server where to go, in a body, a header or a query.
    for (const name of ['base_url', 'baseURL', 'url', 'webhook', 'image']) {
      const body = { model: 'turing/gpt-image-2', prompt: 'fault:ok', [name]: address(name) };
      const response = await post(paths.generations, body);
      expect([response.status, JSON.parse(response.text).error.code]).toEqual([
        400,
        'unknown_parameter',
      ]);
    }
    const { host } = new URL(upstream.url);
    const forwarded = await rawRequest(locked.url, {
      path: `${paths.generations}?base_url=${encodeURIComponent(address('query'))}`,
      method: 'POST',
      headers: {
        ...headers,
        host: `127.0.0.1:${port}`,
        'x-forwarded-host': `127.0.0.1:${port}`,
        forwarded: `host=127.0.0.1:${port}`,
        'x-base-url': address('header'),
      },
      body: JSON.stringify({ model: 'turing/gpt-image-2', prompt: 'fault:ok' }),
    });
    expect(forwarded.text).toContain(onePixel);
    expect(upstream.requests.at(-1)?.headers.host).toBe(host);
    for (const fault of ['url', 'redirect']) {
      const body = { model: 'turing/gpt-image-2', prompt: `fault:${fault}` };
      await post(paths.generations, body);
    }
    // Next's own picture service would fetch what it is told to.
    for (const path of [
      `/_next/image?url=${encodeURIComponent(address('next'))}&w=64&q=75`,
      `/_next/image?url=${encodeURIComponent(`//127.0.0.1:${port}/next`)}&w=64&q=75`,
    ]) {
      const { status } = await rawRequest(locked.url, { path });
      expect(status).toBeGreaterThanOrEqual(400);
    }
  } finally {
    trap.close();
  }
  expect(fetched).toEqual([]);
});
