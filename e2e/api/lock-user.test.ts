import { randomUUID } from 'node:crypto';
import OpenAI, { toFile } from 'openai';
import { beforeAll, describe, expect, test } from 'vitest';
import { apiKey } from '../app-server';
import { goodImages, onePixel } from '../fault-upstream';
import { password, rawRequest, signIn } from '../lock-server';
import { partsOf } from '../multipart-parts';
import { forgetRequests, locked, upstream } from './servers';

// Whose request it is: set by the server on the way to the gateway, and by nobody else.

let cookie: string;
beforeAll(async () => {
  cookie = await signIn(locked.url, name);
});
forgetRequests();

const name = '李小明 "O\'Neill"';
const paths = {
  generations: '/api/v1/images/generations',
  edits: '/api/v1/images/edits',
  chat: '/api/v1/chat/completions',
};
const json = { 'content-type': 'application/json' };
const own = () => ({ cookie, 'sec-fetch-site': 'same-origin' });
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(locked.url + path, {
    method: 'POST',
    headers: { ...json, ...own(), ...headers },
    body,
  });
const lastSeen = () => {
  const seen = upstream.requests.at(-1);
  if (!seen) throw new Error('Nothing has come to the gateway');
  return seen;
};
const picture = (more = {}) =>
  JSON.stringify({ model: 'turing/gpt-image-2', prompt: 'fault:ok', ...more });
const chat = (text: string) =>
  JSON.stringify({
    model: 'turing/gemini-3-pro-image',
    stream: true,
    messages: [{ role: 'user', content: `fault:chat-ok ${text}` }],
  });

test('JSON gets the name as its first member, and is otherwise the client’s to the byte', async () => {
  for (const body of [
    picture(),
    ` \n${picture({ n: 1, size: 'auto' })}\n `,
    `\ufeff${picture()}`,
  ]) {
    const response = await post(paths.generations, body);
    expect(response.status).toBe(200);
    const { body: seen, headers } = lastSeen();
    expect(seen.toString()).toBe(body.replace('{', `{"user":${JSON.stringify(name)},`));
    expect(headers['content-length']).toBe(String(seen.length));
    expect(JSON.parse(seen.toString().replace(/^\ufeff/, '')).user).toBe(name);
  }
});

test('a chat of megabytes gets it as it streams', async () => {
  const body = `\n ${chat('x'.repeat(3_000_000))}`;
  const response = await post(paths.chat, body);
  expect(response.status).toBe(200);
  await response.text();
  const { body: seen, headers } = lastSeen();
  expect(seen.toString() === body.replace('{', `{"user":${JSON.stringify(name)},`)).toBe(true);
  expect(headers['content-length']).toBe(String(seen.length));
});

test('a form gets it as its first part', async () => {
  const form = new FormData();
  form.append('model', 'turing/gpt-image-2');
  form.append('prompt', 'fault:ok');
  form.append(
    'image',
    new Blob([Buffer.from(onePixel, 'base64')], { type: 'image/png' }),
    '图.png',
  );
  const response = await fetch(locked.url + paths.edits, {
    method: 'POST',
    headers: own(),
    body: form,
  });
  expect(await response.text()).toBe(goodImages);
  const seen = lastSeen();
  expect(seen.headers['content-length']).toBe(String(seen.body.length));
  const parts = partsOf(seen);
  expect(parts.map((part) => part.name)).toEqual(['user', 'model', 'prompt', 'image']);
  expect(parts[0]).toMatchObject({ fileName: undefined, bytes: Buffer.from(name) });
  expect(parts[3]?.bytes.toString('base64')).toBe(onePixel);
});

