import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppServer, apiKey, startApp, startInVain } from '../app-server';
import { onePixel, releaseStep } from '../fault-upstream';
import type { Image } from '../image';
import { startPostgres } from '../postgres/start-postgres';
import { forgetRequests, upstream } from './servers';

// The image of the Dockerfile, run as its user with its volume, where nothing else can be written to.

const image: Image = JSON.parse(process.env.BUILT_IMAGE ?? '');
const before = contents(image.root);
const visitor = randomUUID();
const cookie = `visitor=${visitor}`;
let app: AppServer;
beforeAll(async () => {
  app = await startApp({ DATA_DIR: image.volume, DEMO_LATENCY_MS: '0' });
});
afterAll(() => app.stop());
forgetRequests();

const run = promisify(execFile);
const read = (path: string, url = app.url) => fetch(url + path, { headers: { cookie } });
const runOf = async (key: string) => (await read(`/api/runs/${key}`)).json();
const answerOf = async (key: string) => (await read(`/api/runs/${key}/answer`)).text();

async function start(prompt: string, url = app.url): Promise<string> {
  const key = randomUUID();
  const response = await fetch(`${url}/api/v1/images/generations`, {
    method: 'POST',
    headers: {
      cookie,
      'content-type': 'application/json',
      'idempotency-key': key,
      prefer: 'respond-async',
    },
    body: JSON.stringify({ model: 'turing/gpt-image-2', prompt, size: '1024x1536' }),
  });
  expect(response.status).toBe(202);
  return key;
}

test('a page comes with all that it names', async () => {
  const page = await (await read('/')).text();
  const named = [...page.matchAll(/(?:src|href)="(\/[^"#]+)"/g)].map(([, path = '']) => path);
  expect(named.filter((path) => path.startsWith('/_next/static/')).length).toBeGreaterThan(5);
  expect(named).toContain('/icon.svg');
  for (const path of named) expect([path, (await read(path)).status]).toEqual([path, 200]);
});

test('a picture comes, and a restart finds its run again', async () => {
  const key = await start('a red boat');
  await expect.poll(async () => (await runOf(key)).state).toBe('done');
  const answer = await answerOf(key);
  const png = Buffer.from(JSON.parse(answer).data[0].b64_json, 'base64');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1024, 1536]);
  app.signal('SIGTERM');
  expect(await app.ended()).toBe(0);
  await app.startAgain();
  expect(await runOf(key)).toMatchObject({ state: 'done' });
  expect(await answerOf(key)).toBe(answer);
});

test('a run that is under way at SIGTERM comes to its end', async () => {
  app.signal('SIGTERM');
  await app.ended();
  await app.startAgain({
    TURING_BASE_URL: upstream.url,
    TURING_API_KEY: apiKey,
    SHUTDOWN_GRACE_SECONDS: '60',
  });
  const key = await start('a blue boat fault:held');
  await expect.poll(() => upstream.requests.filter(({ complete }) => complete).length).toBe(1);
  app.signal('SIGTERM');
  await expect.poll(async () => (await read('/api/ready')).status).toBe(503);
  releaseStep();
  await expect.poll(async () => (await runOf(key)).state).toBe('answering');
  releaseStep();
  expect(await app.ended()).toBe(0);
  await app.startAgain();
  expect(await runOf(key)).toMatchObject({ state: 'done' });
  expect(JSON.parse(await answerOf(key)).data).toContainEqual({ b64_json: onePixel });
});

test('the usage is read beside the server', async () => {
  await answerOf(await start('a small boat'));
  await expect.poll(() => usageOf({ DATA_DIR: image.volume })).toContain('turing/gpt-image-2,');
});

/** The first row of the usage, as somebody beside the server reads it. */
async function usageOf(settings: Record<string, string>): Promise<string | undefined> {
  const env = settings as unknown as NodeJS.ProcessEnv;
  const how = { cwd: image.workdir, env, uid: image.uid, gid: image.gid };
  return (await run(process.execPath, ['scripts/usage.mjs'], how)).stdout.split('\r\n')[1];
}

test('two servers of it share a database, and the usage of both is read there', async () => {
  const postgres = await startPostgres();
  const database = { DATABASE_URL: await postgres.database() };
  const shared = { ...database, DEMO_LATENCY_MS: '0' };
  const servers = [await startApp(shared), await startApp(shared)];
  try {
    const [first, second] = servers.map(({ url }) => url);
    for (const url of [first, second]) {
      await expect.poll(async () => (await fetch(`${url}/api/ready`)).status).toBe(200);
    }
    const key = await start('a shared boat', first);
    const stateOf = async () => (await read(`/api/runs/${key}`, second)).json();
    await expect.poll(async () => (await stateOf()).state).toBe('done');
    const { data } = JSON.parse(await (await read(`/api/runs/${key}/answer`, second)).text());
    expect(Buffer.from(data[0].b64_json, 'base64').subarray(1, 4).toString()).toBe('PNG');
    await expect.poll(() => usageOf(database)).toContain('turing/gpt-image-2,1,');
  } finally {
    for (const server of servers) await server.stop();
    await postgres.close();
  }
});

test('the health check tells a server that answers from one that does not', async () => {
  const check = (port: string) => {
    const [, ...args] = image.healthcheck;
    const env = { ...image.env, PORT: port } as unknown as NodeJS.ProcessEnv;
    return run(process.execPath, args, { env, uid: image.uid, gid: image.gid });
  };
  await check(new URL(app.url).port);
  await expect(check('1')).rejects.toMatchObject({ code: 1 });
});

test('a relative path, which would lie in the folder of the program, is refused', async () => {
  const { code, output } = await startInVain({ DATA_DIR: 'data' });
  expect(code).toBe(1);
  expect(output).toContain('DATA_DIR must be an absolute path');
});

test('no file is written but in the volume', async () => {
  // What would be kept on the disk, were there a place for it.
  await read(`/_next/image?url=${encodeURIComponent('/icon-192.png')}&w=64&q=75`);
  expect(contents(image.root)).toEqual(before);
  expect(readdirSync(join(image.volume, 'runs'))).not.toEqual([]);
  const own = image.uid ?? Number.NaN;
  const strays = [tmpdir(), '/var/tmp', '/dev/shm'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => !name.startsWith('playground-tests-'))
      .map((name) => join(folder, name))
      .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.uid === own),
  );
  expect(strays).toEqual([]);
});

test('nothing of the tests, of settings or of Git is in it', () => {
  const strange = before.filter((line) => /\/\.env\.|\.test\.ts|\/\.git\/|\/e2e\//.test(line));
  expect(strange).toEqual([]);
});

/** Each file outside the volume, with its size and the time of its last change. */
function contents(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (path === image.volume) return [];
    if (entry.isDirectory()) return contents(path);
    const { size, mtimeMs } = entry.isSymbolicLink() ? lstatSync(path) : statSync(path);
    return [`${path} ${size} ${mtimeMs}`];
  });
}
