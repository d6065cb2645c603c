import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chunkOf } from '../../../e2e/fault-kit';
import { onePixel } from '../../../e2e/fault-upstream';
import type { UpstreamAnswer } from '../upstream';
import { goodAnswer } from './good-answer';

const mebibyte = 1024 * 1024;
const block = Buffer.alloc(mebibyte, 'A');
const packed = gzipSync(block);
const picture = onePixel.replace(/=+$/, '');
const eventStart = chunkOf({ images: [{ image_url: { url: picture } }] }).split('"}}]')[0] ?? '';

/** The same megabyte again and again: none of it is held here. */
async function* endless(start: Buffer | string, piece: Buffer) {
  yield Buffer.from(start);
  for (;;) yield piece;
}

describe('an answer without an end', () => {
  it.each([
    ['a picture', 'generations', {}, `{"data":[{"b64_json":"${picture}`, block],
    [
      'a packed picture',
      'generations',
      { 'content-encoding': 'gzip' },
      gzipSync(`{"data":[{"b64_json":"${picture}`),
      packed,
    ],
    ['an event', 'chat', { 'content-type': 'text/event-stream' }, eventStart, block],
  ] as const)('is ended at 512 MiB: %s', async (_, endpoint, headers, start, piece) => {
    const fields = new Map<string, string>(Object.entries(headers));
    const answer: UpstreamAnswer = {
      status: 200,
      header: (name) => fields.get(name),
      body: endless(start, piece),
    };
    const { pieces } = await goodAnswer({
      answer,
      endpoint,
      secret: undefined,
      watch: { begin() {}, end() {} },
      abort() {},
    });
    let bytes = 0;
    const read = async () => {
      let next = await pieces.next();
      for (; !next.done; next = await pieces.next()) bytes += next.value.length;
      throw next.value;
    };
    await expect(read()).rejects.toMatchObject({ code: 'answer_too_large' });
    expect(bytes).toBeGreaterThan(510 * mebibyte);
    expect(bytes).toBeLessThanOrEqual(512 * mebibyte + 1024);
  });
});

describe('what an answer is', () => {
  const events = chunkOf({ content: 'a' });
  const json = '{"choices":[{"message":{"content":"a"}}]}';
  it.each([
    ['application/json', events, 'text/event-stream; charset=utf-8'],
    ['text/event-stream', events, 'text/event-stream; charset=utf-8'],
    ['text/event-stream', json, 'application/json'],
    ['text/event-stream', `\ufeff\r\n ${json}`, 'application/json'],
    ['text/plain', `: ping\n\n${events}`, 'text/event-stream; charset=utf-8'],
  ])('is told by its first byte, not by %s: %j', async (type, text, passed) => {
    const { headers, pieces } = await good(type, text);
    expect(headers['content-type']).toBe(passed);
    const out: Uint8Array[] = [];
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
      out.push(next.value);
    }
    expect(Buffer.concat(out).toString()).toBe(text);
  });

  it('may be a web page, which is a matter of the address', async () => {
    await expect(good('text/html', '\n<!doctype html>')).rejects.toMatchObject({
      code: 'upstream_invalid_answer',
      message: expect.stringMatching(/web page\. Administrators: check TURING_BASE_URL/),
    });
  });

  it.each(['', ' \n', '\ufeff'])('may be nothing: %j', async (text) => {
    await expect(good('text/event-stream', text)).rejects.toMatchObject({
      code: 'upstream_invalid_answer',
    });
  });
});

it('an error in place of an answer does not say the key, however it is escaped', async () => {
  for (const text of [
    '{"message":"sk\\u002dsecret-key"}',
    'data: {"detail":"sk\\u002dsecret-key"}',
  ]) {
    await expect(good('application/json', text)).rejects.toMatchObject({
      message: expect.stringContaining('error: *************.'),
    });
  }
});

function good(type: string, text: string) {
  async function* body() {
    for (const byte of Buffer.from(text)) yield Buffer.of(byte);
  }
  return goodAnswer({
    answer: {
      status: 200,
      header: (name) => ({ 'content-type': type })[name],
      body: body(),
    },
    endpoint: 'chat',
    secret: 'sk-secret-key',
    watch: { begin() {}, end() {} },
    abort() {},
  });
}