test('an SDK goes as sdk and its address, at each of the three', async () => {
  const client = new OpenAI({
    apiKey: password,
    baseURL: `${locked.url}/api/v1`,
    maxRetries: 0,
  });
  await client.images.generate({ model: 'turing/gpt-image-2', prompt: 'fault:ok' });
  expect(JSON.parse(lastSeen().body.toString()).user).toBe('sdk@127.0.0.1');
  await client.images.edit({
    model: 'turing/gpt-image-2',
    prompt: 'fault:ok',
    image: await toFile(Buffer.from(onePixel, 'base64'), 'a.png', { type: 'image/png' }),
  });
  expect(partsOf(lastSeen())[0]).toMatchObject({
    name: 'user',
    bytes: Buffer.from('sdk@127.0.0.1'),
  });
  const stream = await client.chat.completions.create({
    model: 'turing/gemini-3-pro-image',
    stream: true,
    messages: [{ role: 'user', content: 'fault:chat-ok' }],
  });
  for await (const chunk of stream) void chunk;
  expect(JSON.parse(lastSeen().body.toString()).user).toBe('sdk@127.0.0.1');
  // The password is for this server alone.
  expect(lastSeen().headers.authorization).toBe(`Bearer ${apiKey}`);
});

test('a model that knows no user gets none', async () => {
  const body = picture({ model: 'doubao-seedream-4-5-251128' });
  expect((await post(paths.generations, body)).status).toBe(200);
  expect(lastSeen().body.toString()).toBe(body);
});

test('a run is the same run again, and goes up once', async () => {
  const id = randomUUID();
  const start = () =>
    post(paths.generations, picture({ n: 2 }), { 'idempotency-key': id, prefer: 'respond-async' });
  for (let count = 0; count < 3; count++) {
    const response = await start();
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe(`/api/runs/${id}`);
  }
  await expect.poll(() => locked.output()).toMatch(new RegExp(`"user":"李小明.*"run":"${id}"`));
  expect(upstream.requests).toHaveLength(1);
  expect(JSON.parse(lastSeen().body.toString())).toMatchObject({ user: name, n: 2 });
  const other = await post(paths.generations, picture({ n: 3 }), {
    'idempotency-key': id,
    prefer: 'respond-async',
  });
  expect(other.status).toBe(422);
});

