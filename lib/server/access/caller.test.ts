import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Config, readConfig } from '../config';
import { singleton } from '../singleton';
import { openAccessFiles } from './access-files';
import { handleSignIn, handleSignOut } from './auth-requests';
import { admitCaller, type LockParts } from './caller';
import { createGuessLimit } from './guess-limit';
import { createKnownSources } from './known-sources';
import { createSessions } from './sessions';

const password = 'four-quiet-words';
const config: Config = readConfig({ APP_PASSWORD: password });
const url = 'http://playground.test/api/v1/x';
// As `noteTrustedUsers` notes it.
const noted = singleton('trusted-user-header', () => 'x-person-test');
const note = (found: object) => ({ [noted]: encodeURIComponent(JSON.stringify(found)) });
const same = { 'sec-fetch-site': 'same-origin' };

let folder: string;
let parts: LockParts;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'access-'));
  const files = openAccessFiles(folder);
  const known = createKnownSources({ files, password });
  parts = { sessions: createSessions({ files, password }), guesses: createGuessLimit({ known }) };
});
afterAll(() => rmSync(folder, { recursive: true }));

const ask = (headers: Record<string, string>, method = 'POST') =>
  admitCaller(
    new Request(url, { method, headers: { host: 'playground.test', ...headers } }),
    config,
    () => parts,
  );
const login = (body: unknown, headers: Record<string, string> = same) =>
  handleSignIn(
    new Request(url, {
      method: 'POST',
      headers: { host: 'playground.test', 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
    config,
    () => parts,
  );
const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
const sdk = { kind: 'sdk', user: 'sdk@unknown' };
const codeOf = async (response: Response) => (await response.json()).error.code;

describe('who comes in', () => {
  it('is anybody where there is no password', async () => {
    const request = new Request(url, { method: 'POST' });
    expect(await admitCaller(request, readConfig({}), () => parts)).toEqual({
      kind: 'anybody',
      user: undefined,
    });
  });

  it.each<Record<string, string>>([
    {},
    { cookie: 'session=' },
    { cookie: 'session=Fe26.2*1*a*b*c*d*e*f' },
    { authorization: 'Basic YTpi' },
    { authorization: 'Bearer' },
    { authorization: `Bearer-${password}` },
    { 'x-api-key': password },
  ])('%j does not', async (headers) => {
    await expect(ask({ ...same, ...headers })).rejects.toMatchObject({
      status: 401,
      code: 'sign_in_required',
      type: 'authentication_error',
    });
  });

  it('is an SDK with the password as its key, which no browser says by itself', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      expect(await ask({ authorization: `${scheme} ${password}` })).toEqual(sdk);
    }
  });

  it.each<Record<string, string>>([
    { origin: 'file://' },
    { origin: 'null' },
    { origin: 'tauri://localhost' },
    { origin: 'http://evil.test', 'sec-fetch-site': 'cross-site' },
  ])('with a key may have any origin, %j, but is refused with a wrong one', async (headers) => {
    expect(await ask({ authorization: `Bearer ${password}`, ...headers })).toEqual(sdk);
    await expect(ask({ authorization: 'Bearer wrong', ...headers })).rejects.toMatchObject({
      status: 401,
      code: 'wrong_password',
    });
  });

  it('is somebody who signed in, by name', async () => {
    const cookie = cookieOf(await login({ password, name: ' 李小明 ' }));
    expect(await ask({ cookie, ...same })).toEqual({ kind: 'session', user: '李小明' });
    const nameless = cookieOf(await login({ password }));
    expect(await ask({ cookie: nameless, ...same })).toEqual({
      kind: 'nameless',
      user: 'nameless@unknown',
    });
  });

  it('with a cookie must come from a page of ours, but to look', async () => {
    const cookie = cookieOf(await login({ password, name: 'Ann' }));
    const foreign: Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ];
    for (const headers of foreign) {
      await expect(ask({ cookie, ...headers })).rejects.toMatchObject({
        status: 403,
        code: 'origin_not_allowed',
      });
    }
    expect(await ask({ cookie, origin: 'http://playground.test' })).toEqual({
      kind: 'session',
      user: 'Ann',
    });
    expect(await ask({ cookie }, 'GET')).toEqual({ kind: 'session', user: 'Ann' });
    await expect(ask({ cookie }, 'DELETE')).rejects.toMatchObject({ status: 403 });
  });
});

