import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { goodEvents } from '../fault-upstream';
import { open } from './servers';
import { chat, expectApiHeaders, expectEnvelope, paths, picture, send } from './wire-kit';

// What comes of a gateway that misbehaves, over the wire.

// At the same time: of the silent ones each takes as long as a silence may.
describe.concurrent('a gateway that breaks its answer', () => {
  const { url } = open;

  for (const [fault, status, code] of [
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
    ['silent', 504, 'upstream_timeout'],
  ] as const) {
    test(`${fault} is ${status} in the envelope`, async () => {
      const response = await send(url + paths.generations, picture(fault));
      expect(response.status).toBe(status);
      expectApiHeaders(response.headers);
      await expectEnvelope(response, code);
    });
  }

  for (const fault of ['chat-error-first', 'chat-nothing', 'empty-choices']) {
    test(`${fault} is 502 in the envelope`, async () => {
      const response = await send(url + paths.chat, chat(fault));
      expect(response.status).toBe(502);
      await expectEnvelope(response, 'upstream_invalid_answer');
    });
  }

  for (const fault of ['truncated-late', 'reset-late', 'silent-late']) {
    test(`${fault} breaks the connection`, async () => {
      const response = await send(url + paths.generations, picture(fault));
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow();
    });
  }

  for (const fault of ['chat-reset-late', 'chat-cut-event', 'chat-silent-late']) {
    test(`${fault} ends in an error event`, async () => {
      const response = await send(url + paths.chat, chat(fault));
      const text = await response.text();
      expect(text.startsWith(goodEvents[0] ?? '')).toBe(true);
      const last = text.trim().split('\n\n').at(-1) ?? '';
      expect(JSON.parse(last.replace(/^data: /, '')).error.message).toMatch(/\S/);
    });
  }

  test('an SDK asks once, however it ends', async () => {
    const client = new OpenAI({ apiKey: 'any', baseURL: `${url}/api/v1` });
    const asked = client.images.generate(picture('html'));
    await expect(asked).rejects.toMatchObject({ status: 502, code: 'upstream_invalid_answer' });
  });
});
