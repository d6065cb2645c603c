import { describe, expect, it } from 'vitest';
import { differentPictures, onePixel } from '../../../e2e/sample-pictures';
import { messageForms } from '../../core/endpoints/chat/answer-forms.setup';
import { linkForms, pictureForms } from '../../core/endpoints/images-answer.setup';
import { inspectEventAnswer, inspectJsonAnswer } from './inspect-answer';

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const said = (text: string) => event({ choices: [{ delta: { content: text } }] });
const failed = event({ error: { message: 'Overloaded' } });

/** What passes of a stream, and how it ends. */
function inspect(stream: string, size = 1e9) {
  const inspector = inspectEventAnswer();
  const bytes = Buffer.from(stream);
  const out: Uint8Array[] = [];
  let wasPromising: boolean | undefined;
  try {
    for (let at = 0; at < bytes.length && !inspector.over; at += size) {
      out.push(inspector.write(bytes.subarray(at, at + size)));
      wasPromising ??= inspector.promising || undefined;
    }
    const passed = Buffer.concat(out).toString();
    return { passed, wasPromising: wasPromising ?? false, error: inspector.end()?.message };
  } catch (error) {
    return { thrown: (error as Error).message };
  }
}
const sizes = [1, 7, 1e9];

describe('a stream of events', () => {
  it.each(sizes)('passes as it came, words that are no JSON too, in pieces of %i', (size) => {
    const stream = `\ufeff: it's "open\r\n\r\ndata: hello "there\n\n${said('a')}data: [1,\n\ndata: [DONE]\n\n`;
    expect(inspect(stream, size)).toEqual({ passed: stream, wasPromising: true, error: undefined });
  });

  it.each(sizes)('ends with its error event, whatever follows, in pieces of %i', (size) => {
    const inspected = inspect(`${said('a')}${failed}data: [DONE]\n\n`, size);
    expect(inspected.error).toMatch(/it is an error: Overloaded/);
    expect(inspected.passed?.trimEnd()).toBe(`${said('a')}${failed}`.trimEnd());
    expect(inspect(failed, size).thrown).toMatch(/Overloaded/);
  });

  it.each([
    ['data: {"choi', /middle of an event/],
    ['data: {"choices":[]}\ndata: x', /middle of an event/],
    ['data', /middle of an event/],
    ['dat', /without content/],
    ['event: x\n', /without content/],
    ['data: [DONE]\n\n', /without content/],
    [': ping\n\n', /without content/],
    [`{"choices":[{}]}`, /without content/],
  ])('that is not whole is no answer: %j', (end, words) => {
    for (const size of sizes) expect(inspect(end, size).thrown).toMatch(words);
  });

  it('may lack its last blank line, and [DONE]', () => {
    for (const end of ['', '\n', '\r\n']) {
      expect(inspect(said('a').trimEnd() + end).error).toBeUndefined();
    }
  });

  it('is a sign of life by its comments, which are no answer', () => {
    const inspector = inspectEventAnswer();
    inspector.write(Buffer.from(': ping\n'));
    expect(inspector.promising).toBe(true);
  });

  it('may have a line without an end: strings are passed over, the rest is bounded', () => {
    const piece = Buffer.alloc(2 ** 20, 'A');
    const inspector = inspectEventAnswer();
    inspector.write(Buffer.from('data: {"choices":[{"delta":{"content":"'));
    const before = process.memoryUsage().heapUsed;
    for (let count = 0; count < 100; count++) inspector.write(piece);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(40 * 2 ** 20);
    inspector.write(Buffer.from('"}}]}\n\n'));
    expect(inspector.end()).toBeUndefined();

    const bare = inspectEventAnswer();
    bare.write(Buffer.from('data: '));
    expect(() => {
      for (let count = 0; count < 100; count++) bare.write(piece);
    }).toThrow(/longer than \d+ characters/);
  });
});

/** What an image answer is found to be, and how many of its pictures are cut short. */
function inspectImages(body: unknown, size = 1e9) {
  const inspector = inspectJsonAnswer('generations');
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  for (let at = 0; at < bytes.length; at += size) inspector.write(bytes.subarray(at, at + size));
  expect(inspector.end()).toBeUndefined();
  return { promising: inspector.promising, cut: inspector.cutPictures };
}

