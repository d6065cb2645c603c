import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createImagesAnswerReader } from './images-answer';

function read(chunks: Uint8Array[]) {
  const pictures = new Map<number, Uint8Array[]>();
  const ended: number[] = [];
  const reader = createImagesAnswerReader({
    onBytes: (index, bytes) => pictures.set(index, [...(pictures.get(index) ?? []), bytes.slice()]),
    onEnd: (index) => ended.push(index),
  });
  for (const chunk of chunks) reader.write(chunk);
  const answer = reader.end();
  const bytes = [...pictures].map(([index, parts]) => [index, Buffer.concat(parts)] as const);
  return { answer, ended, pictures: new Map(bytes) };
}

const bytesOf = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('createImagesAnswerReader', () => {
  const body = bytesOf(
    `{ "usage" : {"input_tokens":1,"output_tokens":2,"total_tokens":3}, "data": [ {"revised_prompt":"x","b64_json" : "${base64('first?>')}"},` +
      `{"b64_json":"${base64('second~~').replaceAll('/', '\\/')}"},{"url":"https://a.test/b.png"},` +
      `{"error":{"message":"no","code":"bad"}},{"b64_json":"%%%"},{"b64_json":""},{}],"created":7}`,
  );

  it('reads pictures and the rest, however the body is cut', () => {
    const check = (chunks: Uint8Array[]) => {
      const { answer, ended, pictures } = read(chunks);
      expect(answer).toEqual({
        created: 7,
        usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
        items: [
          { kind: 'bytes', byteLength: 7 },
          { kind: 'bytes', byteLength: 8 },
          { kind: 'link', url: 'https://a.test/b.png' },
          { kind: 'error', message: 'no', code: 'bad' },
          { kind: 'invalid', reason: 'base64' },
          { kind: 'invalid', reason: 'empty' },
          { kind: 'invalid', reason: 'no_picture' },
        ],
      });
      expect(pictures.get(0)?.toString()).toBe('first?>');
      expect(pictures.get(1)?.toString()).toBe('second~~');
      expect(ended).toEqual([0, 1, 4, 5]);
    };
    check([body]);
    check(Array.from(body, (byte) => Uint8Array.of(byte)));
    for (let cut = 1; cut < body.length; cut++) check([body.slice(0, cut), body.slice(cut)]);
  });

  it('gives any bytes back as they were', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1 }),
        fc.integer({ min: 1, max: 60 }),
        (bytes, size) => {
          const whole = bytesOf({ data: [{ b64_json: Buffer.from(bytes).toString('base64') }] });
          const chunks = [];
          for (let at = 0; at < whole.length; at += size) chunks.push(whole.slice(at, at + size));
          expect(read(chunks).pictures.get(0)).toEqual(Buffer.from(bytes));
        },
      ),
    );
  });

  it('a picture elsewhere than in data[].b64_json is no picture', () => {
    const { pictures, answer } = read([
      bytesOf({ b64_json: base64('a'), data: [{ deep: { b64_json: base64('b') } }] }),
    ]);
    expect(pictures.size).toBe(0);
    expect(answer.items).toEqual([{ kind: 'invalid', reason: 'no_picture' }]);
  });

  it.each([
    ['<html>', /byte 0/],
    ['', /./],
    ['{"data":[{"b64_json":"aGV', /./],
    ['{"data":[]}', /no picture/],
    ['{"created":1}', /no picture/],
    ['[]', /no picture/],
    ['{"error":{"message":"overloaded"}}', /overloaded/],
  ])('refuses %j', (text, message) => {
    expect(() => read([bytesOf(text)])).toThrow(
      expect.objectContaining({
        code: 'upstream_invalid_answer',
        message: expect.stringMatching(message),
      }),
    );
  });
});
