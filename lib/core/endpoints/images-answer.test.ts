import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differentPictures, jpeg, onePixel } from '../../../e2e/sample-pictures';
import { createMemoryKeeper } from './chat/memory-keeper.setup';
import { createImagesAnswerReader } from './images-answer';
import { link, linkForms, pictureForms } from './images-answer.setup';

function read(chunks: Uint8Array[]) {
  const { keeper, files } = createMemoryKeeper();
  const pictures: [number, string | undefined][] = [];
  const reader = createImagesAnswerReader({
    keeper,
    onPicture: (index, { hash }) => pictures.push([index, files.get(hash)?.toString('base64')]),
  });
  for (const chunk of chunks) reader.write(chunk);
  return { answer: reader.end(), pictures };
}

const bytesOf = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

describe('createImagesAnswerReader', () => {
  const body = bytesOf(
    `{ "usage" : {"input_tokens":1,"output_tokens":2,"total_tokens":3}, "data": [ {"revised_prompt":"x","b64_json" : "${onePixel}"},` +
      `{"b64_json":"${jpeg.replaceAll('/', '\\/')}"},{"url":"${link}"},` +
      `{"error":{"message":"no","code":"bad"}},{"b64_json":"%%%"},{"b64_json":""},{}],"created":7}`,
  );

  it('reads pictures and the rest, however the body is cut', () => {
    const check = (chunks: Uint8Array[]) => {
      const { answer, pictures } = read(chunks);
      expect(answer).toEqual({
        created: 7,
        usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
        items: [
          { kind: 'bytes', byteLength: Buffer.from(onePixel, 'base64').length },
          { kind: 'bytes', byteLength: Buffer.from(jpeg, 'base64').length },
          { kind: 'link', url: link },
          { kind: 'error', message: 'no', code: 'bad' },
          { kind: 'invalid', reason: 'no_picture' },
          { kind: 'invalid', reason: 'empty' },
          { kind: 'invalid', reason: 'no_picture' },
        ],
      });
      expect(pictures).toEqual([
        [0, onePixel],
        [1, jpeg],
      ]);
    };
    check([body]);
    check(Array.from(body, (byte) => Uint8Array.of(byte)));
    for (let cut = 1; cut < body.length; cut++) check([body.slice(0, cut), body.slice(cut)]);
  });

  it('gives any bytes back as they were', () => {
    const file = Buffer.from(onePixel, 'base64');
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.constantFrom('', 'data:image/png;base64,'),
        fc.integer({ min: 1, max: 60 }),
        (more, head, size) => {
          const base64 = Buffer.concat([file, more]).toString('base64');
          const whole = bytesOf({ data: [{ b64_json: head + base64 }] });
          const chunks = [];
          for (let at = 0; at < whole.length; at += size) chunks.push(whole.slice(at, at + size));
          expect(read(chunks).pictures).toEqual([[0, base64]]);
        },
      ),
    );
  });

  it('a picture elsewhere than in its list is no picture', () => {
    const { pictures, answer } = read([
      bytesOf({ b64_json: onePixel, data: [{ deep: { b64_json: onePixel } }] }),
    ]);
    expect(pictures).toEqual([]);
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
    [' \n{"message":"overloaded"}', /overloaded/],
  ])('refuses %j', (text, message) => {
    expect(() => read([bytesOf(text)])).toThrow(
      expect.objectContaining({
        code: 'upstream_invalid_answer',
        message: expect.stringMatching(message),
      }),
    );
  });
});

describe('a picture of an image answer', () => {
  it.each(pictureForms)('may come as %s', (_, body) => {
    const { answer, pictures } = read([bytesOf(body)]);
    expect(pictures).toEqual([[0, onePixel]]);
    expect(answer.items).toEqual([expect.objectContaining({ kind: 'bytes' })]);
  });

  it.each(linkForms)('may be a link beside %s', (_, item) => {
    expect(read([bytesOf({ data: [item] })]).answer.items).toEqual([{ kind: 'link', url: link }]);
  });

  it.each([
    [{ b64_json: null, message: 'Held back' }, 'Held back', null],
    [{ b64_json: '', error: 'Held back' }, 'Held back', null],
    [{ error: { code: 'InputImageRisk', message: 'Held back' } }, 'Held back', 'InputImageRisk'],
  ])('may be words: %j', (item, message, code) => {
    const { answer } = read([bytesOf({ data: [item, { b64_json: onePixel }] })]);
    expect(answer.items[0]).toEqual({ kind: 'error', message, code });
  });

  it.each(differentPictures)('is broken if its end is missing', (picture) => {
    const file = Buffer.from(picture, 'base64');
    const half = file.subarray(0, file.length - 9).toString('base64');
    const { answer, pictures } = read([bytesOf({ data: [{ b64_json: half }, picture] })]);
    expect(answer.items).toMatchObject([{ kind: 'invalid', reason: 'cut' }, { kind: 'bytes' }]);
    expect(pictures).toEqual([[1, picture]]);
  });
});

it.each([
  [null, undefined],
  ['many', undefined],
  [{ total_tokens: null, input_tokens: '7', output_tokens: -1 }, {}],
  [{ total_tokens: -0.5, output_tokens: 4, more: 1 }, { output_tokens: 4 }],
  [
    { total_tokens: 3, input_tokens_details: { text_tokens: 1, image_tokens: null } },
    { total_tokens: 3, input_tokens_details: { text_tokens: 1 } },
  ],
])('the usage %j has only what can be shown', (usage, shown) => {
  const text = JSON.stringify({ data: [{ b64_json: onePixel }], usage });
  expect(read([bytesOf(text)]).answer.usage).toEqual(shown);
});
