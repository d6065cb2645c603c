import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type FaultUpstream,
  goodEvents,
  goodImages,
  onePixel,
  releaseStep,
  type SeenRequest,
  startFaultUpstream,
} from '../../e2e/fault-upstream';
import { uploadCutWords } from '../core/api-error';
import type { EndpointName } from '../core/models/model';
import { type Config, readConfig } from './config';
import { serve } from './serve';

const apiKey = 'sk-secret/0123456789';
let upstream: FaultUpstream;
let config: Config;

beforeAll(async () => {
  upstream = await startFaultUpstream();
  config = {
    ...readConfig({}),
    gateway: { mode: 'gateway', baseUrl: upstream.url, apiKey },
    timeoutMs: 5000,
  };
});
beforeEach(() => {
  upstream.requests.length = 0;
});
afterAll(() => upstream.close());

const jsonRequest = (body: unknown, init: RequestInit = {}) =>
  new Request('http://playground.test/api/v1/x', {
    method: 'POST',
    headers: { 'content-type': 'application/json', host: 'playground.test' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });
const picture = (prompt: string, more = {}) =>
  jsonRequest({ model: 'turing/gpt-image-2', prompt, ...more });
const chat = (text: string, more = {}) =>
  jsonRequest({
    model: 'turing/gemini-3-pro-image',
    stream: true,
    messages: [{ role: 'user', content: text }],
    ...more,
  });
const post = (endpoint: EndpointName, request: Request, changes: Partial<Config> = {}) =>
  serve(endpoint, request, { config: { ...config, ...changes } });
const errorOf = async (response: Response) => {
  const { error } = (await response.json()) as { error: Record<string, unknown> };
  return { ...error, status: response.status } as Record<string, unknown>;
};
const lastSeen = () => upstream.requests.at(-1) as SeenRequest;
const png = () => new Blob([Buffer.from(onePixel, 'base64')], { type: 'image/png' });

describe('a good request', () => {
  it('goes on as it came, with the key and nothing else of the client', async () => {
    const body = JSON.stringify({ model: 'turing/gpt-image-2', prompt: '熊 🐻 fault:ok', n: 2 });
    const response = await post(
      'generations',
      jsonRequest(body, {
        headers: {
          'content-type': 'application/json; charset=utf-8',
          authorization: 'Bearer of-the-client',
          cookie: 'visitor=1',
          'x-forwarded-for': '10.0.0.1',
          'openai-organization': 'org',
        },
      }),
    );
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(goodImages);
    const seen = lastSeen();
    expect(seen.path).toBe('/api/v1/images/generations');
    expect(seen.body.toString()).toBe(body);
    expect(seen.headers.authorization).toBe(`Bearer ${apiKey}`);
    expect(Object.keys(seen.headers).sort()).toEqual([
      'accept-encoding',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
      'user-agent',
    ]);
  });

  it('lets only named headers back', async () => {
    const response = await post('generations', picture('fault:ok'));
    expect(Object.fromEntries(response.headers)).toEqual({
      'cache-control': 'no-store, no-transform',
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'x-request-id': 'req-1',
    });
    await response.text();
  });

  it.each(['gzip', 'wrong-type'])('takes a good answer as it is meant: %s', async (fault) => {
    const response = await post('generations', picture(`fault:${fault}`));
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toBe(goodImages);
  });

  it('refuses an answer that says it is too large', async () => {
    const response = await post('generations', picture('fault:huge-declared'));
    expect(await errorOf(response)).toMatchObject({ status: 502, code: 'answer_too_large' });
    await lastSeen().closed;
  });

  it('passes files through byte for byte', async () => {
    const form = new FormData();
    form.append('model', 'turing/gpt-image-2');
    form.append('prompt', 'p');
    form.append('image', png(), '../猫.png');
    const sent = new Request('http://playground.test/', { method: 'POST', body: form });
    const raw = Buffer.from(await sent.clone().arrayBuffer());
    const response = await post('edits', sent);
    expect(response.status).toBe(200);
    await response.text();
    // The one change: what could be a path in a file name.
    const expected = raw.toString('latin1').replace('"../', '".._');
    expect(lastSeen().body.toString('latin1')).toBe(expected);
    expect(lastSeen().headers['content-type']).toBe(sent.headers.get('content-type'));
  });
});

describe('what is refused before upstream is asked', () => {
  it.each([
    ['unknown model', { model: 'dall-e-3', prompt: 'p' }, 'model_not_found', 'model'],
    ['no prompt', { model: 'turing/gpt-image-2' }, 'missing_parameter', 'prompt'],
    [
      'unknown field',
      { model: 'turing/gpt-image-2', prompt: 'p', base_url: 'x' },
      'unknown_parameter',
      'base_url',
    ],
    [
      'a url answer',
      { model: 'turing/gpt-image-2', prompt: 'p', response_format: 'url' },
      'invalid_value',
      'response_format',
    ],
    [
      'a bad size',
      { model: 'turing/gpt-image-2', prompt: 'p', size: '4096x4096' },
      'invalid_value',
      'size',
    ],
    ['a list', [], 'invalid_value', null],
  ])('%s', async (_, body, code, param) => {
    const error = await errorOf(await post('generations', jsonRequest(body)));
    expect(error).toMatchObject({ status: 400, type: 'invalid_request_error', code, param });
    expect(upstream.requests).toHaveLength(0);
  });

  it('JSON that is none', async () => {
    const error = await errorOf(await post('generations', jsonRequest('{"model":')));
    expect(error).toMatchObject({ status: 400, code: 'invalid_json' });
  });

  it('a body over 1 MB, declared or not', async () => {
    const body = JSON.stringify({ model: 'turing/gpt-image-2', prompt: 'x'.repeat(2 ** 20) });
    const declared = jsonRequest(body, {
      headers: { 'content-type': 'application/json', 'content-length': String(body.length) },
    });
    for (const request of [declared, jsonRequest(body)]) {
      const error = await errorOf(await post('generations', request));
      expect(error).toMatchObject({ status: 413, code: 'request_too_large' });
    }
    expect(upstream.requests).toHaveLength(0);
  });

  it.each([
    'text/plain',
    '',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
  ])('JSON sent as %j', async (type) => {
    const request = jsonRequest({}, { headers: { 'content-type': type } });
    const error = await errorOf(await post('generations', request));
    expect(error).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ 'sec-fetch-site': 'none' }, 200],
    [{ origin: 'http://evil.test' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://playground.test' }, 200],
    [{ origin: 'https://public.test' }, 200],
    [{}, 200],
  ])('from another site: %j → %i', async (headers, status) => {
    const request = jsonRequest(
      { model: 'turing/gpt-image-2', prompt: 'fault:ok' },
      { headers: { 'content-type': 'application/json', host: 'playground.test', ...headers } },
    );
    const response = await post('generations', request, { publicOrigin: 'https://public.test' });
    expect(response.status).toBe(status);
    expect(upstream.requests).toHaveLength(status === 200 ? 1 : 0);
    if (status === 403) {
      expect(await errorOf(response)).toMatchObject({
        code: 'origin_not_allowed',
        message: expect.stringContaining('PUBLIC_ORIGIN'),
      });
    }
  });
});

describe('an upload that fails a check while it passes', () => {
  const edit = (fields: Record<string, string | Blob>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return new Request('http://playground.test/', { method: 'POST', body: form });
  };
  const good = { model: 'turing/gpt-image-2', prompt: 'p' };

  it.each([
    ['no picture', good, 'missing_parameter', 'image'],
    ['a text file', { ...good, image: new Blob(['hello']) }, 'invalid_value', 'image'],
    [
      'a model that cannot edit',
      { ...good, model: 'doubao-seedream-4-5-251128', image: png() },
      'invalid_value',
      'model',
    ],
    [
      'a field nobody knows',
      { image: png(), ...good, base_url: 'x' },
      'unknown_parameter',
      'base_url',
    ],
    ['a picture as text', { ...good, image: 'http://127.0.0.1/x.png' }, 'invalid_value', 'image'],
  ])('%s never arrives whole', async (_, fields, code, param) => {
    const error = await errorOf(await post('edits', edit(fields)));
    expect(error).toMatchObject({ status: 400, code, param });
    await Promise.all(upstream.requests.map((request) => request.closed));
    expect(upstream.requests.filter((request) => request.complete)).toHaveLength(0);
  });

  it('a chat body over 1 MB is read as it passes, and refused for its last field', async () => {
    const url = `data:image/png;base64,${'A'.repeat(3 * 2 ** 20)}`;
    const content = [{ type: 'image_url', image_url: { url } }];
    const body = { model: 'turing/gemini-3-pro-image', messages: [{ role: 'user', content }] };
    const bad = await post('chat', jsonRequest({ ...body, temperature: 'hot' }));
    expect(await errorOf(bad)).toMatchObject({ status: 400, param: 'temperature' });
    await Promise.all(upstream.requests.map((request) => request.closed));
    expect(upstream.requests.some((request) => request.complete)).toBe(false);

    const sent = JSON.stringify(body);
    const ok = await post('chat', jsonRequest(sent));
    await ok.text();
    expect(lastSeen().body.toString()).toBe(sent);
  });

  it('upstream that answers before the end is heard', async () => {
    const form = {
      ...good,
      prompt: 'early:413',
      image: new Blob([Buffer.from(onePixel, 'base64'), new Uint8Array(20e6)]),
    };
    const error = await errorOf(await post('edits', edit(form)));
    expect(error).toMatchObject({ status: 413, message: 'Refused early' });
  });

  it('upstream that breaks it off has not got it, so that it may be sent again', async () => {
    const image = new Blob([Buffer.from(onePixel, 'base64'), new Uint8Array(20e6)]);
    const response = await post('edits', edit({ ...good, prompt: 'fault:close-upload', image }));
    expect(response.headers.get('x-should-retry')).toBeNull();
    expect(await errorOf(response)).toMatchObject({
      status: 502,
      code: 'upstream_unreachable',
      message: uploadCutWords,
    });
    expect(upstream.requests.map(({ complete }) => complete)).toEqual([false]);
  });
});

describe('a broken answer', () => {
  it.each([
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
  ])('%s becomes %i %s, asked once', async (fault, status, code) => {
    const response = await post('generations', picture(`fault:${fault}`));
    const retry = response.headers.get('x-should-retry');
    expect(await errorOf(response)).toMatchObject({
      status,
      code,
      message: expect.stringMatching(/./),
    });
    expect(retry).toBe(code === 'upstream_auth' ? null : 'false');
    expect(upstream.requests).toHaveLength(1);
  });

  it('no gateway at all is said, and may be tried again', async () => {
    const gateway = { mode: 'gateway' as const, baseUrl: 'http://127.0.0.1:1/api/v1', apiKey };
    const response = await post('generations', picture('p'), { gateway });
    expect(response.headers.get('x-should-retry')).toBeNull();
    expect(await errorOf(response)).toMatchObject({ status: 502, code: 'upstream_unreachable' });
  });

  it.each([
    ['content-filter', 400, 'contentFilter', 'kept'],
    ['rate-limit', 429, 'rate', 'kept'],
    ['rate-limit-text', 429, 'rate_limit_exceeded', undefined],
    ['html-413', 413, null, undefined],
  ])('%s comes as it is, or in the envelope', async (fault, status, code, extra) => {
    const response = await post('generations', picture(`fault:${fault}`));
    if (status === 429) expect(response.headers.get('retry-after')).toBe('7');
    const error = await errorOf(response);
    expect(error).toMatchObject({ status, code });
    expect(error.extra).toBe(extra);
    expect(error.message).not.toMatch(/[<>{}]/);
  });

  it.each(['truncated-late', 'reset-late'])('%s breaks the connection', async (fault) => {
    const response = await post('generations', picture(`fault:${fault}`));
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow(/cannot be used/);
  });
});

describe('a streamed chat', () => {
  it('passes each event when it comes', async () => {
    const response = await post('chat', chat('fault:chat-one-by-one'));
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    const reader = response.body?.getReader();
    for (const event of goodEvents) {
      const { value } = (await reader?.read()) ?? {};
      expect(Buffer.from(value ?? []).toString()).toBe(event);
      releaseStep();
    }
    expect((await reader?.read())?.done).toBe(true);
  });

  it.each(['chat-reset-late', 'chat-cut-event', 'chat-error-event'])(
    '%s ends in an error event, not in [DONE]',
    async (fault) => {
      const response = await post('chat', chat(`fault:${fault}`));
      const text = await response.text();
      expect(text.startsWith(goodEvents[0] ?? '')).toBe(true);
      const events = text.trim().split('\n\n');
      // What has begun and did not end is not passed on.
      expect(events).toHaveLength(2);
      expect(JSON.parse(events.at(-1)?.slice(6) ?? '').error.message).toMatch(/./);
      expect(text).not.toContain('[DONE]');
    },
  );

  it('without [DONE] is whole all the same', async () => {
    const response = await post('chat', chat('fault:chat-no-done'));
    expect(await response.text()).toBe(goodEvents.slice(0, 3).join(''));
  });

  it.each(['chat-error-first', 'chat-nothing', 'html', 'empty', 'empty-choices'])(
    '%s is an error, not an empty answer',
    async (fault) => {
      const response = await post('chat', chat(`fault:${fault}`));
      expect(await errorOf(response)).toMatchObject({
        status: 502,
        code: 'upstream_invalid_answer',
      });
    },
  );
});

describe('the key', () => {
  it('is scrubbed from an answer and its headers', async () => {
    const response = await post('generations', picture('fault:echo-key'));
    expect(response.headers.get('x-request-id')).toBe(`key ${'*'.repeat(apiKey.length)}`);
    const text = await response.text();
    expect(text).not.toContain('sk-secret');
    expect(text).toContain('*'.repeat(apiKey.length));
  });

  it('is scrubbed from an error', async () => {
    const response = await post('generations', picture('fault:echo-key-error'));
    expect(response.headers.get('retry-after')).not.toContain('sk-secret');
    expect(await response.text()).not.toContain('sk-secret');
  });

  it('is scrubbed from a stream that cuts it', async () => {
    const response = await post('chat', chat('fault:echo-key-events'));
    const text = await response.text();
    expect(text).not.toContain('0123456789');
    expect(text).toContain('*'.repeat(apiKey.length));
    expect(text.endsWith(goodEvents.join(''))).toBe(true);
  });
});

describe('time and leaving', () => {
  it.each(['silent', 'chat-silent-late', 'silent-late'])(
    '%s is ended by the deadline',
    async (fault) => {
      const isChat = fault.startsWith('chat');
      const request = isChat ? chat(`fault:${fault}`) : picture(`fault:${fault}`);
      const response = await post(isChat ? 'chat' : 'generations', request, { timeoutMs: 100 });
      if (fault === 'silent') {
        expect(await errorOf(response)).toMatchObject({ status: 504, code: 'upstream_timeout' });
      } else if (isChat) {
        expect(await response.text()).toContain('"code":"upstream_timeout"');
      } else {
        await expect(response.text()).rejects.toThrow(/silent/);
      }
      await lastSeen().closed;
    },
  );

  it('a client that leaves before the answer ends the upstream call', async () => {
    const client = new AbortController();
    const answered = post(
      'generations',
      new Request(picture('fault:silent'), { signal: client.signal }),
    );
    await expect.poll(() => upstream.requests.length).toBe(1);
    client.abort();
    await lastSeen().closed;
    expect((await answered).status).toBe(499);
  });

  it('a client that leaves in mid-answer ends the upstream call', async () => {
    const response = await post('generations', picture('fault:silent-late'));
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await lastSeen().closed;
  });

  it('a client that leaves in mid-upload never sends the whole', async () => {
    const client = new AbortController();
    const start = Buffer.from(
      '--B\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n',
    );
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of [start, new Uint8Array(100_000), new Uint8Array(1000)]) {
          controller.enqueue(chunk);
        }
        client.signal.addEventListener('abort', () => controller.error(client.signal.reason));
      },
    });
    const answered = post(
      'edits',
      new Request('http://playground.test/', {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=B' },
        body,
        duplex: 'half',
        signal: client.signal,
      } as RequestInit),
    );
    await expect.poll(() => upstream.requests.length).toBe(1);
    client.abort();
    await answered;
    await lastSeen().closed;
    expect(lastSeen().complete).toBe(false);
  });
});
