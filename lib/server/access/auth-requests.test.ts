import { afterEach, expect, it, vi } from 'vitest';
import { readConfig } from '../config';
import { handleSignIn } from './auth-requests';

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