describe('a name that a client gives itself', () => {
  const start = '{"model":"turing/gpt-image-2","prompt":"fault:ok"';
  const large = `${chat('x'.repeat(2_000_000)).slice(0, -1)}`;
  for (const [what, path, body] of [
    ['plain', paths.generations, `${start},"user":"boss"}`],
    ['first', paths.generations, `{"user":"boss",${start.slice(1)}}`],
    ['spelt with escapes', paths.generations, `${start},"\\u0075se\\u0072":"boss"}`],
    ['as safety_identifier', paths.chat, `${chat('').slice(0, -1)},"safety_identifier":"boss"}`],
    ['at the end of a large chat', paths.chat, `${large},"use\\u0072":"boss"}`],
  ] as const) {
    test(`is replaced, and the answer says so: ${what}`, async () => {
      const plain = await post(path, body);
      const run = await post(path, body, {
        'idempotency-key': randomUUID(),
        prefer: 'respond-async',
      });
      expect([plain.status, run.status]).toEqual([200, 202]);
      for (const response of [plain, run]) {
        expect(response.headers.get('user-replaced')).toBe('1');
        await response.text();
      }
      // A run is told of before it goes up.
      await expect.poll(() => upstream.requests.length).toBe(2);
      for (const { body: seen, headers } of upstream.requests) {
        expect(headers['content-length']).toBe(String(seen.length));
        expect(seen.toString()).not.toContain('boss');
        expect(JSON.parse(seen.toString()).user).toBe(name);
      }
    });
  }

  test('that is null is none, and nothing is said', async () => {
    const response = await post(paths.generations, `${start},"user":null}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('user-replaced')).toBeNull();
    expect(JSON.parse(lastSeen().body.toString()).user).toBe(name);
  });

  for (const [what, path, body] of [
    ['a number', paths.generations, `${start},"user":1}`],
    ['twice', paths.generations, `${start},"user":"a","user":"boss"}`],
    ['twice, once with escapes', paths.generations, `${start},"user":"a","us\\u0065r":"boss"}`],
    [
      'for a model that knows none',
      paths.generations,
      picture({ model: 'doubao-seedream-4-5-251128', user: 'boss' }),
    ],
  ] as const) {
    test(`is refused: ${what}`, async () => {
      const asked = [
        post(path, body),
        post(path, body, { 'idempotency-key': randomUUID(), prefer: 'respond-async' }),
      ];
      for (const response of await Promise.all(asked)) {
        expect(response.status).toBe(400);
        const { error } = await response.json();
        if (error.code === 'invalid_json') expect(error.message).toContain('Duplicate key "user"');
        else expect(error).toMatchObject({ param: 'user', message: expect.stringMatching(/user/) });
      }
      await Promise.all(upstream.requests.map(({ closed }) => closed));
      expect(upstream.requests.filter(({ complete }) => complete)).toEqual([]);
    });
  }

  test('is no name where it stands elsewhere', async () => {
    const body = chat('{"user":"boss"}');
    expect((await post(paths.chat, body)).status).toBe(200);
    expect(JSON.parse(lastSeen().body.toString()).user).toBe(name);
  });

  const part = (disposition: string, value: string) =>
    `--B\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${value}\r\n`;
  const image =
    '--B\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n' +
    `Content-Type: image/png\r\n\r\n${Buffer.from(onePixel, 'base64').toString('latin1')}\r\n`;
  const fields =
    part('name="model"', 'turing/gpt-image-2') + part('name="prompt"', 'fault:ok') + image;
  const sendForm = (body: string) =>
    rawRequest(locked.url, {
      path: paths.edits,
      method: 'POST',
      headers: { ...own(), 'content-type': 'multipart/form-data; boundary=B' },
      body: Buffer.from(body, 'latin1'),
    });

  test('is replaced in a form before its first file, and refused after it', async () => {
    const user = part('name="user"', 'boss');
    const before = await sendForm(`${user}${fields}--B--\r\n`);
    expect(before.status).toBe(200);
    expect(before.headers['user-replaced']).toBe('1');
    const seen = lastSeen();
    expect(seen.headers['content-length']).toBe(String(seen.body.length));
    expect(partsOf(seen).map(({ name }) => name)).toEqual(['user', 'model', 'prompt', 'image']);
    expect(seen.body.includes('boss')).toBe(false);

    const after = await sendForm(`${fields}${user}--B--\r\n`);
    expect(after.status).toBe(400);
    expect(after.text).toMatch(/before the first file/);
  });

  for (const [what, extra] of [
    ['twice', part('name="user"', 'a') + part('name="user"', 'boss')],
    ['with another name beside', part('name="x"; name="user"', 'boss')],
    ['in an extended name', part("name*=utf-8''user", 'boss')],
    ['escaped', part('name="us\\er"', 'boss')],
    ['percent-encoded', part('name="%75ser"', 'boss')],
    ['as a file', part('name="user"; filename="a.txt"', 'boss')],
    ['in brackets', part('name="user[]"', 'boss')],
    ['in another case', part('name="User"', 'boss')],
    [
      'nested in a part',
      '--B\r\nContent-Disposition: form-data; name="x"\r\nContent-Type: multipart/mixed; boundary=C\r\n\r\n' +
        '--C\r\nContent-Disposition: form-data; name="user"\r\n\r\nboss\r\n--C--\r\n',
    ],
    [
      'in a second header',
      '--B\r\nContent-Disposition: form-data; name="prompt2"\r\n' +
        'Content-Disposition: form-data; name="user"\r\n\r\nboss\r\n',
    ],
  ] as const) {
    test(`is refused in a form: ${what}`, async () => {
      for (const body of [`${fields}${extra}--B--\r\n`, `${extra}${fields}--B--\r\n`]) {
        expect((await sendForm(body)).status).toBe(400);
      }
      await Promise.all(upstream.requests.map(({ closed }) => closed));
      expect(upstream.requests.filter(({ complete }) => complete)).toEqual([]);
    });
  }
});

test('a name that would break a line or a header is no name', async () => {
  for (const bad of ['a\r\nX-Evil: 1', 'a\u0000b', 'a\u202eb', 'x'.repeat(65)]) {
    const response = await fetch(`${locked.url}/api/auth/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ password, name: bad }),
    });
    expect(response.status).toBe(400);
    expect((await response.json()).error.param).toBe('name');
  }
});

test('the log has the name and never the password', async () => {
  await post(paths.generations, picture());
  await expect.poll(() => locked.output()).toContain(JSON.stringify(name));
  expect(locked.output()).not.toContain(password);
});
