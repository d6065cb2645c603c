import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goodEvents, goodImages, releaseStep } from '../../../e2e/fault-upstream';
import { failureOfRun } from '../../core/runs/run-failure';
import { readConfig } from '../config';
import { inFlight } from '../in-flight';
import { editFormData, errorIn, Playground } from './playground.setup';
// Loaded now, since a test would have to wait for it.
import '../../demo/gateway';

const kept = globalThis as unknown as Record<symbol, unknown>;
const id = '0b8f6d0e-4f6e-4bd5-9d3a-0123456789ab';
const refusal = { status: 503, code: 'server_stopping', type: 'server_error' };
let playground: Playground;

beforeEach(async () => {
  kept[Symbol.for('turing-playground.in-flight')] = undefined;
  playground = await Playground.open();
});
afterEach(async () => {
  await playground.close();
  kept[Symbol.for('turing-playground.in-flight')] = undefined;
});

const mirror = (prompt: string) =>
  playground.start(
    'generations',
    new Request('http://playground.test/api/v1/x', {
      method: 'POST',
      headers: { 'content-type': 'application/json', host: 'playground.test' },
      body: JSON.stringify({ model: 'turing/gpt-image-2', prompt }),
    }),
  );
const seen = () => playground.upstream.requests;
const arrived = (count: number) => expect.poll(() => seen().length).toBe(count);
const nothingUnderWay = () => expect.poll(() => inFlight().count).toBe(0);

/** A form whose second half comes when it is told to. */
function pausedForm() {
  const whole = new Response(editFormData({ prompt: 'fault:ok', bytes: 200_000 }));
  const headers = { 'content-type': whole.headers.get('content-type') ?? '' };
  let resume = () => {};
  const paused = new Promise<void>((resolve) => {
    resume = resolve;
  });
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const bytes = new Uint8Array(await whole.arrayBuffer());
      controller.enqueue(bytes.subarray(0, 50_000));
      controller.enqueue(bytes.subarray(50_000, 100_000));
      await paused;
      controller.enqueue(bytes.subarray(100_000));
      controller.close();
    },
  });
  return { request: playground.request({ id, body, headers }), resume };
}

describe('a server that is stopping', () => {
  it('refuses what is new: nothing is sent, and the key is free', async () => {
    inFlight().refuse();
    for (const response of [await playground.picture('fault:ok', id), await mirror('fault:ok')]) {
      expect(response.headers.get('retry-after')).toBe('5');
      expect(response.headers.get('x-should-retry')).toBeNull();
      expect(await errorIn(response)).toMatchObject({
        ...refusal,
        message: expect.stringContaining('Nothing was sent'),
      });
    }
    expect(seen()).toHaveLength(0);
    await nothingUnderWay();
    await playground.restart();
    expect((await playground.show(id)).status).toBe(404);
  });

  it('takes a known key as ever, tells, and lets what is under way end', async () => {
    await playground.picture('fault:silent', id);
    const asked = mirror('fault:held');
    await arrived(2);
    inFlight().refuse();
    expect((await playground.picture('fault:silent', id)).status).toBe(202);
    expect((await playground.list()).runs).toMatchObject([{ id, state: 'waiting' }]);
    await playground.remove(id);
    await expect.poll(() => inFlight().count).toBe(1);
    releaseStep();
    const answer = await asked;
    releaseStep();
    expect(await answer.text()).toContain('"total_tokens":3');
    await nothingUnderWay();
  });

  it.each(['a run', 'the mirror'])('ends the upload of %s before its last byte', async (kind) => {
    const { request, resume } = pausedForm();
    if (kind === 'the mirror') request.headers.delete('prefer');
    const started = playground.start('edits', request);
    await arrived(1);
    inFlight().refuse();
    await nothingUnderWay();
    await seen()[0]?.closed;
    expect(seen()[0]?.complete).toBe(false);
    // Many clients hear an answer only when they have sent everything.
    resume();
    expect(await errorIn(await started)).toMatchObject(refusal);
    if (kind === 'the mirror') return;
    const run = await playground.run(id);
    expect(run).toMatchObject({ state: 'interrupted', status: null });
    expect(failureOfRun(run)).toMatchObject({ kind: 'server_stopping', mayBeCharged: false });
    await playground.restart();
    kept[Symbol.for('turing-playground.in-flight')] = undefined;
    expect((await playground.picture('fault:ok', id)).status).toBe(202);
    await playground.reach(id, 'done');
  });

  it('ends an upload at once when there is no time at all', async () => {
    const { request, resume } = pausedForm();
    const started = playground.start('edits', request);
    await arrived(1);
    inFlight().refuse();
    inFlight().cut();
    resume();
    expect(await errorIn(await started)).toMatchObject(refusal);
    expect(seen()[0]?.complete).toBe(false);
    expect(await playground.run(id)).toMatchObject({ error: { code: 'server_stopping' } });
  });

  it('ends an upload to the demo gateway too, which answers even so', async () => {
    playground.config = { ...playground.config, gateway: readConfig({}).gateway };
    const { request, resume } = pausedForm();
    const started = playground.start('edits', request);
    await expect.poll(async () => (await playground.run(id)).receivedBytes).toBe(100_000);
    inFlight().refuse();
    resume();
    expect(await errorIn(await started)).toMatchObject(refusal);
  });
});

