import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { forgetRequests, open, upstream } from './servers';
import { chat, paths, picture, send } from './wire-kit';

// Answers of 600 MB, without a browser: one with it is in e2e/long.

forgetRequests();

for (const fault of ['huge', 'gzip-bomb', 'chat-huge']) {
  test(`${fault}: an answer is ended at 512 MB, and what came stays readable`, async () => {
    const isChat = fault.startsWith('chat');
    const id = randomUUID();
    const cookie = `visitor=${randomUUID()}`;
    await send(
      open.url + (isChat ? paths.chat : paths.generations),
      isChat ? chat(fault) : picture(fault),
      { headers: { cookie, 'idempotency-key': id, prefer: 'respond-async' } },
    );
    const ask = (method: string) =>
      fetch(`${open.url}/api/runs/${id}`, { method, headers: { cookie } });
    const run = async () => (await ask('GET')).json();
    await expect.poll(async () => (await run()).endedAt, { timeout: 120_000 }).not.toBeNull();
    const { state, status, error, bytes } = await run();
    expect({ state, status, code: error.code }).toEqual({
      state: 'failed',
      status: 200,
      code: 'answer_too_large',
    });
    expect(bytes).toBeGreaterThan(500 * 2 ** 20);
    expect(bytes).toBeLessThanOrEqual(512 * 2 ** 20);
    await upstream.requests[0]?.closed;
    expect(upstream.requests).toHaveLength(1);
    await ask('DELETE');
  });
}
