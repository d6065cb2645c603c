import { describe, expect, it } from 'vitest';
import type { ImageHeader } from '../bytes/image-header';
import { catalogue } from '../models/catalogue';
import { checkEdit, decodeEdit, encodeEdit, maxEditBytes, maxFileBytes } from './edit-request';

const header = (changes: Partial<ImageHeader> = {}): ImageHeader => ({
  format: 'png',
  width: 512,
  height: 512,
  hasAlpha: false,
  orientation: 1,
  ...changes,
});
const file = (name: string, changes: Partial<ImageHeader> = {}, bytes = 1000) => ({
  name,
  bytes,
  header: header(changes),
});
const text = (name: string, value: string) => ({ name, value });
const good = [text('model', 'turing/gpt-image-2'), text('prompt', 'p')];
const reasons = (texts: typeof good, files: Parameters<typeof checkEdit>[1]) =>
  checkEdit(texts, files, catalogue).map(({ param, reason }) => [param, reason]);

describe('checkEdit', () => {
  it('takes one picture, sixteen, a mask, and every field as text', () => {
    expect(reasons(good, [file('image')])).toEqual([]);
    expect(reasons(good, Array(16).fill(file('image[]')))).toEqual([]);
    expect(reasons(good, [file('image'), file('image')])).toEqual([]);
    expect(reasons(good, [file('mask'), file('image', { format: 'jpeg' })])).toEqual([]);
    const fields = [
      text('n', '3 '),
      text('output_compression', '80'),
      text('output_format', 'jpeg'),
      text('input_fidelity', 'high'),
      text('background', 'opaque'),
      text('stream', 'False'),
    ];
    expect(reasons([...good, ...fields], [file('image')])).toEqual([]);
  });

  it.each([
    ['no picture', good, [], ['image', 'missing_image']],
    ['seventeen', good, Array(17).fill(file('image[]')), ['image', 'too_many_references']],
    ['a WebP', good, [file('image', { format: 'webp' })], ['image', 'file_format']],
    [
      'no picture at all',
      good,
      [{ name: 'image', bytes: 9, header: undefined }],
      ['image', 'file_format'],
    ],
    ['an empty file', good, [file('image', {}, 0)], ['image', 'file_empty']],
    [
      'a JPEG mask',
      good,
      [file('image'), file('mask', { format: 'jpeg' })],
      ['mask', 'file_format'],
    ],
    [
      'a mask of another size',
      good,
      [file('image'), file('mask', { width: 511 })],
      ['mask', 'mask_size'],
    ],
    ['two masks', good, [file('image'), file('mask'), file('mask')], ['mask', 'parameter_twice']],
    ['a strange file', good, [file('image'), file('photo')], ['photo', 'file_unknown']],
    ['an index', good, [file('image[0]')], ['image[0]', 'file_unknown']],
    ['a file as text', good, [file('image'), file('prompt')], ['prompt', 'file_unexpected']],
    ['a picture as text', [...good, text('image', 'x')], [], ['image', 'file_expected']],
    [
      'a field twice',
      [...good, text('prompt', 'q')],
      [file('image')],
      ['prompt', 'parameter_twice'],
    ],
    ['n in words', [...good, text('n', 'two')], [file('image')], ['n', 'wrong_type']],
    ['n too large', [...good, text('n', '11')], [file('image')], ['n', 'value_out_of_range']],
    [
      'streaming',
      [...good, text('stream', 'true')],
      [file('image')],
      ['stream', 'value_not_listed'],
    ],
    [
      'a fidelity',
      [...good, text('input_fidelity', 'max')],
      [file('image')],
      ['input_fidelity', 'value_not_listed'],
    ],
  ])('refuses %s', (_, texts, files, problem) => expect(reasons(texts, files)).toEqual([problem]));

  it('exactly 50 MB is allowed, one byte more is not', () => {
    expect(maxFileBytes(catalogue)).toBe(52_428_800);
    expect(maxEditBytes(catalogue)).toBe(16 * 52_428_800 + 10_485_760);
    expect(reasons(good, [file('image', {}, 52_428_800)])).toEqual([]);
    const [problem] = checkEdit(good, [file('image', {}, 52_428_801)], catalogue);
    expect(problem).toMatchObject({ code: 'request_too_large', reason: 'file_too_large' });
  });
});

describe('encodeEdit', () => {
  const fields = { model: 'turing/gpt-image-2', prompt: '猫', n: 2, size: '1024x1024' };
  const picture = { file: new Blob(['x']), name: '猫.png' };

  const read = (body: Blob) =>
    new Response(body, { headers: { 'content-type': body.type } }).formData();

  it('sends one picture as image, several as image[], text first', async () => {
    const keys = async (count: number) => [
      ...(await read(encodeEdit(fields, Array(count).fill(picture), new Blob(['m'])))).keys(),
    ];
    expect(await keys(1)).toEqual(['model', 'prompt', 'n', 'size', 'image', 'mask']);
    expect(await keys(2)).toEqual(['model', 'prompt', 'n', 'size', 'image[]', 'image[]', 'mask']);
  });

  it('is undone by decodeEdit', async () => {
    const form = await read(encodeEdit(fields, [picture]));
    const texts = [...form].flatMap(([name, value]) =>
      typeof value === 'string' ? [{ name, value }] : [],
    );
    expect({ ...decodeEdit(texts, [file('image')], catalogue) }).toEqual(fields);
  });

  it('keeps each line break one character, and each file its bytes, name and type', async () => {
    const image = { file: new Blob(['\r\n--x\n'], { type: 'image/png' }), name: 'a "b"\n.png' };
    const form = await read(encodeEdit({ ...fields, prompt: 'one\ntwo\n\nthree' }, [image]));
    expect(form.get('prompt')).toBe('one\ntwo\n\nthree');
    const sent = form.get('image') as File;
    expect([sent.type, await sent.text()]).toEqual(['image/png', '\r\n--x\n']);
    expect(decodeURIComponent(sent.name)).toBe(image.name);
  });

  it('is as long each time, and its boundary is another', () => {
    const [one, other] = [encodeEdit(fields, [picture]), encodeEdit(fields, [picture])];
    expect(one.size).toBe(other.size);
    expect(one.type).not.toBe(other.type);
  });
});
