import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerFaults } from '../answer-faults';
import { type AppServer, apiKey, freePort, startApp, startInVain } from '../app-server';
import { chatFaults } from '../chat-faults';
import { addresses, password } from '../lock-server';
import { proxySecret } from '../sso-headers';
import { forgetRequests, upstream } from './servers';
import { chat, paths, picture, send } from './wire-kit';

// What must never be seen outside the server: a server that has every secret it can have is asked all kinds of
// things, and then everything is searched that it has said and written. Scripts are looked at in e2e/lock-page.spec.ts.

const proxyLogin = { name: 'proxy-user', password: 'canary-of-the-proxy-url' };
const encoded = Buffer.from(Object.values(proxyLogin).join(':')).toString('base64');
// Each piece of it long enough to be of use.
const canaries = [apiKey.slice(3, 15), password, proxySecret, proxyLogin.password, encoded];

let app: AppServer;
let metrics: string;
beforeAll(async () => {
  const port = await freePort();
  metrics = `http://127.0.0.1:${port}/metrics`;
  const { host } = new URL(upstream.url);
  app = await startApp({
    // Nobody has such a host: the proxy is the upstream.
    TURING_BASE_URL: 'http://gateway.test/api/v1',
    HTTP_PROXY: `http://${Object.values(proxyLogin).join(':')}@${host}`,
    TURING_API_KEY: apiKey,
    TURING_TIMEOUT_MS: '4000',
    APP_PASSWORD: password,
    TRUSTED_USER_HEADER: 'X-Forwarded-User',
    TRUSTED_PROXIES: '127.0.0.1',
    PROXY_SECRET: proxySecret,
    METRICS_PORT: String(port),
  });
});
afterAll(() => app.stop());
forgetRequests();

// Large ones hold no key, and would have to be held here; these wait for a test to go on.
const names = Object.keys({ ...answerFaults, ...chatFaults }).filter(
  (name) => !['chat-one-by-one', 'kept-alive'].includes(name),
);

