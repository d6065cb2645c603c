import { describe, expect, it } from 'vitest';
import { goodImages, onePixel } from '../../e2e/fault-upstream';
import { uploadCutWords } from '../core/api-error';
import {
  apiKey,
  errorOf,
  jsonRequest,
  lastSeen,
  picture,
  png,
  post,
  startUpstream,
  upstream,
} from './serve.setup';

// Requests: what goes on to the gateway, and what is refused before or while it passes.

startUpstream();

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
