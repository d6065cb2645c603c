import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goodEvents, goodImages } from '../../../e2e/fault-upstream';
import type { Run } from '../../core/runs/run';
import { readConfig } from '../config';
import { editForm, errorOf, Playground } from './playground.setup';
// Loaded now, since a test would have to wait for it.
import '../../demo/gateway';

let playground: Playground;
beforeEach(async () => {
  playground = await Playground.open();
});
afterEach(() => playground.close());

const id = '0b8f6d0e-4f6e-4bd5-9d3a-0123456789ab';
const picture = { model: 'turing/gpt-image-2', prompt: 'fault:ok' };

/** A form as Firefox sends it: two random numbers in hex, without leading zeros, are its boundary. */
async function firefoxRequest(form: FormData, digits: number): Promise<Request> {
  const whole = new Response(form);
  const type = whole.headers.get('content-type') ?? '';
  const boundary = type.split('boundary=')[1] ?? '';
  const own = `----geckoformboundary${'f'.repeat(digits)}`;
  const bytes = Buffer.from(await whole.arrayBuffer()).toString('latin1');
  const body = Buffer.from(bytes.replaceAll(boundary, own), 'latin1');
  const headers = {
    'content-type': type.replace(boundary, own),
    'content-length': String(body.length),
  };
  return playground.request({ id, body: new Response(body).body, headers });
}

describe('a start', () => {
  it('is answered with 202 and the run, whose answer is the mirror’s', async () => {
    const response = await playground.picture('fault:ok', id.toUpperCase());
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe(`/api/runs/${id}`);
    expect(response.headers.get('preference-applied')).toBe('respond-async');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await response.json()).toMatchObject({ id, endpoint: 'generations' });
    const run = await playground.reach(id, 'done');
    const bytes = Buffer.byteLength(goodImages);
    expect(run).toMatchObject({
      model: 'turing/gpt-image-2',
      status: 200,
      receivedBytes: JSON.stringify(picture).length,
      bytes,
      error: null,
    });
    expect(run.createdAt).toBeLessThanOrEqual(run.firstByteAt ?? 0);
    expect(run.firstByteAt).toBeLessThanOrEqual(run.endedAt ?? 0);
    const answer = await playground.answer(id);
    expect(Object.fromEntries(answer.headers)).toEqual({
      'cache-control': 'no-store, no-transform',
      'content-type': 'application/json',
      'run-id': id,
      'x-content-type-options': 'nosniff',
      'x-request-id': 'req-1',
    });
    expect(await answer.text()).toBe(goodImages);
  });

  it.each([
    ['wait=10, respond-async', 202],
    ['Respond-Async;foo', 202],
    ['foo="a, b", respond-async', 202],
    ['foo="respond-async"', 200],
    ['respond-asynchronously', 200],
    ['wait=10', 200],
  ])('with Prefer: %s → %i', async (prefer, status) => {
    const request = playground.request({ body: picture, headers: { prefer } });
    const response = await playground.start('generations', request);
    expect(response.status).toBe(status);
    await response.text();
  });

  it('needs both headers', async () => {
    for (const name of ['prefer', 'idempotency-key']) {
      const request = playground.request({ body: picture });
      request.headers.delete(name);
      const response = await playground.start('generations', request);
      expect(await response.text()).toBe(goodImages);
    }
    expect((await playground.list()).runs).toEqual([]);
  });

  it.each(['1', '', '"0b8f6d0e-4f6e-4bd5-9d3a-0123456789ab"', '../../x'])(
    'with the key %j is refused',
    async (key) => {
      const response = await playground.picture('fault:ok', key);
      expect(await errorOf(response)).toMatchObject({
        status: 400,
        code: 'invalid_value',
        param: 'Idempotency-Key',
        message: expect.stringContaining('UUID'),
      });
    },
  );

  it.each([undefined, 'x', '../../etc'])('without a visitor (%s) makes one', async (cookie) => {
    for (const [proto, secure] of [
      ['https', true],
      ['http', false],
    ] as const) {
      const headers = { cookie: `visitor=${cookie}`, 'x-forwarded-proto': proto };
      const request = playground.request({ body: picture, headers });
      if (cookie === undefined) request.headers.delete('cookie');
      const response = await playground.start('generations', request);
      const given = response.headers.get('set-cookie') ?? '';
      expect(given).toMatch(
        /^visitor=[0-9a-f-]{36}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax/,
      );
      expect(given.endsWith('; Secure')).toBe(secure);
      const { id: started } = (await response.json()) as Run;
      const visitor = given.slice('visitor='.length).split(';')[0];
      expect((await playground.show(started, visitor)).status).toBe(200);
      expect((await playground.show(started)).status).toBe(404);
    }
  });

  it('that fails a check leaves no run, and its key free', async () => {
    const bad = { ...picture, prompt: '' };
    const refused = await playground.start('generations', playground.request({ id, body: bad }));
    expect(await errorOf(refused)).toMatchObject({ status: 400, param: 'prompt' });
    const foreign = playground.request({ id, body: picture, headers: { origin: 'http://e.test' } });
    expect((await playground.start('generations', foreign)).status).toBe(403);
    const wrongType = playground.request({ id, body: editForm({}) });
    expect((await playground.start('generations', wrongType)).status).toBe(415);
    const form = editForm({});
    form.append('base_url', 'x');
    const edit = await playground.start('edits', playground.request({ id, body: form }));
    expect(await errorOf(edit)).toMatchObject({ status: 400, code: 'unknown_parameter' });
    expect((await playground.list()).runs).toEqual([]);
    await Promise.all(playground.upstream.requests.map((seen) => seen.closed));
    expect(playground.upstream.requests.some((seen) => seen.complete)).toBe(false);
    expect((await playground.picture('fault:ok', id)).status).toBe(202);
  });
});

