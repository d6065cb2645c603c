import { randomUUID } from 'node:crypto';
import { expect, test } from './studio';
import { promptOf } from './trouble-words';

// Answers of 600 MB, without a browser: there they are in e2e/long.

for (const fault of ['huge', 'gzip-bomb', 'chat-huge']) {
  test(`${fault}: an answer is ended at 512 MB, and what came stays readable`, async ({
    request,
    servers: { app, upstream },
  }) => {
    test.slow();
    upstream.requests.length = 0;
    const isChat = fault.startsWith('chat');
    const id = randomUUID();
    await request.post(`${app.url}/api/v1/${isChat ? 'chat/completions' : 'images/generations'}`, {
      headers: { 'idempotency-key': id, prefer: 'respond-async' },
      data: isChat
        ? {
            model: 'turing/gemini-3-pro-image',
            stream: true,
            messages: [{ role: 'user', content: promptOf(fault) }],
          }
        : { model: 'turing/gpt-image-2', prompt: promptOf(fault) },
    });
    const run = async () => (await request.get(`${app.url}/api/runs/${id}`)).json();
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
    await request.delete(`${app.url}/api/runs/${id}`);
  });
}