describe('who comes in where a proxy names people', () => {
  const env = { TRUSTED_USER_HEADER: 'X-Forwarded-User', TRUSTED_PROXIES: '127.0.0.1' };
  const admit = (headers: Record<string, string>, { method = 'POST', more = {} } = {}) =>
    admitCaller(
      new Request(url, { method, headers: { host: 'playground.test', ...headers } }),
      readConfig({ ...env, ...more }),
      () => parts,
    );
  const ann = note({ name: '李小明' });
  const withPassword = { more: { APP_PASSWORD: password } };

  it('is who it names, from a page of ours only', async () => {
    const caller = { kind: 'sso', user: '李小明' };
    expect(await admit({ ...ann, ...same })).toEqual(caller);
    expect(await admit({ ...ann, origin: 'http://playground.test' })).toEqual(caller);
    expect(await admit(ann, { method: 'GET' })).toEqual(caller);
    const foreign: Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ];
    for (const headers of foreign) {
      await expect(admit({ ...ann, ...headers })).rejects.toMatchObject({
        code: 'origin_not_allowed',
      });
    }
  });

  it.each([
    ['who it does not name', note({ problem: 'has no name' })],
    ['who was there before the server looked', {}],
    ['who writes the header itself', { 'x-forwarded-user': 'ann' }],
  ])('is not %s', async (_, headers) => {
    for (const options of [{}, withPassword]) {
      const refused = { status: 401, code: 'sign_in_required' };
      await expect(admit({ ...same, ...headers }, options)).rejects.toMatchObject(refused);
    }
  });

  it('is no session, whose name was chosen by whoever signed in', async () => {
    const cookie = cookieOf(await login({ password, name: 'Ann' }));
    const coming = admit({ ...same, cookie }, withPassword);
    await expect(coming).rejects.toMatchObject({ code: 'sign_in_required' });
    expect(await admit({ ...ann, ...same, cookie }, withPassword)).toMatchObject({ kind: 'sso' });
  });

  it('is an SDK with the password, if there is one', async () => {
    const authorization = `Bearer ${password}`;
    const refused = note({ problem: 'has no name' });
    for (const headers of [ann, refused]) {
      expect(await admit({ ...headers, authorization }, withPassword)).toEqual(sdk);
    }
    await expect(admit({ ...refused, authorization })).rejects.toMatchObject({ status: 401 });
    const wrong = admit({ ...ann, ...same, authorization: 'Bearer wrong' }, withPassword);
    await expect(wrong).rejects.toMatchObject({ code: 'wrong_password' });
    // A proxy may send a token of its own along.
    expect(await admit({ ...ann, ...same, authorization })).toMatchObject({ kind: 'sso' });
  });

  it('has nothing to sign in to, or out of', async () => {
    for (const handle of [handleSignIn, handleSignOut]) {
      const request = new Request(url, { method: 'POST', headers: same });
      const config = readConfig({ ...env, APP_PASSWORD: password });
      expect((await handle(request, config, () => parts)).status).toBe(404);
    }
  });
});

describe('signing in', () => {
  it('gives a cookie that scripts and other sites do not see', async () => {
    const response = await login({ password, name: 'Ann' });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ name: 'Ann' });
    const [session = '', visitor = ''] = response.headers.getSetCookie();
    expect(session).toMatch(/^session=[\w.*-]+; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/);
    expect(visitor).toMatch(/^visitor=/);
    const secure = await login({ password }, { ...same, 'x-forwarded-proto': 'https' });
    for (const cookie of secure.headers.getSetCookie()) {
      expect(cookie).toMatch(/^__Host-(session|visitor)=.*; Path=\/; .*; Secure$/);
    }
  });

  it.each([
    ['{}', 400, 'invalid_value'],
    ['[]', 400, 'invalid_value'],
    ['{', 400, 'invalid_json'],
    [{ password: 1 }, 400, 'invalid_value'],
    [{ password, name: 1 }, 400, 'invalid_value'],
    [{ password, name: 'a'.repeat(65) }, 400, 'invalid_value'],
    [{ password, name: 'a\nb' }, 400, 'invalid_value'],
    [{ password: 'a'.repeat(9000) }, 413, 'request_too_large'],
    [{ password: 'wrong', name: 'Ann' }, 401, 'wrong_password'],
    ['{"password":"x","password":"y"}', 400, 'invalid_json'],
  ])('with %j is refused with %s', async (body, status, code) => {
    const response = await login(body);
    expect(response.status).toBe(status);
    expect(await codeOf(response)).toBe(code);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it.each<[Record<string, string>, number]>([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ origin: 'http://evil.test' }, 403],
    [{ origin: 'null' }, 403],
    [{ ...same, 'content-type': 'text/plain' }, 415],
    [{ ...same, 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('with %j is %s', async (headers, status) => {
    expect((await login({ password }, headers)).status).toBe(status);
  });

  it('wrongly again and again is 429, and says for how long', async () => {
    const guesses = createGuessLimit({ known: { has: () => false, note: async () => undefined } });
    const guess = (count: number) =>
      handleSignIn(
        new Request(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ password: `wrong-${count}` }),
        }),
        config,
        () => ({ ...parts, guesses }),
      );
    for (let count = 0; count < 10; count++) expect((await guess(count)).status).toBe(401);
    const response = await guess(10);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await codeOf(response)).toBe('too_many_attempts');
  });

  it('has nothing to sign in to where there is no password', async () => {
    const response = await handleSignIn(
      new Request(url, { method: 'POST' }),
      readConfig({}),
      () => parts,
    );
    expect(response.status).toBe(404);
  });
});

describe('signing out', () => {
  const logout = (cookie: string, headers: Record<string, string> = same) =>
    handleSignOut(
      new Request(url, { method: 'POST', headers: { cookie, ...headers } }),
      config,
      () => parts,
    );

  it('makes every copy of the cookie useless', async () => {
    const cookie = cookieOf(await login({ password, name: 'Ann' }));
    const response = await logout(cookie);
    expect(response.status).toBe(204);
    expect(response.headers.get('set-cookie')).toMatch(/^session=; Path=\/; Max-Age=0;/);
    await expect(ask({ cookie, ...same })).rejects.toMatchObject({ code: 'sign_in_required' });
    // Once more is as good.
    expect((await logout(cookie)).status).toBe(204);
  });

  it('is not done by another site', async () => {
    const cookie = cookieOf(await login({ password, name: 'Ann' }));
    const foreign: Record<string, string>[] = [{ 'sec-fetch-site': 'cross-site' }, {}];
    for (const headers of foreign) {
      expect((await logout(cookie, headers)).status).toBe(403);
    }
    expect(await ask({ cookie, ...same })).toEqual({ kind: 'session', user: 'Ann' });
  });
});