describe('the same key', () => {
  const complete = () => playground.upstream.requests.filter((seen) => seen.complete).length;

  it.each(['json', 'form'])('twenty times at once goes upstream once (%s)', async (kind) => {
    const start = () =>
      kind === 'json'
        ? playground.picture('fault:ok', id)
        : playground.start(
            'edits',
            playground.request({ id, body: editForm({ bytes: 500_000, prompt: 'fault:ok' }) }),
          );
    const responses = await Promise.all(Array.from({ length: 20 }, start));
    expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(202));
    expect(new Set(responses.map(({ headers }) => headers.get('location'))).size).toBe(1);
    await playground.reach(id, 'done');
    expect(playground.upstream.requests).toHaveLength(1);
  });

  it('attaches after the end as well', async () => {
    await playground.picture('fault:ok', id);
    await playground.reach(id, 'done');
    const again = await playground.picture('fault:ok', id);
    expect(again.status).toBe(202);
    expect(await again.json()).toMatchObject({ id, state: 'done' });
    await expect.poll(complete).toBe(1);
  });

  it('for another request is refused', async () => {
    await playground.picture('fault:ok', id);
    const others = [
      playground.picture('fault:ok!', id),
      playground.picture('fault:oh', id),
      playground.picture('', id),
      playground.chat('fault:ok', id),
      playground.start('edits', playground.request({ id, body: editForm({}) })),
    ];
    for (const response of await Promise.all(others)) {
      expect(await errorOf(response)).toMatchObject({
        status: 422,
        code: 'idempotency_key_reused',
      });
    }
    await expect.poll(complete).toBe(1);
  });

  it('of a form is compared by its fields and its length, whatever the boundary', async () => {
    const edit = (form: FormData) =>
      playground.start('edits', playground.request({ id, body: form }));
    expect((await edit(editForm({ prompt: 'fault:ok' }))).status).toBe(202);
    expect((await edit(editForm({ prompt: 'fault:ok' }))).status).toBe(202);
    expect((await edit(editForm({ prompt: 'fault:oh' }))).status).toBe(422);
    expect((await edit(editForm({ prompt: 'fault:ok', bytes: 101 }))).status).toBe(422);
  });

  it('of a form from Firefox, whose boundary varies in length, is the same request', async () => {
    const edit = async (digits: number, prompt = 'fault:ok') =>
      playground.start('edits', await firefoxRequest(editForm({ prompt }), digits));
    expect((await edit(32)).status).toBe(202);
    expect((await edit(30)).status).toBe(202);
    await playground.reach(id, 'done');
    expect((await edit(31)).status).toBe(202);
    expect((await edit(32, 'fault:oh')).status).toBe(422);
    expect(playground.upstream.requests).toHaveLength(1);
  });

  it('of a large chat is compared by its bytes', async () => {
    const chat = (letter: string) =>
      playground.chat(`fault:chat-ok ${letter.repeat(2 * 2 ** 20)}`, id);
    expect((await chat('a')).status).toBe(202);
    expect((await chat('a')).status).toBe(202);
    expect((await chat('b')).status).toBe(422);
    await expect.poll(complete).toBe(1);
  });

  it('of another visitor is another run', async () => {
    await playground.picture('fault:ok', id);
    const headers = { cookie: `visitor=${randomUUID()}` };
    const other = playground.request({ id, body: { ...picture, prompt: 'fault:ok 2' }, headers });
    expect((await playground.start('generations', other)).status).toBe(202);
    await expect.poll(complete).toBe(2);
  });
});

