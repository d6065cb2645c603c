import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answerDirectly } from './direct';
import { log } from './log';

const path = '/api/v1/images/generations';
const serving = vi.fn<(request: Request) => Promise<Response>>();
const answers = answerDirectly({
  [`POST ${path}`]: serving,
  'GET /api/runs/[id]/answer': async (_, { params }) => new Response((await params).id),
});
const server = createServer((request, response) => {
  if (!answers(request, response)) response.writeHead(404).end('for Next');
});
let url = '';

beforeEach(async () => {
  serving.mockReset();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it('a handler gets the request, and its answer goes out with the headers of every answer', async () => {
  serving.mockImplementation(async (request) => {
    const { method, headers } = request;
    const reader = request.body?.getReader();
    expect(request.bodyUsed).toBe(false);
    let length = 0;
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      length += part.value.length;
    }
    expect(request.bodyUsed).toBe(true);
    const answer = new Response(JSON.stringify({ method, length, x: headers.get('x') }));
    answer.headers.append('set-cookie', 'a=1');
    answer.headers.append('set-cookie', 'b=2');
    return answer;
  });
  const body = new Uint8Array(3_000_000);
  const answer = await fetch(`${url}${path}?y`, { method: 'POST', body, headers: { x: 'z' } });
  expect(await answer.json()).toEqual({
    method: 'POST',
    length: body.length,
    x: 'z',
  });
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(answer.headers.get('x-frame-options')).toBe('DENY');
});

it('the answer of a run is asked for by its id; everything else is for Next', async () => {
  const id = '123e4567-e89b-42d3-a456-426614174000';
  const ask = async (method: string, where: string) =>
    (await fetch(url + where, { method })).text();
  expect(await ask('GET', `/api/runs/${id}/answer?offset=1`)).toBe(id);
  for (const [method, where] of [
    ['GET', path],
    ['POST', `${path}/`],
    ['GET', '/api/runs/%31/answer'],
    ['DELETE', `/api/runs/${id}/answer`],
    ['GET', `/api/runs/${id}`],
  ] as const) {
    expect(await ask(method, where)).toBe('for Next');
  }
});

it('a client that leaves before the answer ends the signal, and what it was sending', async () => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const seen = new Promise<unknown[]>((resolve) => {
    serving.mockImplementation(async (request) => {
      const reader = request.body?.getReader();
      await reader?.read();
      const broken = reader?.read().catch((error: unknown) => error);
      socket.destroy();
      await new Promise((aborted) => request.signal.addEventListener('abort', aborted));
      resolve([request.signal.aborted, await broken]);
      return new Response(null);
    });
  });
  socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc`);
  expect(await seen).toEqual([true, expect.any(Error)]);
});

it('no more is made of an answer than its client reads, and nothing once it has left', async () => {
  let made = 0;
  const left = new Promise<void>((resolve) => {
    serving.mockImplementation(async () => {
      const pull = (controller: ReadableStreamDefaultController) => {
        made += 1;
        controller.enqueue(new Uint8Array(1024 ** 2));
      };
      return new Response(new ReadableStream({ pull, cancel: () => resolve() }));
    });
  });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n`);
  await once(socket, 'readable');
  const settled = async () => {
    const before = made;
    await fetch(url);
    return made === before;
  };
  await expect.poll(settled).toBe(true);
  expect(made).toBeLessThan(50);
  socket.destroy();
  await left;
});

it('no more is read of a body than its handler takes, which gets all of it in order', async () => {
  const all = randomBytes(64 * 1024 ** 2);
  let goOn = () => {};
  serving.mockImplementation(async (request) => {
    const reader = request.body?.getReader();
    const hash = createHash('sha256');
    let part = await reader?.read();
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    for (; part?.value; part = await reader?.read()) hash.update(part.value);
    return new Response(hash.digest('hex'));
  });
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === all.length) return controller.close();
      controller.enqueue(all.subarray(sent, sent + 1024 ** 2));
      sent += 1024 ** 2;
    },
  });
  const answered = fetch(url + path, { method: 'POST', body, duplex: 'half' } as RequestInit);
  const settled = async () => {
    const before = sent;
    await fetch(url);
    return sent > 0 && sent === before;
  };
  await expect.poll(settled).toBe(true);
  expect(sent).toBeLessThan(all.length / 2);
  goOn();
  expect(await (await answered).text()).toBe(createHash('sha256').update(all).digest('hex'));
});

it('an answer that breaks off breaks its connection', async () => {
  serving.mockImplementation(async () => {
    let pulls = 0;
    const pull = (controller: ReadableStreamDefaultController) => {
      if (pulls++ === 0) controller.enqueue(new TextEncoder().encode('a'));
      else controller.error(new Error('upstream broke off'));
    };
    return new Response(new ReadableStream({ pull }));
  });
  const read = async () => (await fetch(url + path, { method: 'POST' })).text();
  await expect(read()).rejects.toThrow(TypeError);
});

it('a handler that fails is in the log, and its client gets the envelope', async () => {
  const logged = vi.spyOn(log(), 'error').mockReturnValue();
  serving.mockRejectedValue(new TypeError('a mistake'));
  const answer = await fetch(url + path, { method: 'POST' });
  expect(answer.status).toBe(500);
  expect(await answer.json()).toMatchObject({ error: { code: 'server_error' } });
  expect(logged).toHaveBeenCalledWith({ err: expect.any(TypeError) }, 'a request failed');
});

it('an answer without a body is its head', async () => {
  serving.mockResolvedValue(new Response(null, { status: 204 }));
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.end(`POST ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 204 .*\r\n\r\n$/s);
});
