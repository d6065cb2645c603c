import { describe, expect, it } from 'vitest';
import { goodEvents, releaseStep } from '../../e2e/fault-upstream';
import {
  apiKey,
  chat,
  errorOf,
  lastSeen,
  picture,
  post,
  startUpstream,
  upstream,
} from './serve.setup';

// Answers: broken ones, streams, the key in them, silence, and clients that leave.

startUpstream();

describe('a broken answer', () => {
  it.each([
    ['html', 502, 'upstream_invalid_answer'],
    ['empty', 502, 'upstream_invalid_answer'],
    ['empty-list', 502, 'upstream_invalid_answer'],
    ['no-picture', 502, 'upstream_invalid_answer'],
    ['error-200', 502, 'upstream_invalid_answer'],
    ['invalid-json', 502, 'upstream_invalid_answer'],
    ['truncated-early', 502, 'upstream_invalid_answer'],
    ['strange-encoding', 502, 'upstream_invalid_answer'],
    ['redirect', 502, 'upstream_invalid_answer'],
    ['reset-before', 502, 'upstream_unreachable'],
    ['unauthorized', 502, 'upstream_auth'],
    ['forbidden', 502, 'upstream_auth'],
    ['server-error', 500, 'oops'],
    ['odd-status', 502, 'server_error'],
  ])('%s becomes %i %s, asked once', async (fault, status, code) => {
    const response = await post('generations', picture(`fault:${fault}`));
    const retry = response.headers.get('x-should-retry');
    expect(await errorOf(response)).toMatchObject({
      status,
      code,
      message: expect.stringMatching(/./),
    });
    expect(retry).toBe(code === 'upstream_auth' ? null : 'false');
    expect(upstream.requests).toHaveLength(1);
  });

  it('no gateway at all is said, and may be tried again', async () => {
    const gateway = { mode: 'gateway' as const, baseUrl: 'http://127.0.0.1:1/api/v1', apiKey };
    const response = await post('generations', picture('p'), { gateway });
    expect(response.headers.get('x-should-retry')).toBeNull();
    expect(await errorOf(response)).toMatchObject({ status: 502, code: 'upstream_unreachable' });
  });

  it.each([
    ['content-filter', 400, 'contentFilter', 'kept'],
    ['rate-limit', 429, 'rate', 'kept'],
    ['rate-limit-text', 429, 'rate_limit_exceeded', undefined],
    ['html-413', 413, null, undefined],
  ])('%s comes as it is, or in the envelope', async (fault, status, code, extra) => {
    const response = await post('generations', picture(`fault:${fault}`));
    if (status === 429) expect(response.headers.get('retry-after')).toBe('7');
    const error = await errorOf(response);
    expect(error).toMatchObject({ status, code });
    expect(error.extra).toBe(extra);
    expect(error.message).not.toMatch(/[<>{}]/);
  });

  it.each(['truncated-late', 'reset-late'])('%s breaks the connection', async (fault) => {
    const response = await post('generations', picture(`fault:${fault}`));
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow(/cannot be used/);
  });
});

describe('a streamed chat', () => {
  it('passes each event when it comes', async () => {
    const response = await post('chat', chat('fault:chat-one-by-one'));
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    const reader = response.body?.getReader();
    for (const event of goodEvents) {
      const { value } = (await reader?.read()) ?? {};
      expect(Buffer.from(value ?? []).toString()).toBe(event);
      releaseStep();
    }
    expect((await reader?.read())?.done).toBe(true);
  });

  it.each(['chat-reset-late', 'chat-cut-event', 'chat-error-event'])(
    '%s ends in an error event, not in [DONE]',
    async (fault) => {
      const response = await post('chat', chat(`fault:${fault}`));
      const text = await response.text();
      expect(text.startsWith(goodEvents[0] ?? '')).toBe(true);
      const events = text.trim().split('\n\n');
      // What has begun and did not end is not passed on.
      expect(events).toHaveLength(2);
      expect(JSON.parse(events.at(-1)?.slice(6) ?? '').error.message).toMatch(/./);
      expect(text).not.toContain('[DONE]');
    },
  );

  it('without [DONE] is whole all the same', async () => {
    const response = await post('chat', chat('fault:chat-no-done'));
    expect(await response.text()).toBe(goodEvents.slice(0, 3).join(''));
  });

  it.each(['chat-error-first', 'chat-nothing', 'html', 'empty', 'empty-choices'])(
    '%s is an error, not an empty answer',
    async (fault) => {
      const response = await post('chat', chat(`fault:${fault}`));
      expect(await errorOf(response)).toMatchObject({
        status: 502,
        code: 'upstream_invalid_answer',
      });
    },
  );
});