describe('a client that leaves', () => {
  // A form that stops in the middle of its file until it is told to go on.
  async function pausedUpload() {
    const client = new AbortController();
    let resume = () => {};
    const paused = new Promise<void>((resolve) => {
      resume = resolve;
    });
    const whole = new Response(editForm({ prompt: 'fault:ok', bytes: 200_000 }));
    const type = whole.headers.get('content-type') ?? '';
    const bytes = new Uint8Array(await whole.arrayBuffer());
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        client.signal.addEventListener('abort', () => controller.error(client.signal.reason));
        // Two, since the last that has come is always held back.
        controller.enqueue(bytes.subarray(0, 50_000));
        controller.enqueue(bytes.subarray(50_000, 100_000));
        await paused;
        if (client.signal.aborted) return;
        controller.enqueue(bytes.subarray(100_000));
        controller.close();
      },
    });
    const request = playground.request({
      id,
      body,
      headers: { 'content-type': type, 'content-length': String(bytes.length) },
      signal: client.signal,
    });
    return { request, leave: () => client.abort(), resume };
  }

  it('before its request is whole: nothing is carried out, and the key is free', async () => {
    const { request, leave } = await pausedUpload();
    const started = playground.start('edits', request);
    await expect.poll(() => playground.upstream.requests.length).toBe(1);
    expect(await playground.run(id)).toMatchObject({ state: 'uploading', model: null });
    leave();
    expect((await started).status).toBe(499);
    await playground.upstream.requests[0]?.closed;
    expect(playground.upstream.requests[0]?.complete).toBe(false);
    expect(await playground.run(id)).toMatchObject({
      state: 'interrupted',
      error: { message: expect.stringContaining('Nothing was carried out') },
    });
    expect(await errorOf(await playground.answer(id))).toMatchObject({ status: 410 });
    const again = await playground.picture('fault:ok', id);
    expect(again.status).toBe(202);
    await playground.reach(id, 'done');
  });

  it('before its request is whole, from an upstream that answers even so: the key is free', async () => {
    const { config } = playground;
    playground.config = { ...config, gateway: readConfig({}).gateway };
    const { request, leave } = await pausedUpload();
    const started = playground.start('edits', request);
    await expect.poll(async () => (await playground.run(id)).receivedBytes).toBeGreaterThan(0);
    leave();
    expect((await started).status).toBe(499);
    expect(await playground.run(id)).toMatchObject({ state: 'interrupted', status: null });
    playground.config = config;
    expect((await playground.picture('fault:ok', id)).status).toBe(202);
    await playground.reach(id, 'done');
  });

  it('while a repeat of it waits: the repeat is carried out', async () => {
    const { request, leave } = await pausedUpload();
    void playground.start('edits', request);
    await expect.poll(() => playground.upstream.requests.length).toBe(1);
    const repeat = playground.start(
      'edits',
      playground.request({ id, body: editForm({ prompt: 'fault:ok', bytes: 200_000 }) }),
    );
    leave();
    expect((await repeat).status).toBe(202);
    await playground.reach(id, 'done');
    expect(playground.upstream.requests.filter((seen) => seen.complete)).toHaveLength(1);
  });

  it('without a word is not waited for by a repeat of it', async () => {
    await playground.close();
    let late = 0;
    playground = await Playground.open({ now: () => Date.now() + late });
    const { request } = await pausedUpload();
    const started = playground.start('edits', request);
    await expect.poll(() => playground.upstream.requests.length).toBe(1);
    // Its length is another, which is known before anything of it is read.
    const form = editForm({ prompt: 'fault:ok', bytes: 200_000 });
    const repeat = playground.start('edits', await firefoxRequest(form, 30));
    await expect.poll(async () => (await playground.run(id)).receivedBytes).toBe(100_000);
    late = 20_000;
    expect((await started).status).toBe(499);
    expect((await repeat).status).toBe(202);
    await playground.reach(id, 'done');
    expect(playground.upstream.requests.map(({ complete }) => complete)).toEqual([false, true]);
  });

  it('is waited for until its request is whole', async () => {
    const { request, resume } = await pausedUpload();
    let status: number | undefined;
    const started = playground.start('edits', request).then((response) => {
      status = response.status;
    });
    await expect.poll(async () => (await playground.run(id)).receivedBytes).toBe(100_000);
    expect(status).toBeUndefined();
    resume();
    await started;
    expect(status).toBe(202);
  });

  it('after the 202 leaves the run to go on', async () => {
    const client = new AbortController();
    const body = {
      model: 'turing/gemini-3-pro-image',
      stream: true,
      messages: [{ role: 'user', content: 'fault:chat-silent-late' }],
    };
    const request = playground.request({ id, body, signal: client.signal });
    expect((await playground.start('chat', request)).status).toBe(202);
    client.abort();
    await playground.reach(id, 'answering');
    expect(playground.upstream.requests[0]?.complete).toBe(true);
    const reader = (await playground.answer(id)).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe(goodEvents[0]);
    await reader?.cancel();
    expect((await playground.run(id)).state).toBe('answering');
    await playground.remove(id);
  });
});