describe('when its time is over', () => {
  const stopped = { code: 'server_error', message: expect.stringContaining('was stopped') };
  const stop = async () => {
    inFlight().refuse();
    inFlight().cut();
    await nothingUnderWay();
  };

  it('a run without an answer is interrupted, and may have been charged', async () => {
    await playground.picture('fault:silent', id);
    await arrived(1);
    await expect.poll(() => seen()[0]?.complete).toBe(true);
    await stop();
    await seen()[0]?.closed;
    for (let start = 0; start < 2; start++) {
      const run = await playground.run(id);
      expect(run).toMatchObject({ state: 'interrupted', status: null, error: stopped });
      expect(failureOfRun(run)).toMatchObject({ kind: 'interrupted', mayBeCharged: true });
      expect(await errorIn(await playground.answer(id))).toMatchObject({ status: 410 });
      expect((await playground.picture('fault:silent', id)).status).toBe(202);
      await playground.restart();
    }
    expect(seen()).toHaveLength(1);
  });

  it('a run in its answer keeps what came, and its followers reach the end of that', async () => {
    await playground.chat('fault:chat-silent-late', id);
    await playground.reach(id, 'answering');
    const followed = (await playground.answer(id)).text();
    await stop();
    const text = await followed;
    // A stream of events says itself how it ended.
    expect(text.startsWith(goodEvents[0] ?? '')).toBe(true);
    expect(text).toContain('was stopped');
    expect(await playground.run(id)).toMatchObject({ state: 'interrupted', error: stopped });
    await playground.restart();
    expect(await playground.run(id)).toMatchObject({ state: 'interrupted', error: stopped });
    expect(await (await playground.answer(id)).text()).toBe(text);
  });

  it('an answer of the mirror breaks off, one that had not begun is an error', async () => {
    const waiting = mirror('fault:silent');
    const begun = await mirror('fault:silent-late');
    await arrived(2);
    const read = expect(begun.text()).rejects.toThrow('was stopped');
    await stop();
    await read;
    const response = await waiting;
    expect(response.headers.get('x-should-retry')).toBe('false');
    expect(await errorIn(response)).toMatchObject({ status: 500, ...stopped });
  });

  it('what had ended stays as it was', async () => {
    await playground.picture('fault:ok', id);
    await playground.reach(id, 'done');
    const failed = randomUUID();
    await playground.picture('fault:server-error', failed);
    await playground.reach(failed, 'failed');
    await stop();
    expect((await playground.run(failed)).state).toBe('failed');
    expect(await (await playground.answer(id)).text()).toBe(goodImages);
  });
});