describe('an image answer', () => {
  it.each([...pictureForms, ...linkForms.map(([name, item]) => [name, { data: [item] }] as const)])(
    'is good in every form that the pages read: %s',
    (_, body) => {
      for (const size of sizes) expect(inspectImages(body, size).promising).toBe(true);
    },
  );

  it('is left to the pages where its base64 is damaged', () => {
    const damaged = `${onePixel.slice(0, 60)}!!${onePixel.slice(60)}`;
    expect(inspectImages({ data: [{ b64_json: damaged }] }).cut).toBe(0);
  });

  it('is good by the word that one of a batch failed', () => {
    expect(inspectImages({ data: [{ error: { message: 'Held back' } }] })).toEqual({
      promising: false,
      cut: 0,
    });
  });

  it.each(differentPictures)('is good as long as one of its pictures is whole', (picture) => {
    const file = Buffer.from(picture, 'base64');
    const half = file.subarray(0, file.length - 9).toString('base64');
    for (const size of sizes) {
      expect(inspectImages({ data: [{ b64_json: half }, { url: picture }] }, size).cut).toBe(1);
      expect(() => inspectImages({ data: [{ b64_json: half }] }, size)).toThrow(/cut short/);
    }
    const padded = Buffer.concat([file, Buffer.alloc(70_000)]).toString('base64');
    const lines = half.replace(/.{76}/g, '$&\n');
    for (const whole of [padded, padded.replaceAll('+', '-').replaceAll('/', '_'), lines]) {
      expect(inspectImages({ data: [{ b64_json: whole }] }).cut).toBe(0);
      expect(inspectImages({ data: [{ b64_json: whole }] }, 1000).cut).toBe(0);
    }
    const escaped = JSON.stringify({ data: [padded] }).replaceAll('/', '\\/');
    expect(inspectImages(escaped, 777).cut).toBe(0);
  });

  it.each([
    ['{"data":[]}', 'upstream_invalid_answer', /contains no picture/],
    ['{"data":[{"b64_json":"aGVsbG8gd29ybGQ="}]}', 'upstream_invalid_answer', /no picture/],
    ['{"error":{}}', 'upstream_invalid_answer', /contains no picture/],
    ['\n {"error":{"message":"Overloaded"}}', 'upstream_invalid_answer', /error: Overloaded/],
    ['[{"error":{"message":"Overloaded"}}]', 'upstream_invalid_answer', /error: Overloaded/],
    ['{"detail":[{"msg":"Overloaded"}]}', 'upstream_invalid_answer', /error: Overloaded/],
    ['{"message":"Overloaded"}', 'upstream_invalid_answer', /error: Overloaded/],
    ['{"msg":"Overloaded"}', 'upstream_invalid_answer', /error: Overloaded/],
    ['{"error":{"message":"No","code":"moderation_blocked"}}', 'contentFilter', /^No$/],
  ])('is none, and says why: %s', (body, code, message) => {
    expect(() => inspectImages(body)).toThrow(
      expect.objectContaining({
        code,
        safeToRepeat: false,
        message: expect.stringMatching(message),
      }),
    );
  });
});

describe('a chat answer', () => {
  it.each(messageForms)('is good in every form that the pages read: %s', (_, message) => {
    expect(inspect(event({ choices: [{ delta: message }] }))).toMatchObject({ error: undefined });
    const inspector = inspectJsonAnswer('chat');
    inspector.write(Buffer.from(JSON.stringify({ choices: [{ message }] })));
    expect(inspector.end()).toBeUndefined();
  });
});

it('a stream tells how many of its large pictures are cut short', () => {
  const file = Buffer.concat([Buffer.from(onePixel, 'base64'), Buffer.alloc(30_000)]);
  const half = Buffer.concat([file.subarray(0, 33), Buffer.from('00ffffff49444154', 'hex'), file]);
  for (const size of [777, 1e9]) {
    const inspector = inspectEventAnswer();
    for (const picture of [half, file, half]) {
      const images = [{ image_url: { url: picture.toString('base64') } }];
      const bytes = Buffer.from(event({ choices: [{ delta: { images } }] }));
      for (let at = 0; at < bytes.length; at += size)
        inspector.write(bytes.subarray(at, at + size));
    }
    expect(inspector.end()).toBeUndefined();
    expect(inspector.cutPictures).toBe(2);
  }
});

describe('the words of a stream without an answer', () => {
  it.each([
    [event({ detail: 'Overloaded' }), /error: Overloaded/],
    [event({ message: 'Overloaded' }) + event({}), /error: Overloaded/],
    [event([{ error: { message: 'Overloaded' } }]), /error: Overloaded/],
    [event({ error: { message: 'No', code: 'contentFilter' } }), /^No$/],
  ])('are said: %s', (stream, words) => expect(inspect(stream).thrown).toMatch(words));

  it('are none beside good events, and neither is an empty error', () => {
    const stream = event({ message: 'queued' }) + event({ error: {}, choices: [{ delta: {} }] });
    expect(inspect(stream).error).toBeUndefined();
  });
});