describe('the key', () => {
  it('is scrubbed from an answer and its headers', async () => {
    const response = await post('generations', picture('fault:echo-key'));
    expect(response.headers.get('x-request-id')).toBe(`key ${'*'.repeat(apiKey.length)}`);
    const text = await response.text();
    expect(text).not.toContain('sk-secret');
    expect(text).toContain('*'.repeat(apiKey.length));
  });

  it('is scrubbed from an error', async () => {
    const response = await post('generations', picture('fault:echo-key-error'));
    expect(response.headers.get('retry-after')).toBeNull();
    expect(await response.text()).not.toContain('sk-secret');
  });

  it('is scrubbed from a stream that cuts it', async () => {
    const response = await post('chat', chat('fault:echo-key-events'));
    const text = await response.text();
    expect(text).not.toContain('0123456789');
    expect(text).toContain('*'.repeat(apiKey.length));
    expect(text.endsWith(goodEvents.join(''))).toBe(true);
  });
});

describe('time and leaving', () => {
  it.each(['silent', 'chat-silent-late', 'silent-late'])(
    '%s is ended by the deadline',
    async (fault) => {
      const isChat = fault.startsWith('chat');
      const request = isChat ? chat(`fault:${fault}`) : picture(`fault:${fault}`);
      const response = await post(isChat ? 'chat' : 'generations', request, {
        // Its first byte must come before that on a machine with much to do as well.
        timeoutMs: fault === 'silent' ? 100 : 1000,
      });
      if (fault === 'silent') {
        expect(await errorOf(response)).toMatchObject({ status: 504, code: 'upstream_timeout' });
      } else if (isChat) {
        expect(await response.text()).toContain('"code":"upstream_timeout"');
      } else {
        await expect(response.text()).rejects.toThrow(/silent/);
      }
      await lastSeen().closed;
    },
  );

  it('a client that leaves before the answer ends the upstream call', async () => {
    const client = new AbortController();
    const answered = post(
      'generations',
      new Request(picture('fault:silent'), { signal: client.signal }),
    );
    await expect.poll(() => upstream.requests.length).toBe(1);
    client.abort();
    await lastSeen().closed;
    expect((await answered).status).toBe(499);
  });

  it('a client that leaves in mid-answer ends the upstream call', async () => {
    const response = await post('generations', picture('fault:silent-late'));
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await lastSeen().closed;
  });

  it('a client that leaves in mid-upload never sends the whole', async () => {
    const client = new AbortController();
    const start = Buffer.from(
      '--B\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n',
    );
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of [start, new Uint8Array(100_000), new Uint8Array(1000)]) {
          controller.enqueue(chunk);
        }
        client.signal.addEventListener('abort', () => controller.error(client.signal.reason));
      },
    });
    const answered = post(
      'edits',
      new Request('http://playground.test/', {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=B' },
        body,
        duplex: 'half',
        signal: client.signal,
      } as RequestInit),
    );
    await expect.poll(() => upstream.requests.length).toBe(1);
    client.abort();
    await answered;
    await lastSeen().closed;
    expect(lastSeen().complete).toBe(false);
  });
});
