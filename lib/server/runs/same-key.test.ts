import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { goodEvents } from '../../../e2e/fault-upstream';
import { readConfig } from '../config';
import { editFormData, errorIn, Playground } from './playground.setup';
// Loaded now, since a test would have to wait for it.
import '../../demo/gateway';

let playground: Playground;
beforeEach(async () => {
  playground = await Playground.open();
});
afterEach(() => {
  vi.useRealTimers();
  return playground.close();
});

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

describe('the same key', () => {
  const complete = () => playground.upstream.requests.filter((seen) => seen.complete).length;

  it.each(['json', 'form'])('twenty times at once goes upstream once (%s)', async (kind) => {
    const start = () =>
      kind === 'json'
        ? playground.picture('fault:ok', id)
        : playground.start(
            'edits',
            playground.request({ id, body: editFormData({ bytes: 500_000, prompt: 'fault:ok' }) }),
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
      playground.start('edits', playground.request({ id, body: editFormData({}) })),
    ];
    for (const response of await Promise.all(others)) {
      expect(await errorIn(response)).toMatchObject({
        status: 422,
        code: 'idempotency_key_reused',
      });
    }
    await expect.poll(complete).toBe(1);
  });

  it('of a form is compared by its fields and its length, whatever the boundary', async () => {
    const edit = (form: FormData) =>
      playground.start('edits', playground.request({ id, body: form }));
    expect((await edit(editFormData({ prompt: 'fault:ok' }))).status).toBe(202);
    expect((await edit(editFormData({ prompt: 'fault:ok' }))).status).toBe(202);
    expect((await edit(editFormData({ prompt: 'fault:oh' }))).status).toBe(422);
    expect((await edit(editFormData({ prompt: 'fault:ok', bytes: 101 }))).status).toBe(422);
  });

  it('of a form from Firefox, whose boundary varies in length, is the same request', async () => {
    const edit = async (digits: number, prompt = 'fault:ok') =>
      playground.start('edits', await firefoxRequest(editFormData({ prompt }), digits));
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

  it('of a repeat that stalls finds the run, and what comes later is read away', async () => {
    await playground.picture('fault:ok', id);
    await playground.reach(id, 'done');
    vi.useFakeTimers({ toFake: ['performance'] });
    let client!: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        client = controller;
        client.enqueue(Buffer.from('{"model":'));
      },
    });
    const headers = { 'content-type': 'application/json' };
    const request = playground.request({ id, body, headers });
    const repeat = playground.start('generations', request, { timeoutMs: 600_000 });
    await expect.poll(() => client.desiredSize).toBe(1);
    vi.advanceTimersByTime(60_000);
    const found = await repeat;
    expect(found.status).toBe(202);
    expect(await found.json()).toMatchObject({ id, state: 'done' });
    for (let chunks = 0; chunks < 3; chunks++) client.enqueue(new Uint8Array(10));
    await expect.poll(() => client.desiredSize).toBe(1);
    client.close();
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
    const whole = new Response(editFormData({ prompt: 'fault:ok', bytes: 200_000 }));
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
    expect(await errorIn(await playground.answer(id))).toMatchObject({ status: 410 });
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
      playground.request({ id, body: editFormData({ prompt: 'fault:ok', bytes: 200_000 }) }),
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
    const form = editFormData({ prompt: 'fault:ok', bytes: 200_000 });
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
