import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { log } from '../log';
import { apiKey, editFormData, Playground } from './playground.setup';

const name = Symbol.for('turing-playground.log');
const kept = globalThis as unknown as Record<symbol, unknown>;
const canary = 'canary-prompt-7f3a';
let playground: Playground;
let text = '';

beforeEach(async () => {
  playground = await Playground.open();
  text = '';
  // The house's own options, into a text instead of the standard output.
  const write = (line: string) => {
    text += line;
  };
  kept[name] = pino({ base: null }, { write });
});
afterEach(async () => {
  kept[name] = pino({ level: 'silent' });
  await playground.close();
});

/** The lines of requests so far, without their level and times. */
const lines = () =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const { level, time, ms, ...facts } = JSON.parse(line);
      expect(level).toBe(30);
      expect(ms).toBeGreaterThanOrEqual(0);
      return facts;
    });
const mirror = (fault: string, init: RequestInit = {}) =>
  playground.start(
    'generations',
    new Request('http://playground.test/api/v1/x', {
      method: 'POST',
      headers: { 'content-type': 'application/json', host: 'playground.test' },
      body: JSON.stringify({ model: 'turing/gpt-image-2', prompt: `${canary} fault:${fault}` }),
      ...init,
    }),
  );

describe('the log has one line', () => {
  const facts = { endpoint: 'generations', model: 'turing/gpt-image-2' };

  it('for a request of the mirror', async () => {
    const bytes = (await (await mirror('ok')).arrayBuffer()).byteLength;
    expect(lines()).toEqual([
      { ...facts, status: 200, bytes, asked: 1, returned: 1, msg: 'mirror' },
    ]);
  });

  it.each([
    ['content-filter', 400, 'contentFilter'],
    ['html', 502, 'upstream_invalid_answer'],
    ['reset-before', 502, 'upstream_unreachable'],
    ['quoting', 400, 'other'],
  ])('for one that failed upstream (%s)', async (fault, status, code) => {
    await (await mirror(fault)).text();
    expect(lines()).toMatchObject([{ ...facts, status, code, msg: 'mirror' }]);
  });

  it('for one whose answer broke off', async () => {
    const response = await mirror('reset-late');
    await expect(response.text()).rejects.toMatchObject({ name: 'AbortError' });
    const code = 'upstream_invalid_answer';
    expect(lines()).toMatchObject([{ ...facts, status: 200, code, bytes: expect.any(Number) }]);
  });

  it('for one that was refused before it was sent', async () => {
    const headers = { 'content-type': 'text/plain', host: 'playground.test' };
    await mirror('ok', { headers });
    const code = 'unsupported_media_type';
    expect(lines()).toEqual([
      { endpoint: 'generations', status: 415, bytes: 0, code, msg: 'mirror' },
    ]);
  });

  it.each(['before the answer', 'in the middle of it', 'before its body is asked for'])(
    'for one whose client left %s',
    async (when) => {
      const client = new AbortController();
      const early = when === 'before the answer';
      const asked = mirror(early ? 'silent' : 'silent-late', { signal: client.signal });
      if (early) await expect.poll(() => playground.upstream.requests.length).toBe(1);
      const reader = early ? undefined : (await asked).body?.getReader();
      if (when === 'in the middle of it') await reader?.read();
      client.abort();
      await asked;
      await playground.upstream.requests[0]?.closed;
      expect(lines()).toMatchObject([{ endpoint: 'generations', status: 499, msg: 'mirror' }]);
    },
  );

  it('for a run, at its end, and for its delete; repeats and reads have none', async () => {
    const run = randomUUID();
    await playground.picture(`${canary} fault:ok`, run);
    const { bytes } = await playground.reach(run, 'done');
    await playground.picture(`${canary} fault:ok`, run);
    await (await playground.answer(run)).text();
    const pictures = { asked: 1, returned: 1 };
    const done = { run, ...facts, state: 'done', status: 200, bytes, ...pictures, msg: 'run' };
    expect(lines()).toEqual([done]);
    await playground.remove(run);
    await playground.remove('no-uuid\n{"level":30}');
    expect(lines()).toEqual([
      done,
      { run, status: 204, msg: 'delete' },
      { status: 404, msg: 'delete' },
    ]);
  });

  it('for a start that was refused', async () => {
    const run = randomUUID();
    await playground.picture('', run);
    await playground.picture(canary, canary);
    expect(lines()).toEqual([
      { run, endpoint: 'generations', status: 400, code: 'invalid_value', msg: 'start' },
      { endpoint: 'generations', status: 400, code: 'invalid_value', msg: 'start' },
    ]);
  });

  it('for a start whose client left', async () => {
    const run = randomUUID();
    const client = new AbortController();
    client.abort();
    const body = { model: 'turing/gpt-image-2', prompt: canary };
    await playground.start(
      'generations',
      playground.request({ id: run, body, signal: client.signal }),
    );
    expect(lines()).toEqual([{ run, endpoint: 'generations', status: 499, msg: 'start' }]);
  });

  it('for a run that a restart cut', async () => {
    const run = randomUUID();
    await playground.picture('fault:silent', run);
    const { store } = playground;
    await playground.restart();
    expect(lines()).toMatchObject([
      { run, ...facts, state: 'interrupted', status: null, code: 'server_error', msg: 'run' },
    ]);
    playground.store = store;
  });
});

it('the log never holds what a visitor wrote or is known by, nor the key', async () => {
  const runs = ['ok', 'content-filter', 'error-200', 'server-error', 'echo-key', 'echo-key-error'];
  for (const fault of [...runs, 'quoting']) {
    const run = randomUUID();
    await playground.picture(`${canary} fault:${fault}`, run);
    await expect.poll(async () => (await playground.run(run)).endedAt).not.toBeNull();
    await playground.remove(run);
    await (await mirror(fault)).text().catch(() => {});
  }
  const unknown = { model: canary, prompt: canary, [canary]: 1 };
  await playground.start('generations', playground.request({ body: unknown }));
  const form = editFormData({ prompt: canary });
  form.append(`${canary}\n{"level":30}`, 'x');
  await playground.start('edits', playground.request({ body: form }));
  const headers = { origin: `http://${canary}.test` };
  await playground.start('generations', playground.request({ body: unknown, headers }));
  expect(lines().length).toBeGreaterThanOrEqual(17);
  for (const secret of [canary, apiKey, playground.visitor, 'iVBORw0KGgo']) {
    expect(text).not.toContain(secret);
  }
  expect(log()).toBe(kept[name]);
});
