import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, get, request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppServer, apiKey, startAndSignal, startApp } from '../app-server';
import { onePixel, releaseStep } from '../fault-upstream';
import { forgetRequests, upstream } from './servers';

// A server that is told to stop: with time for what is under way, and without. Each test leaves it
// started again.

let app: AppServer;
beforeAll(async () => {
  app = await startApp({
    TURING_BASE_URL: upstream.url,
    TURING_API_KEY: apiKey,
    SHUTDOWN_GRACE_SECONDS: '60',
  });
});
afterAll(async () => {
  app.signal('SIGKILL');
  await app.stop();
});
forgetRequests();

const visitor = randomUUID();
const cookie = `visitor=${visitor}`;
const post = (prompt: string, key?: string) =>
  fetch(`${app.url}/api/v1/images/generations`, {
    method: 'POST',
    headers: {
      cookie,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key, prefer: 'respond-async' }),
    },
    body: JSON.stringify({ model: 'turing/gpt-image-2', prompt }),
  });
const read = (path: string) => fetch(app.url + path, { headers: { cookie } });
const runOf = async (key: string) => (await read(`/api/runs/${key}`)).json();
const whole = (prompt: string) =>
  upstream.requests.filter(({ body, complete }) => complete && body.includes(prompt));
const arrived = (prompt: string) => expect.poll(() => whole(prompt).length).toBe(1);
const codeOf = async (response: Response) => (await response.json()).error.code;
/** Waits until the server refuses what is new. */
const stopping = () => expect.poll(async () => (await post('too late')).status).toBe(503);

test('what is under way ends, its readers read on, and only then the server goes', async () => {
  const key = randomUUID();
  await post('to the end fault:held', key);
  await arrived('to the end');
  // A browser keeps connections that nothing is asked on.
  const agent = new Agent({ keepAlive: true });
  const [idle] = (await once(get(`${app.url}/api/health`, { agent }), 'response')) as [
    IncomingMessage,
  ];
  await text(idle);
  releaseStep();
  const followed = await read(`/api/runs/${key}/answer`);
  const list = await read('/api/runs');
  await list.text();
  const polled = fetch(`${app.url}/api/runs?since=${list.headers.get('runs-cursor')}`, {
    headers: { cookie, prefer: 'wait=25' },
  });
  expect((await read('/api/ready')).status).toBe(200);
  app.signal('SIGTERM');
  // Who waits for a change is not waited for.
  expect((await polled).status).toBe(200);
  const ready = await read('/api/ready');
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { ready: false, store: true, room: true, stopping: true },
  ]);
  await stopping();
  for (const response of [await post('too late'), await post('too late', randomUUID())]) {
    expect(response.headers.get('retry-after')).toBe('5');
    expect(response.headers.get('x-should-retry')).toBeNull();
    expect(await codeOf(response)).toBe('server_stopping');
  }
  expect(upstream.requests).toHaveLength(1);
  expect((await read('/')).status).toBe(200);
  expect(await runOf(key)).toMatchObject({ state: 'answering' });
  expect((await post('to the end fault:held', key)).status).toBe(202);
  releaseStep();
  const answer = await followed.text();
  expect(JSON.parse(answer).data).toEqual([{ b64_json: onePixel }, { b64_json: onePixel }]);
  expect(await app.ended()).toBe(0);
  agent.destroy();
  await app.startAgain();
  expect(await runOf(key)).toMatchObject({ state: 'done' });
  expect(await (await read(`/api/runs/${key}/answer`)).text()).toBe(answer);
});

