import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goodImages } from '../../../e2e/fault-upstream';
import type { Run } from '../../core/runs/run';
import { editFormData, errorIn, Playground } from './playground.setup';

let playground: Playground;
beforeEach(async () => {
  playground = await Playground.open();
});
afterEach(() => playground.close());

const id = '0b8f6d0e-4f6e-4bd5-9d3a-0123456789ab';
const picture = { model: 'turing/gpt-image-2', prompt: 'fault:ok' };

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
      expect(await errorIn(response)).toMatchObject({
        status: 400,
        code: 'invalid_value',
        param: 'Idempotency-Key',
        message: expect.stringContaining('UUID'),
      });
    },
  );

  it.each([undefined, 'x', '../../etc'])('without a visitor (%s) makes one', async (cookie) => {
    for (const [proto, name, secure] of [
      ['https', '__Host-visitor', '; Secure'],
      ['http', 'visitor', ''],
    ] as const) {
      const headers = { cookie: `${name}=${cookie}`, 'x-forwarded-proto': proto };
      const request = playground.request({ body: picture, headers });
      if (cookie === undefined) request.headers.delete('cookie');
      const response = await playground.start('generations', request);
      const [given = '', ...more] = response.headers.getSetCookie();
      expect(more).toEqual([]);
      const [pair = '', ...attributes] = given.split('; ');
      expect(`; ${attributes.join('; ')}`).toBe(
        `; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax${secure}`,
      );
      const [gotName, visitor] = pair.split('=');
      expect(gotName).toBe(name);
      const { id: started } = (await response.json()) as Run;
      expect((await playground.show(started, visitor)).status).toBe(200);
      expect((await playground.show(started)).status).toBe(404);
    }
  });

  it('that fails a check leaves no run, and its key free', async () => {
    const bad = { ...picture, prompt: '' };
    const refused = await playground.start('generations', playground.request({ id, body: bad }));
    expect(await errorIn(refused)).toMatchObject({ status: 400, param: 'prompt' });
    const foreign = playground.request({ id, body: picture, headers: { origin: 'http://e.test' } });
    expect((await playground.start('generations', foreign)).status).toBe(403);
    const wrongType = playground.request({ id, body: editFormData({}) });
    expect((await playground.start('generations', wrongType)).status).toBe(415);
    const form = editFormData({});
    form.append('base_url', 'x');
    const edit = await playground.start('edits', playground.request({ id, body: form }));
    expect(await errorIn(edit)).toMatchObject({ status: 400, code: 'unknown_parameter' });
    expect((await playground.list()).runs).toEqual([]);
    await Promise.all(playground.upstream.requests.map((seen) => seen.closed));
    expect(playground.upstream.requests.some((seen) => seen.complete)).toBe(false);
    expect((await playground.picture('fault:ok', id)).status).toBe(202);
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
    expect(await errorIn(answer)).toMatchObject({ status, code });
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
    const body = editFormData({ prompt: 'early:413', bytes: 20_000_000 });
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
