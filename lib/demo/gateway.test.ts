import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { models, post, readError, startDemo } from './demo-client';

const body = { model: models.free.id, prompt: 'a house', size: '1024x640' };

/** Waits for ever, unless the client leaves. */
const forEver = (_: number, signal: AbortSignal) =>
  new Promise<void>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

describe('routes', () => {
  it.each(['', '/v1', '/api/v1', '/some/where/else'])('answers under "%s"', async (prefix) => {
    const response = await startDemo().fetch(
      new Request(`http://demo.test${prefix}/images/generations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });

  it('says in the envelope that there is nothing elsewhere', async () => {
    const error = await readError(await post(startDemo(), '/images/variations', body));
    expect(error).toMatchObject({ status: 404, code: 'not_found' });
    expect(error.message).toContain('/api/v1/images/variations');
  });

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('takes no %s', async (method) => {
    const request = new Request('http://demo.test/api/v1/chat/completions', { method });
    const error = await readError(await startDemo().fetch(request));
    expect(error).toMatchObject({ status: 405, code: 'method_not_allowed' });
    expect(error.headers.get('allow')).toBe('POST');
  });

  it.each([
    ['/images/generations', 'text/plain'],
    ['/images/edits', 'application/json'],
    ['/chat/completions', 'multipart/form-data; boundary=x'],
    ['/chat/completions', ''],
  ])('takes no %s of %s', async (path, type) => {
    const headers = type === '' ? undefined : { 'content-type': type };
    const init = { method: 'POST', headers, body: new TextEncoder().encode('{}') };
    const error = await readError(
      await startDemo().fetch(new Request(`http://demo.test${path}`, init)),
    );
    expect(error).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });

  it('counts POSTs per endpoint, refused ones too', async () => {
    const gateway = startDemo();
    await post(gateway, '/images/generations', { ...body, prompt: 'x [rate-limit]' });
    await post(gateway, '/images/generations', {});
    await post(gateway, '/images/edits', new FormData());
    await post(gateway, '/chat/completions', {});
    await gateway.fetch(new Request('http://demo.test/chat/completions'));
    expect(gateway.counts()).toEqual({ generations: 2, edits: 1, chat: 1 });
  });
});

describe('a client that leaves', () => {
  it('ends the waiting', async () => {
    const leaving = new AbortController();
    const gateway = startDemo({ sleep: forEver, latencyMs: 1000 });
    const answer = post(gateway, '/images/generations', body, leaving.signal);
    leaving.abort();
    expect((await answer).status).toBe(499);
  });

  it('ends a stream', async () => {
    const leaving = new AbortController();
    const gateway = startDemo({ sleep: forEver, latencyMs: 1000 });
    const chat = {
      model: models.images.id,
      stream: true,
      messages: [{ role: 'user', content: 'x' }],
    };
    const response = await post(gateway, '/chat/completions', chat, leaving.signal);
    const rest = response.text();
    leaving.abort();
    await expect(rest).rejects.toThrow(/abort/i);
  });

  it('ends the upload', async () => {
    const leaving = new AbortController();
    const upload = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"model":'));
        leaving.signal.addEventListener('abort', () => controller.error(leaving.signal.reason));
      },
    });
    const request = new Request('http://demo.test/chat/completions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: upload,
      signal: leaving.signal,
      duplex: 'half',
    } as RequestInit);
    const answer = startDemo().fetch(request);
    leaving.abort();
    expect((await answer).status).toBe(499);
  });
});

describe('the official SDK', () => {
  const gateway = startDemo();
  const client = new OpenAI({
    apiKey: 'any',
    baseURL: 'http://demo.test/api/v1',
    fetch: (url, init) => gateway.fetch(new Request(url, init)),
    maxRetries: 1,
  });

  it('generates, edits and streams', async () => {
    const model = models.free.id;
    const made = await client.images.generate({ model, prompt: 'a city', size: '1024x1024' });
    const bytes = Buffer.from(made.data?.[0]?.b64_json ?? '', 'base64');
    const image = [1, 2].map((name) => new File([bytes], `${name}.png`, { type: 'image/png' }));
    const edited = await client.images.edit({
      model,
      prompt: 'a basket',
      image,
      size: '1024x1024',
    });
    expect(edited.data?.[0]?.b64_json).toMatch(/^iVBOR/);

    const stream = await client.chat.completions.create({
      model: models.content.id,
      stream: true,
      messages: [{ role: 'user', content: 'Generate a Banana with saying hello' }],
    });
    let blocks = 0;
    for await (const { choices } of stream) {
      if (Array.isArray(choices[0]?.delta.content)) blocks++;
    }
    expect(blocks).toBe(1);
  });

  it('tries again after a 429, and reads errors', async () => {
    const model = models.free.id;
    const before = gateway.counts().generations;
    await client.images.generate({ model, prompt: 'once [rate-limit-once]', size: '1024x1024' });
    expect(gateway.counts().generations).toBe(before + 2);
    const refused = client.images.generate({ model, prompt: 'no [prompt-refused]' });
    await expect(refused).rejects.toMatchObject({ status: 400, code: 'contentFilter' });
  });
});
