import { afterEach, describe, expect, it } from 'vitest';
import { anybody, type Caller } from '../access/caller';
import { personOf } from '../access/person';
import { inFlight } from '../in-flight';
import { errorIn, Playground } from '../runs/playground.setup';
import { serve } from '../serve';
import { createAdmission } from './admission';

// What becomes of a booking, by what became of its request at the gateway.

let playground: Playground;
let admission: ReturnType<typeof createAdmission>;
const model = 'turing/gpt-image-2';

async function open(limits = { picturesPerDay: 10 } as object): Promise<void> {
  playground = await Playground.open({ admission: () => admission });
  admission = createAdmission({
    models: [{ id: model, rate: { requests: 10, seconds: 60 } }],
    limits,
    dataDir: playground.dataDir,
    now: () => 1_700_000_000_000,
    elapsed: () => 0,
  });
}
afterEach(() => playground.close());

const headers = { 'content-type': 'application/json', host: 'playground.test' };
const draw = (
  prompt: string,
  changes: object = {},
  { caller = anybody, signal = null }: { caller?: Caller; signal?: AbortSignal | null } = {},
) =>
  serve(
    'generations',
    new Request('http://playground.test/api/v1/x', {
      method: 'POST',
      headers,
      body: JSON.stringify({ model, prompt, n: 2 }),
      signal,
    }),
    { config: { ...playground.config, ...changes }, admission: () => admission, caller },
  );
const person = () => personOf(anybody, new Headers(headers), playground.config.trustedProxies);
const counted = () => {
  const { queue, budgets } = admission.view('', person());
  const [line] = queue?.models ?? [];
  return { pictures: budgets?.picturesPerDay?.used, slots: line?.used, until: line?.blockedUntil };
};

it.each([
  ['fault:ok', { pictures: 2, slots: 1 }],
  ['fault:content-filter', { pictures: 0, slots: 1 }],
  ['fault:output-filter', { pictures: 2, slots: 1 }],
  ['fault:reset-before', { pictures: 2, slots: 1 }],
  ['fault:rate-limit', { pictures: 0, slots: 1, until: 1_700_000_007_000 }],
])('after %s counts %j', async (prompt, expected) => {
  await open();
  await (await draw(prompt)).text().catch(() => {});
  expect(counted()).toMatchObject(expected);
});

it('counts nothing where the gateway is not reached', async () => {
  await open();
  const gateway = { mode: 'gateway', baseUrl: 'http://127.0.0.1:1/api/v1', apiKey: 'sk-12345678' };
  expect(await errorIn(await draw('fault:ok', { gateway }))).toMatchObject({ status: 502 });
  expect(counted()).toMatchObject({ pictures: 0, slots: 0, until: null });
  expect(inFlight().countOf(person())).toBe(0);
});

it('leaves the next request of the same person its place in line where one fails', async () => {
  await open({});
  for (let sent = 0; sent < 8; sent++) await (await draw('fault:ok')).text();
  const client = new AbortController();
  const failing = draw('fault:silent', {}, { signal: client.signal });
  await expect.poll(() => playground.upstream.requests[8]?.complete).toBe(true);
  expect(await errorIn(await draw('fault:ok'))).toMatchObject({ code: 'queue_wait' });
  client.abort();
  expect((await failing).status).toBe(499);
  expect(admission.gauges()).toMatchObject([{ waiting: 1 }]);
});

it('counts runs and other requests at once by those that live', async () => {
  await open({ runsAtOnce: 1 });
  const id = crypto.randomUUID();
  const start = () =>
    serve('generations', playground.request({ id, body: { model, prompt: 'fault:silent' } }), {
      config: playground.config,
      store: async () => playground.store,
      admission: () => admission,
    });
  expect((await start()).status).toBe(202);
  expect(await errorIn(await draw('fault:ok'))).toMatchObject({
    status: 429,
    code: 'budget_exceeded',
  });
  await playground.remove(id);
  await expect.poll(() => inFlight().countOf(person())).toBe(0);
  expect((await draw('fault:ok')).status).toBe(200);
  expect(playground.upstream.requests).toHaveLength(2);
});

describe('an edit whose files are still to come', () => {
  const field = (name: string, value: string) =>
    `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const file =
    '--B\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n' +
    'Content-Type: image/png\r\n\r\n';

  /** Sends the beginning of an edit; what comes back is the answer to it. */
  function begin(fields: string, more: Record<string, string> = {}) {
    let end = () => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from(`${fields}${file}\x89PNG`, 'latin1'));
        controller.enqueue(Buffer.alloc(300_000));
        end = () => controller.close();
      },
    });
    const type = { 'content-type': 'multipart/form-data; boundary=B' };
    const init = { method: 'POST', headers: { ...headers, ...type, ...more }, body };
    const request = new Request('http://playground.test/api/v1/x', {
      ...init,
      duplex: 'half',
    } as RequestInit);
    const answer = serve('edits', request, {
      config: playground.config,
      store: async () => playground.store,
      admission: () => admission,
    });
    return { answer, end: () => end() };
  }
  const run = () => ({ 'idempotency-key': crypto.randomUUID(), prefer: 'respond-async' });

  it.each([
    ['of an SDK', () => ({})],
    ['of a page', run],
  ])('%s is refused without them if it is not its turn', async (_, more) => {
    await open({});
    // The last fifth of a window is spread over it.
    for (let sent = 0; sent < 9; sent++) await (await draw('fault:ok')).text();
    const { answer, end } = begin(field('model', model) + field('prompt', 'p'), more());
    expect(await errorIn(await answer)).toMatchObject({ status: 429, code: 'queue_wait' });
    expect(playground.upstream.requests).toHaveLength(9);
    expect(admission.view('', person())).toMatchObject({ queue: { models: [{ waiting: 1 }] } });
    end();
  });

  it('is refused without them if no picture is left', async () => {
    await open({ picturesPerDay: 2 });
    await (await draw('fault:ok')).text();
    const { answer, end } = begin(field('model', model) + field('prompt', 'p'));
    expect(await errorIn(await answer)).toMatchObject({ code: 'budget_exceeded' });
    end();
  });

  it('keeps its slot, and gives it back if they do not come', async () => {
    await open({});
    for (let sent = 0; sent < 8; sent++) await (await draw('fault:ok')).text();
    const { answer, end } = begin(field('model', model) + field('prompt', 'p'));
    await expect.poll(() => playground.upstream.requests.length).toBe(9);
    const bob = () => draw('fault:ok', {}, { caller: { kind: 'sso', user: 'Bob' } });
    expect((await bob()).status).toBe(200);
    expect(await errorIn(await bob())).toMatchObject({ code: 'queue_wait' });
    end();
    expect(await errorIn(await answer)).toMatchObject({ code: 'invalid_multipart' });
    expect((await bob()).status).toBe(200);
  });
});
