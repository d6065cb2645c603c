import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { guardConnections } from './guard-connections';

// While Next is getting ready it listens already.
const early = createServer().on('upgrade', () => {});
early.listen(0, '127.0.0.1');
await once(early, 'listening');
const tooEarly = connect((early.address() as AddressInfo).port, '127.0.0.1');
tooEarly.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
await once(early, 'upgrade');

guardConnections(() => false);

it('an upgrade that came while the server was starting is told to come again', async () => {
  expect(await text(tooEarly)).toMatch(/^HTTP\/1\.1 503 /);
  await new Promise((resolve) => early.close(resolve));
});

const upgraded = vi.fn();
let requests: { request: IncomingMessage; response: ServerResponse }[] = [];
const server = createServer((request, response) => requests.push({ request, response }));
server.on('upgrade', upgraded);

beforeEach(async () => {
  requests = [];
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const sockets = () => new Promise<number>((resolve) => server.getConnections((_, n) => resolve(n)));
const open = (bytes: string): Socket => {
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.write(bytes);
  return socket;
};
const get = (path: string, ...fields: string[]) =>
  [`GET ${path} HTTP/1.1`, 'Host: a.test', ...fields, '', ''].join('\r\n');
const post = (path: string, length: number, ...fields: string[]) =>
  get(path, `Content-Length: ${length}`, ...fields).replace('GET', 'POST');
const arrived = async (count: number) => {
  await expect.poll(() => requests.length).toBe(count);
  return requests.at(-1) as (typeof requests)[0];
};
const generations = '/api/v1/images/generations';

it('requests of one connection are worked on one after the other, in order', async () => {
  const socket = open(get('/api/1') + get('/api/2') + get('/api/3', 'Connection: close'));
  const answers = text(socket);
  for (const path of ['/api/1', '/api/2', '/api/3']) {
    const { request, response } = await arrived(1);
    expect(request.url).toBe(path);
    requests = [];
    response.end(path);
  }
  expect((await answers).match(/\/api\/\d/g)).toEqual(['/api/1', '/api/2', '/api/3']);
});

it('a connection is not read while requests of it wait', async () => {
  const one = get('/api/runs');
  const socket = open(one.repeat(20_000));
  await arrived(1);
  const [peer] = [requests[0]?.request.socket as Socket];
  await expect.poll(() => peer.isPaused()).toBe(true);
  // Node reads 64 KB at a time.
  expect(peer.bytesRead).toBeLessThan(one.length * 5000);
  // An answer that ends, or a body that is read, would have Node read on.
  requests[0]?.response.end();
  await arrived(2);
  expect(peer.bytesRead).toBeLessThan(one.length * 5000);
  socket.destroy();
});

it('a page waits until another has been rendered, and health waits for nothing', async () => {
  for (let page = 0; page < 5; page++) open(get('/'));
  await arrived(2);
  open(get('/api/health'));
  const health = await arrived(3);
  expect(health.request.url).toBe('/api/health');
  requests[0]?.response.end();
  expect((await arrived(4)).request.url).toBe('/');
});

it('a page whose reader does not read makes room for others', async () => {
  for (let page = 0; page < 3; page++) open(get('/')).pause();
  await arrived(2);
  requests[0]?.response.write(Buffer.alloc(20_000_000));
  await arrived(3);
});

it('an upgrade is an ordinary request, and its connection ends with the answer', async () => {
  const h2c = ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABk'];
  const answer = text(open(get('/api/runs', ...h2c)));
  (await arrived(1)).response.end('here');
  expect(await answer).toMatch(/^HTTP\/1\.1 200 OK.*Connection: close.*here/s);
  expect(upgraded).not.toHaveBeenCalled();
  await expect.poll(sockets).toBe(0);
});

it('a client that has ended its side is answered, and an upload is hung up', async () => {
  const asking = open(get('/api/runs'));
  asking.end();
  const answer = text(asking);
  (await arrived(1)).response.end('here');
  expect(await answer).toContain('here');

  const sending = open(`${post(generations, 2)}{}`);
  sending.resume();
  const { response } = await arrived(2);
  sending.end();
  await once(response, 'close');
  expect(response.writableFinished).toBe(false);
});

it('100 Continue goes out when the body is read, and not if it is refused', async () => {
  const expected = 'Expect: 100-continue';
  const refused = text(open(post(generations, 5, expected)));
  (await arrived(1)).response.writeHead(415).end();
  expect(await refused).toMatch(/^HTTP\/1\.1 415.*Connection: close/s);

  const socket = open(post(generations, 5, expected));
  const taken = await arrived(2);
  const body = text(taken.request);
  const [bytes] = await once(socket, 'data');
  expect(String(bytes)).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  socket.write('whole');
  expect(await body).toBe('whole');
});

it('a body that nobody reads ends with its connection, also if it trickles', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const socket = open(`${post('/api/runs', 100)}begun`);
    const { response } = await arrived(1);
    response.end();
    await once(response, 'close');
    socket.write('more');
    vi.advanceTimersByTime(5000);
    expect(response.req.socket.destroyed).toBe(false);
    vi.advanceTimersByTime(2000);
    expect(response.req.socket.destroyed).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

it('an upload that was refused may send its rest for a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    open(`${post(generations, 100)}begun`);
    const { response } = await arrived(1);
    response.end();
    await once(response, 'close');
    vi.advanceTimersByTime(59_000);
    expect(response.req.socket.destroyed).toBe(false);
    vi.advanceTimersByTime(2000);
    expect(response.req.socket.destroyed).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

it('a refusal arrives also where its connection ends with it, and more is on its way', async () => {
  const length = 8_000_000;
  const socket = open(`${post(generations, length, 'Connection: close')}begun`);
  const { response } = await arrived(1);
  response.writeHead(400).end('why');
  await once(response, 'close');
  // What reads only once it has sent everything.
  await new Promise((resolve) => socket.write(Buffer.alloc(length - 'begun'.length), resolve));
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 .*why/s);
  await expect.poll(sockets).toBe(0);
});

it('a sign-in has ten seconds in all', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    open(`${post('/api/auth/login', 100)}begun`);
    const { request } = await arrived(1);
    vi.advanceTimersByTime(11_000);
    expect(request.socket.destroyed).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

it('what is no request is answered, and the rest of it read away', async () => {
  const socket = open(`GET / HTTP/1.1\r\nHost: a\r\nX-Large: ${'x'.repeat(20_000)}`);
  const answer = text(socket);
  await once(socket, 'readable');
  // A client that goes on sending still gets its answer: nothing resets the connection.
  socket.write('x'.repeat(5_000_000));
  socket.end('\r\n\r\n');
  const [head, body] = (await answer).split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 431 .*x-frame-options: DENY.*connection: close/s);
  expect(JSON.parse(body ?? '').error).toMatchObject({
    code: 'invalid_value',
    message: 'The headers of the request are larger than 16384 bytes.',
  });
  expect(await text(open('hello\r\n\r\n'))).toMatch(/^HTTP\/1\.1 400 /);
  expect(requests).toEqual([]);
});

it('a body that cannot be read ends its request', async () => {
  const socket = open(
    `${get(generations, 'Transfer-Encoding: chunked').replace('GET', 'POST')}zz\r\n`,
  );
  const answer = text(socket);
  const { request } = await arrived(1);
  expect(await answer).toMatch(/^HTTP\/1\.1 400 /);
  await expect.poll(() => request.destroyed).toBe(true);
});
