import { expect, test } from 'vitest';
import { password, signIn, startLocked } from '../lock-server';
import { picture, send } from './wire-kit';

// Who guesses at the password, and who waits for it. The counts: lib/server/access/guess-limit.test.ts.

let guesses = 0;
const sdk = (url: string, from: string, key = `wrong-${guesses++}`, headers = {}) =>
  fetch(`${url}/api/v1/models`, {
    headers: { authorization: `Bearer ${key}`, 'x-forwarded-for': from, ...headers },
  });
const login = (url: string, from: string, guess = `wrong-${guesses++}`, headers = {}) =>
  send(
    `${url}/api/auth/login`,
    { password: guess },
    { headers: { 'x-forwarded-for': from, ...headers } },
  );

test('guessing is slowed down, by whatever way, and shuts out nobody else', async () => {
  const { app, stop } = await startLocked({ TRUSTED_PROXIES: '127.0.0.1' });
  const { url } = app;
  try {
    // A browser that signed in before, and an SDK that worked before.
    const cookie = await signIn(url, 'Ann');
    const visitor = cookie.split('; ').find((pair) => pair.startsWith('visitor=')) ?? '';
    expect((await sdk(url, '2001:db8:7:1::9', password)).status).toBe(200);

    for (let count = 0; count < 10; count++) {
      // What a client puts before the proxy's word does not make it another.
      const guess = count % 2 === 0 ? sdk : login;
      const response = await guess(url, `10.1.1.${count}, 10.0.0.1`);
      expect(response.status).toBe(401);
      expect((await response.json()).error.code).toBe('wrong_password');
    }
    for (const response of [await sdk(url, '10.0.0.1'), await login(url, '10.0.0.1', password)]) {
      expect(response.status).toBe(429);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(60);
      expect((await response.json()).error).toMatchObject({
        type: 'rate_limit_error',
        code: 'too_many_attempts',
      });
    }

    // One /48, each guess from another /56; then all over the world.
    const attack = async (count: number, address: (index: number) => string) => {
      const all = Array.from({ length: count }, (_, index) => sdk(url, address(index)));
      return (await Promise.all(all)).filter(({ status }) => status === 401).length;
    };
    expect(await attack(120, (index) => `2001:db8:7:${index.toString(16)}00::1`)).toBe(100);
    await attack(200, (index) => `10.9.0.${index}`);
    expect((await sdk(url, '2001:db8:7:ffff::1', password)).status).toBe(429);
    expect((await sdk(url, '10.9.0.1', password)).status).toBe(429);
    const isIn = async () => [
      (await sdk(url, '2001:db8:7:1::8', password)).status,
      (await login(url, '2001:db8:7:fffe::1', password, { cookie: visitor })).status,
      (await sdk(url, '10.0.0.99', password)).status,
    ];
    expect(await isIn()).toEqual([200, 200, 200]);

    await app.killAndRestart();
    await attack(120, (index) => `2001:db8:7:${index.toString(16)}00::1`);
    expect(await isIn()).toEqual([200, 200, 200]);
    expect((await sdk(url, '2001:db8:7:ffff::1', password)).status).toBe(429);
  } finally {
    await stop();
  }
  expect(app.output()).not.toMatch(/wrong-\d/);
  expect(app.output()).toContain('address 10.0.0.1');
});

test('the right password as a key comes from wherever it says; a wrong one is refused', async () => {
  const { app, upstream, stop } = await startLocked();
  const ask = (key: string, headers: Record<string, string>) =>
    send(`${app.url}/api/v1/images/generations`, picture('ok'), {
      headers: { authorization: `Bearer ${key}`, ...headers },
    });
  try {
    const shells: Record<string, string>[] = [
      { origin: 'file://' },
      { origin: 'tauri://localhost', 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of shells) {
      const answer = await ask(password, headers);
      expect(answer.status).toBe(200);
      expect([...answer.headers.keys()].join()).not.toContain('access-control');
      expect((await ask('wrong', headers)).status).toBe(401);
    }
    expect(upstream.requests).toHaveLength(2);
    // A key that the server does not ask for proves nothing: e2e/api/addresses.test.ts.
  } finally {
    await stop();
  }
});