describe('an upstream that fails', () => {
  it.each([
    ['unauthorized', 502, 'upstream_auth', null],
    ['server-error', 500, 'oops', 'false'],
    ['html', 502, 'upstream_invalid_answer', 'false'],
    ['reset-before', 502, 'upstream_unreachable', 'false'],
    ['content-filter', 400, 'contentFilter', null],
    ['rate-limit', 429, 'rate', null],
  ])('with %s: the run fails, and its answer says why', async (fault, status, code, retry) => {
    expect((await playground.picture(`fault:${fault}`, id)).status).toBe(202);
    expect(await playground.reach(id, 'failed')).toMatchObject({ status, error: { code } });
    const answer = await playground.answer(id);
    expect(answer.headers.get('x-should-retry')).toBe(retry);
    expect(answer.headers.get('retry-after')).toBe(status === 429 ? '7' : null);
    expect(await errorOf(answer)).toMatchObject({ status, code });
    expect(playground.upstream.requests).toHaveLength(1);
  });

  it('by silence', async () => {
    await playground.picture('fault:silent', id, { timeoutMs: 50 });
    const run = await playground.reach(id, 'failed');
    expect(run).toMatchObject({ status: 504, error: { code: 'upstream_timeout' } });
  });

  it('by not being there', async () => {
    const gateway = {
      mode: 'gateway' as const,
      baseUrl: 'http://127.0.0.1:1/api/v1',
      apiKey: 'sk-12345678',
    };
    expect((await playground.picture('p', id, { gateway })).status).toBe(202);
    const run = await playground.reach(id, 'failed');
    expect(run).toMatchObject({ status: 502, model: 'turing/gpt-image-2' });
    expect((await playground.picture('other', id, { gateway })).status).toBe(422);
  });

  it('in the middle of an upload', async () => {
    const body = editForm({ prompt: 'early:413', bytes: 20_000_000 });
    const response = await playground.start('edits', playground.request({ id, body }));
    expect(response.status).toBe(202);
    const run = await playground.reach(id, 'failed');
    expect(run).toMatchObject({ status: 413, error: { message: 'Refused early' } });
  });

  it('in the middle of an answer: what came stays readable', async () => {
    await playground.picture('fault:reset-late', id);
    const run = await playground.reach(id, 'failed');
    expect(run).toMatchObject({ status: 200, error: { code: 'upstream_invalid_answer' } });
    const answer = await playground.answer(id);
    expect(answer.headers.get('content-length')).toBeNull();
    expect(await answer.text()).toBe(goodImages.slice(0, -30));
    expect(run.bytes).toBe(goodImages.length - 30);
  });

  it.each(['chat-reset-late', 'chat-cut-event', 'chat-error-event'])(
    'in a stream of events (%s): the last one says so',
    async (fault) => {
      await playground.chat(`fault:${fault}`, id);
      await playground.reach(id, 'failed');
      const answer = await playground.answer(id);
      expect(answer.headers.get('x-accel-buffering')).toBe('no');
      const events = (await answer.text()).trim().split('\n\n');
      expect(JSON.parse(events.at(-1)?.slice(6) ?? '').error.message).toMatch(/./);
    },
  );

  it('never gets the key out', async () => {
    await playground.picture('fault:echo-key', id);
    await playground.reach(id, 'done');
    const answer = await playground.answer(id);
    expect(JSON.stringify([...answer.headers]) + (await answer.text())).not.toContain('sk-secret');
  });
});