test('no secret is in any answer, header, page, metric, line of the log, file or table', async () => {
  const visitor = `visitor=${randomUUID()}`;
  const sdk = { authorization: `Bearer ${password}`, cookie: visitor };
  const named = {
    'x-forwarded-user': 'Ann',
    'x-proxy-secret': proxySecret,
    'sec-fetch-site': 'same-origin',
    cookie: visitor,
  };
  const seen: string[] = [];
  const keep = async (response: Response) => {
    seen.push(JSON.stringify([...response.headers]));
    // A connection that breaks has said what it has said.
    for (const reader = response.body?.getReader(); reader; ) {
      const part = await reader.read().catch(() => ({ done: true, value: undefined }));
      if (part.done || !part.value) break;
      seen.push(Buffer.from(part.value).toString('latin1'));
    }
  };
  // At the same time: those that are silent take as long as a silence may.
  const answers = names.map(async (fault, index) => {
    const isChat = fault.includes('chat') || fault.includes('events');
    const path = isChat ? paths.chat : paths.generations;
    const headers = index % 2 ? sdk : named;
    await keep(await send(app.url + path, isChat ? chat(fault) : picture(fault), { headers }));
  });
  await Promise.all(answers);
  await keep(
    await send(app.url + paths.generations, { prompt: apiKey.slice(0, 4) }, { headers: sdk }),
  );

  // Who may not come in, with what is nearly right.
  const wrong: Record<string, string>[] = [
    { authorization: `Bearer ${password}!` },
    { ...named, 'x-proxy-secret': `${proxySecret}!` },
    { ...named, 'x-forwarded-user': 'Ann, Bob' },
  ];
  for (const headers of wrong) {
    await keep(await send(app.url + paths.generations, picture('ok'), { headers }));
  }
  await keep(await send(`${app.url}/api/auth/login`, { password: `${password}!` }));
  const all = [...addresses('route.ts'), ...addresses('page.tsx'), '/nowhere', '/metrics'];
  for (const way of [{}, sdk, named, { ...named, rsc: '1' }]) {
    await Promise.all(all.map(async (path) => keep(await fetch(app.url + path, { headers: way }))));
  }

  const id = randomUUID();
  const start = { ...named, 'idempotency-key': id, prefer: 'respond-async' };
  await keep(await send(app.url + paths.generations, picture('echo-key'), { headers: start }));
  await keep(await fetch(`${app.url}/api/runs/${id}/answer`, { headers: named }));
  const run = async () => (await fetch(`${app.url}/api/runs/${id}`, { headers: named })).json();
  await expect.poll(async () => (await run()).state).toBe('done');
  // The proxy is not there, or wants another password.
  await keep(await send(app.url + paths.generations, picture('ok early:407'), { headers: sdk }));
  upstream.refuse();
  await keep(await send(app.url + paths.generations, picture('ok'), { headers: sdk }));
  await upstream.accept();
  await keep(await fetch(metrics));

  // The server writes its log while it goes on, so a line may come after the answer it is about.
  await expect.poll(() => app.output()).toContain(`"run":"${id}"`);
  const kept = await filesIn(app.data);
  const table = usageOf(app.data);
  const log = app.output();
  // They were there to be found, and there is something to look at everywhere.
  const sent = upstream.requests.map(({ headers }) => headers);
  expect(sent.every(({ authorization }) => authorization?.endsWith(apiKey))).toBe(true);
  expect(sent.every((headers) => headers['proxy-authorization']?.endsWith(encoded))).toBe(true);
  expect(log.split('\n').length).toBeGreaterThan(names.length);
  expect(kept.some((text) => text.includes('"event":"sent"'))).toBe(true);
  expect(table).toMatch(/\r\nAnn,sso,.*\r\nsdk@127\.0\.0\.1,sdk,/s);
  expect(seen.some((text) => text.includes('playground_requests_total{'))).toBe(true);
  expect(seen.some((text) => text.includes('*'.repeat(apiKey.length)))).toBe(true);
  for (const canary of canaries) {
    const found = [...seen, ...kept, table, log].filter((text) => text.includes(canary));
    expect(found).toEqual([]);
  }
});

const wrongStarts: Record<string, string>[] = [
  { TURING_BASE_URL: `http://u:${proxyLogin.password}@gateway.test`, TURING_API_KEY: apiKey },
  { TURING_BASE_URL: 'http://gateway.test', TURING_API_KEY: `${apiKey} ${apiKey}` },
  { HTTPS_PROXY: `socks5://u:${proxyLogin.password}@proxy.test` },
  { APP_PASSWORD: 'canary of a password' },
  { TRUSTED_USER_HEADER: 'X-User', PROXY_SECRET: proxySecret },
  { TRUSTED_USER_HEADER: 'X-User', TRUSTED_PROXIES: '::1', PROXY_SECRET: `${proxySecret} x` },
  { METRICS_PORT: 'x', APP_PASSWORD: 'canary-of-a-password' },
];

test.each(wrongStarts)('a start that fails tells none: %o', async (wrong) => {
  const gateway = { TURING_BASE_URL: 'https://gateway.test', TURING_API_KEY: apiKey };
  const { code, output } = await startInVain({ ...gateway, ...wrong });
  expect(code).toBe(1);
  expect(output).toContain('The server cannot start: ');
  // The example of a password is like that of the tests.
  const [key = '', , ...others] = canaries;
  for (const canary of [key, ...others, 'canary']) expect(output).not.toContain(canary);
});

/** What `npm run usage` writes. */
function usageOf(dataDir: string): string {
  const script = join(import.meta.dirname, '../../scripts/usage.mjs');
  const env = { ...process.env, DATA_DIR: dataDir };
  const { stdout, stderr } = spawnSync(process.execPath, [script], { env, encoding: 'utf8' });
  return stdout + stderr;
}

/** What stands in the files of a folder, and of those in it. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(({ parentPath, name }) =>
      // One that is just being replaced is gone by its old name.
      readFile(join(parentPath, name), 'latin1').catch(() => ''),
    ),
  );
}
