import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppServer, startApp } from '../app-server';
import { rawRequest } from '../lock-server';
import { expectEnvelope } from './wire-kit';

// What happens on a connection before Next sees a request, by the bytes that clients send.

let app: AppServer;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

const head = (line: string, ...fields: string[]) =>
  [`${line} HTTP/1.1`, 'Host: playground.test', ...fields, '', ''].join('\r\n');
const open = (bytes: string): Socket => {
  const { port } = new URL(app.url);
  const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
  socket.write(bytes);
  return socket;
};
/** What comes until the server ends the connection. */
const answer = (bytes: string) => text(open(bytes));
const close = 'Connection: close';

test.each([
  ['curl --http2', ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMA']],
  [
    'a WebSocket',
    [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ],
  ],
])('%s gets an ordinary answer, and its connection ends', async (_, fields) => {
  expect(await answer(head('GET /api/health', ...fields))).toMatch(/^HTTP\/1\.1 200 .*"ok"/s);
  expect(await answer(head('GET /nowhere', ...fields))).toMatch(/^HTTP\/1\.1 404 /);
  const body = '{"model":"turing/gpt-image-2"}';
  const post = head(
    'POST /api/v1/images/generations',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    ...fields,
  );
  expect(await answer(post + body)).toMatch(/^HTTP\/1\.1 400 .*missing_parameter/s);
});

test('an address that encodes nothing is refused, and as a page it is not found', async () => {
  for (const path of ['/api/%', '/api/runs/%ff', '/api/v1/%c0%ae']) {
    const { status, text } = await rawRequest(app.url, { path });
    expect(status).toBe(400);
    await expectEnvelope(new Response(text), 'invalid_value');
  }
  for (const path of ['/%', '/edit%ff']) {
    const { status, headers } = await rawRequest(app.url, { path });
    expect(status).toBe(404);
    expect(headers['content-security-policy']).toContain("default-src 'self'");
  }
});

test('a request target in absolute form is answered as its path', async () => {
  expect(await answer(head('GET http://playground.test/api/health', close))).toMatch(
    /^HTTP\/1\.1 200 .*"ok"/s,
  );
});

test('a page takes GET and HEAD, and no action', async () => {
  for (const method of ['POST', 'PUT', 'OPTIONS', 'TRACE', 'PROPFIND']) {
    const { status, headers } = await rawRequest(app.url, { path: '/edit', method });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  }
  const half = await answer(head('POST /edit', 'Content-Length: 9', close));
  expect(half).toMatch(/^HTTP\/1\.1 405 /);
  const action = await answer(head('POST /', 'Next-Action: \u009bcolour', close));
  expect(action).toMatch(/^HTTP\/1\.1 404 /);
});

test('whatever a stranger has Next write is a record of the log, without control characters', async () => {
  const path = `/_next/image?url=${encodeURIComponent('/\u009b31m\u0085{}.png')}&w=64&q=75`;
  expect((await rawRequest(app.url, { path })).status).toBe(404);
  await expect.poll(app.output).toContain('{}.png');
  expect(app.output()).not.toMatch(/[^\P{Cc}\n]/u);
  const records = app.output().split('\n').slice(0, -1);
  const first = records.findIndex((line) => line.startsWith('{'));
  for (const line of records.slice(first)) expect(JSON.parse(line)).toHaveProperty('msg');
});

test('an upload that its head rules out is answered before its body comes, and without 100', async () => {
  const types = { 415: 'text/plain', 413: 'application/json' };
  for (const start of [[], ['Prefer: respond-async', 'Idempotency-Key: %']]) {
    for (const [status, type] of Object.entries(types)) {
      const key = start.map((field) => field.replace('%', randomUUID()));
      const fields = [`Content-Type: ${type}`, `Content-Length: ${2 ** 30}`, ...key];
      const half = open(`${head('POST /api/v1/images/generations', ...fields)}{`);
      const [early] = await once(half, 'data');
      expect(String(early)).toContain(`HTTP/1.1 ${status} `);
      half.destroy();
      const expecting = head('POST /api/v1/images/generations', ...fields, 'Expect: 100-continue');
      expect(await answer(expecting)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    }
  }
});

test('an upload that is taken is told to go on', async () => {
  const body = '{"model":"turing/gpt-image-2"}';
  const fields = [`Content-Length: ${body.length}`, 'Expect: 100-continue', close];
  const post = head('POST /api/v1/images/generations', 'Content-Type: application/json', ...fields);
  const socket = open(post);
  const [first] = await once(socket, 'data');
  expect(String(first)).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  socket.write(body);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 .*missing_parameter/s);
});

test('a client that has ended its side gets its page', async () => {
  const socket = open(head('GET /'));
  socket.end();
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 .*<\/html>/s);
});

test('requests in a row are answered in their order', async () => {
  const paths = ['/api/health', '/', '/api/v1/models', '/api/nowhere'];
  const row = paths.map((path) => head(`GET ${path}`)).join('');
  const all = await answer(row + head('GET /robots.txt', close));
  const signs = ['"status":"ok"', '</html>', '"object":"list"', '"not_found"', 'Disallow'];
  expect(all.match(new RegExp(signs.join('|'), 'g'))).toEqual(signs);
});

test('a thousand pages in a row do not keep others waiting', async () => {
  const socket = open(head('GET /').repeat(1000));
  const [first] = await once(socket, 'data');
  socket.pause();
  expect(String(first)).toMatch(/^HTTP\/1\.1 200 /);
  for (let asked = 0; asked < 20; asked++) {
    expect((await rawRequest(app.url, { path: '/api/health' })).status).toBe(200);
  }
  socket.resume();
  let pages = 0;
  socket.on('data', (bytes) => {
    pages += String(bytes).split('HTTP/1.1 200').length - 1;
  });
  await expect.poll(() => pages).toBeGreaterThan(0);
  // It has read on, but only what was ready by then.
  expect(pages).toBeLessThan(500);
  socket.destroy();
});

test('a signal ends the server whatever its connections do', async () => {
  const websocket = ['Connection: Upgrade', 'Upgrade: websocket'];
  const sockets = [
    open(head('GET /nowhere', ...websocket)),
    open(head('GET /', ...websocket)),
    open('GET / HTTP/1.1\r\nHost:'),
    open(`${head('POST /api/v1/images/generations', 'Content-Length: 9')}{`),
  ];
  await Promise.all(sockets.slice(0, 2).map((socket) => once(socket, 'data')));
  app.signal('SIGTERM');
  expect(await app.ended()).toBe(0);
  await app.startAgain();
});
