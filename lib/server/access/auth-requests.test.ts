import { randomUUID } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { readConfig } from '../config';
import { handleSignIn, handleSignOut } from './auth-requests';

afterEach(() => {
  vi.useRealTimers();
});

it('a sign-in whose body does not come whole is answered within ten seconds', async () => {
  vi.useFakeTimers();
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"password":')),
  });
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body, duplex: 'half' };
  const request = new Request('http://playground.test/api/auth/login', init as RequestInit);
  const config = readConfig({ APP_PASSWORD: 'four-quiet-words' });
  const answer = handleSignIn(request, config, () => {
    throw new Error('No password has come that could be compared.');
  });
  await vi.advanceTimersByTimeAsync(10_000);
  const response = await answer;
  expect(response.status).toBe(400);
  expect((await response.json()).error).toMatchObject({
    code: 'invalid_json',
    message: expect.stringContaining('seconds'),
  });
  expect(vi.getTimerCount()).toBe(0);
});

it('a browser that forgets is a new visitor, and only its own page can have it so', async () => {
  const [own, before] = [randomUUID(), randomUUID()];
  const cookie = `__Host-visitor=${own}; __Host-visitor-before=${before}`;
  const config = readConfig({ APP_PASSWORD: 'four-quiet-words' });
  const signOut = async (query: string, site = 'same-origin') => {
    const headers = { cookie, 'x-forwarded-proto': 'https', 'sec-fetch-site': site };
    const url = `http://playground.test/api/auth/logout${query}`;
    const answer = await handleSignOut(new Request(url, { method: 'POST', headers }), config);
    const given = answer.headers.getSetCookie().map((one) => one.split(';')[0]);
    return { status: answer.status, given };
  };
  const session = '__Host-session=';
  expect(await signOut('')).toEqual({ status: 204, given: [session] });
  expect(await signOut('?forget', 'cross-site')).toEqual({ status: 403, given: [] });
  const { status, given } = await signOut('?forget');
  const visitor = expect.stringMatching(/^__Host-visitor=[0-9a-f-]{36}$/);
  expect({ status, given }).toEqual({
    status: 204,
    given: [session, visitor, '__Host-visitor-before='],
  });
  expect(given).not.toContain(`__Host-visitor=${own}`);
});