test('an upload that is still coming is ended before its last byte, and its key is free', async () => {
  const key = randomUUID();
  const { end, response } = halfAnUpload(key);
  await expect.poll(() => upstream.requests.length).toBe(1);
  // A server with nothing else under way would be gone before the rest has come.
  const meanwhile = randomUUID();
  await post('meanwhile fault:held', meanwhile);
  await arrived('meanwhile');
  app.signal('SIGTERM');
  await upstream.requests[0]?.closed;
  expect(upstream.requests[0]?.complete).toBe(false);
  end();
  const { statusCode, body } = await response;
  expect(statusCode).toBe(503);
  expect(JSON.parse(body).error.code).toBe('server_stopping');
  releaseStep();
  await expect.poll(async () => (await runOf(meanwhile)).state).toBe('answering');
  releaseStep();
  await app.ended();
  await app.startAgain();
  expect((await post('the same key', key)).status).toBe(202);
  await arrived('the same key');
});

test('a kill in the middle of an upload leaves its key free', async () => {
  const key = randomUUID();
  const { response } = halfAnUpload(key);
  const broken = expect(response).rejects.toThrow();
  await expect.poll(() => upstream.requests.length).toBe(1);
  await app.killAndRestart();
  await broken;
  expect(upstream.requests[0]?.complete).toBe(false);
  expect((await read(`/api/runs/${key}`)).status).toBe(404);
  expect((await post('the same key', key)).status).toBe(202);
  await arrived('the same key');
});

test('a second signal ends it at once', async () => {
  await post('impatient fault:silent', randomUUID());
  await arrived('impatient');
  app.signal('SIGINT');
  await stopping();
  const ended = app.ended();
  let code: number | null | undefined;
  await expect
    .poll(async () => {
      app.signal('SIGINT');
      code = await Promise.race([ended, undefined]);
      return code;
    })
    .toBe(130);
  await app.startAgain();
});

test('without time, what is under way is cut off, and says that it may have been charged', async () => {
  app.signal('SIGTERM');
  await app.ended();
  await app.startAgain({ SHUTDOWN_GRACE_SECONDS: '0' });
  const key = randomUUID();
  await post('cut fault:silent', key);
  await arrived('cut');
  const mirrored = post('mirrored fault:silent');
  await arrived('mirrored');
  app.signal('SIGTERM');
  const response = await mirrored;
  expect(response.status).toBe(500);
  expect(response.headers.get('x-should-retry')).toBe('false');
  expect((await response.json()).error.message).toContain('charged');
  expect(await app.ended()).toBe(0);
  await app.startAgain();
  expect(await runOf(key)).toMatchObject({
    state: 'interrupted',
    error: { code: 'server_error', message: expect.stringContaining('charged') },
  });
  expect((await post('cut fault:silent', key)).status).toBe(202);
  expect(whole('cut')).toHaveLength(1);
});

for (const [moment, words, codes] of [
  // Next's own listener or ours, but never neither.
  ['while it starts', 'Ready in', [0, 143]],
  ['before the first request', '"msg":"gateway"', [0]],
] as const) {
  test(`a signal ${moment} ends it`, async () => {
    const { code, output } = await startAndSignal(
      { SHUTDOWN_GRACE_SECONDS: '60' },
      { words, signal: 'SIGTERM' },
    );
    expect(codes).toContain(code);
    expect(output.includes('"msg":"stopped"')).toBe(code === 0);
  });
}

/** An edit whose second half comes when it is told to. */
function halfAnUpload(key: string) {
  const boundary = 'half';
  const part = (name: string, more = '') =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
  const start = `${part('model')}turing/gpt-image-2\r\n${part('prompt')}half\r\n${part('image', '; filename="a.png"\r\nContent-Type: image/png')}`;
  const picture = Buffer.alloc(400_000);
  Buffer.from(onePixel, 'base64').copy(picture);
  const rest = Buffer.concat([picture, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  const upload = httpRequest(`${app.url}/api/v1/images/edits`, {
    method: 'POST',
    headers: {
      cookie,
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': start.length + rest.length,
      'idempotency-key': key,
      prefer: 'respond-async',
    },
  });
  upload.write(start);
  upload.write(rest.subarray(0, 300_000));
  const response = once(upload, 'response').then(async ([answer]) => ({
    statusCode: answer.statusCode,
    body: await text(answer),
  }));
  return { end: () => upload.end(rest.subarray(300_000)), response };
}
