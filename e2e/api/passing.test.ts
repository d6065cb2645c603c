import { randomUUID } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import OpenAI, { toFile } from 'openai';
import { describe, expect, test } from 'vitest';
import { apiKey } from '../app-server';
import { goodEvents, goodImages, onePixel, releaseStep } from '../fault-upstream';
import { forgetRequests, open, upstream } from './servers';
import { chat, expectApiHeaders, paths, picture, send } from './wire-kit';

// What passes between a client and the gateway, and what does not.

describe('between the client and the gateway', () => {
  forgetRequests();

  /** A request with any header, which `fetch` would not send. */
  const raw = (path: string, headers: Record<string, string>, body: string) =>
    new Promise<{ headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
      const sent = httpRequest(open.url + path, { method: 'POST', headers }, (response) => {
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
        'content-type': 'Application/JSON; charset=UTF-8; x="; charset=utf-7"',
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
    expectApiHeaders(headers);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-request-id': 'req-1',
    });
    // Those of one connection, which Node writes itself.
    const own = ['connection', 'date', 'keep-alive', 'transfer-encoding'];
    const usual = {
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'x-robots-tag': 'noindex, nofollow',
    };
    expect(headers).toMatchObject(usual);
    expect(
      Object.keys(headers)
        .filter((name) => ![...own, ...Object.keys(usual)].includes(name))
        .sort(),
    ).toEqual(['cache-control', 'content-type', 'x-content-type-options', 'x-request-id']);
  });

  test('an event arrives before the next one is sent', async () => {
    const response = await send(open.url + paths.chat, chat('chat-one-by-one'), {
      headers: { 'accept-encoding': 'gzip' },
    });
    expectApiHeaders(response.headers);
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
      const before = open.output();
      const client = new AbortController();
      const answered = send(open.url + path, body, { signal: client.signal });
      await expect.poll(() => upstream.requests.at(0)?.complete).toBe(true);
      if (phase === 'before an answer') {
        client.abort();
        await expect(answered).rejects.toThrow();
      } else {
        const reader = (await answered).body?.getReader();
        expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
        client.abort();
      }
      await upstream.requests[0]?.closed;
      // Not the silence of the gateway has ended it.
      await expect.poll(() => open.output().slice(before.length)).toContain('"status":499');
      expect(upstream.requests).toHaveLength(1);
    });
  }

  test('a client that hangs up in its upload never sends the whole', async () => {
    const start =
      '--B\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n' +
      Buffer.from(onePixel, 'base64').toString('latin1');
    const sent = httpRequest(open.url + paths.edits, {
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

  test('one key goes upstream once, however often it is repeated', async () => {
    const key = randomUUID();
    const headers = {
      cookie: `visitor=${randomUUID()}`,
      'idempotency-key': key,
      prefer: 'respond-async',
    };
    const body = { ...picture('ok'), prompt: `twenty ${key}` };
    const start = () => send(open.url + paths.generations, body, { headers });
    for (const answer of await Promise.all(Array.from({ length: 20 }, start))) {
      expect(answer.status).toBe(202);
      expect(answer.headers.get('location')).toBe(`/api/runs/${key}`);
      expect(answer.headers.get('preference-applied')).toBe('respond-async');
    }
    await expect.poll(() => upstream.requests.at(0)?.complete).toBe(true);
    const list = await (await fetch(`${open.url}/api/runs`, { headers })).json();
    expect(list.runs.map(({ id }: { id: string }) => id)).toEqual([key]);
    expect(upstream.requests).toHaveLength(1);
  });

  const editOf = async (bytes: number) => {
    const file = Buffer.concat([Buffer.from(onePixel, 'base64'), Buffer.alloc(bytes)]);
    const client = new OpenAI({ apiKey: 'any', baseURL: `${open.url}/api/v1`, maxRetries: 0 });
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
