import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import { findModel, optionsFor } from '../models/lookup';
import type { ModelOption } from '../models/model';
import { listedSizes } from '../sizes/sizes';
import { problemMessage } from '../validation';
import {
  askedPictures,
  checkImageRequest,
  decodeGeneration,
  encodeGeneration,
  type ImageRequest,
} from './image-request';
import { readJsonBody } from './json-body';

const check = (body: object, endpoint: 'generations' | 'edits' = 'generations') =>
  checkImageRequest(body as never, endpoint, catalogue);
const found = (body: object) => check(body).map(({ code, param, reason }) => [code, param, reason]);
const gpt = { model: 'turing/gpt-image-2', prompt: 'p' };
const seedream = { model: 'doubao-seedream-4-5-251128', prompt: 'p' };

describe('checkImageRequest takes', () => {
  it.each([
    gpt,
    {
      ...gpt,
      n: 10,
      size: '3840x2160',
      quality: 'low',
      output_format: 'jpeg',
      output_compression: 0,
    },
    { ...gpt, model: 'turing/gpt-image-1', quality: 'auto' },
    { ...gpt, output_format: 'png', output_compression: 100 },
    { ...gpt, output_compression: 100 },
    { ...gpt, background: 'transparent' },
    { ...gpt, background: 'transparent', output_format: 'png', moderation: 'low', user: '张三' },
    { ...gpt, response_format: 'b64_json', stream: false },
    { ...gpt, n: null, size: null, quality: null },
    { ...gpt, prompt: '猫'.repeat(32_000) },
    { ...gpt, prompt: '🐻'.repeat(32_000) },
    { ...gpt, prompt: ' ' },
    { ...seedream, n: 10, size: '1024x1024' },
    {
      ...seedream,
      sequential_image_generation: 'auto',
      sequential_image_generation_options: { max_images: 3 },
    },
    { ...seedream, prompt: 'x'.repeat(40_000) },
  ])('%j', (body) => expect(check(body)).toEqual([]));
});

it("takes an entry's further fields, at the top level alone", () => {
  const models = catalogue.map((model) => ({ ...model, extraFields: ['trace_id'] }));
  const checkOwn = (body: object) => checkImageRequest(body as never, 'generations', models);
  expect(checkOwn({ ...gpt, trace_id: { any: [1] } })).toEqual([]);
  expect(checkOwn({ ...gpt, trace_ID: 1 })).toMatchObject([{ code: 'unknown_parameter' }]);
});

describe('checkImageRequest refuses', () => {
  it.each([
    [{ prompt: 'p' }, ['missing_parameter', 'model', 'missing_model']],
    [{ ...gpt, model: 3 }, ['invalid_value', 'model', 'wrong_type']],
    [{ ...gpt, model: 'x' }, ['model_not_found', 'model', 'model_unknown']],
    [{ ...gpt, model: 'turing/gemini-3-pro-image' }, ['invalid_value', 'model', 'model_not_here']],
    [{ model: gpt.model }, ['missing_parameter', 'prompt', 'missing_prompt']],
    [{ ...gpt, prompt: '' }, ['invalid_value', 'prompt', 'prompt_empty']],
    [{ ...gpt, prompt: 'x'.repeat(32_001) }, ['invalid_value', 'prompt', 'prompt_too_long']],
    [{ ...gpt, prompt: ['p'] }, ['invalid_value', 'prompt', 'wrong_type']],
    [{ ...gpt, n: 0 }, ['invalid_value', 'n', 'value_out_of_range']],
    [{ ...gpt, n: 11 }, ['invalid_value', 'n', 'value_out_of_range']],
    [{ ...gpt, n: 1.5 }, ['invalid_value', 'n', 'value_out_of_range']],
    [{ ...gpt, n: '2' }, ['invalid_value', 'n', 'wrong_type']],
    [{ ...gpt, size: '1000x1000' }, ['invalid_value', 'size', 'size_step']],
    [{ ...gpt, size: 1024 }, ['invalid_value', 'size', 'wrong_type']],
    [{ ...gpt, quality: 'hd' }, ['invalid_value', 'quality', 'value_not_listed']],
    [{ ...gpt, output_format: 'webp' }, ['invalid_value', 'output_format', 'value_not_listed']],
    [
      { ...gpt, output_compression: 101, output_format: 'jpeg' },
      ['invalid_value', 'output_compression', 'value_out_of_range'],
    ],
    [
      { ...gpt, output_compression: 90 },
      ['invalid_value', 'output_compression', 'value_needs_option'],
    ],
    [
      { ...gpt, background: 'transparent', output_format: 'jpeg' },
      ['invalid_value', 'background', 'value_needs_option'],
    ],
    [{ ...gpt, response_format: 'url' }, ['invalid_value', 'response_format', 'value_not_listed']],
    [{ ...gpt, stream: true }, ['invalid_value', 'stream', 'value_not_listed']],
    [{ ...gpt, style: 'vivid' }, ['unknown_parameter', 'style', 'unknown_parameter']],
    [
      { ...gpt, input_fidelity: 'high' },
      ['unknown_parameter', 'input_fidelity', 'unknown_parameter'],
    ],
    [
      { ...gpt, sequential_image_generation: 'auto' },
      ['unknown_parameter', 'sequential_image_generation', 'unknown_parameter'],
    ],
    [{ ...seedream, quality: 'high' }, ['unknown_parameter', 'quality', 'unknown_parameter']],
    [{ ...seedream, size: 'auto' }, ['invalid_value', 'size', 'size_malformed']],
    [
      { ...seedream, sequential_image_generation_options: { max: 3 } },
      ['unknown_parameter', 'sequential_image_generation_options.max', 'unknown_parameter'],
    ],
    [
      { ...seedream, sequential_image_generation_options: 3 },
      ['invalid_value', 'sequential_image_generation_options', 'wrong_type'],
    ],
    [
      JSON.parse('{"model":"turing/gpt-image-2","prompt":"p","__proto__":{"n":1}}'),
      ['unknown_parameter', '__proto__', 'unknown_parameter'],
    ],
  ])('%j', (body, problem) => expect(found(body)).toEqual([problem]));

  it('a body that is no object', () => {
    for (const body of [[], 'x', 3, null]) {
      expect(check(body as never)[0]?.reason).toBe('body_not_object');
    }
  });
});

it('every sentence says the values that it names', () => {
  const bodies = [
    { ...gpt, n: 11 },
    { ...gpt, size: '1000x1000' },
    { ...gpt, quality: 'hd' },
    { ...gpt, style: 1 },
  ];
  for (const problem of bodies.flatMap((body) => check(body))) {
    expect(problemMessage(problem)).not.toMatch(/[{}]/);
  }
  expect(problemMessage(check({ ...gpt, n: 11 })[0] as never)).toBe(
    'n must be a whole number from 1 to 10, not 11.',
  );
});

it('a long value is quoted in part', () => {
  const [problem] = check({ ...gpt, quality: 'x'.repeat(5000) });
  expect(problem && problemMessage(problem).length).toBeLessThan(400);
});

const request = { model: 'm', prompt: 'p' };

describe('how many pictures a request can bring', () => {
  it.each([
    [{}, 1, false],
    [{ n: 4 }, 4, false],
    [{ n: 4, sequential_image_generation: 'disabled' }, 1, false],
    [{ n: 3, sequential_image_generation: 'auto' }, 3, true],
    [{ n: 1, sequential_image_generation: 'auto' }, 1, false],
    [{ n: 1, sequential_image_generation_options: { max_images: 6 } }, 6, true],
    [{ n: 1, sequential_image_generation_options: { max_images: 1 } }, 1, false],
  ])('%j', (fields, count, isUpperBound) => {
    expect(askedPictures({ ...request, ...fields })).toEqual({ count, isUpperBound });
  });
});

const bytesOf = (text: string) => new TextEncoder().encode(text);

const legalValue = (option: ModelOption): fc.Arbitrary<unknown> => {
  switch (option.kind) {
    case 'choice':
      return fc.constantFrom(...option.values);
    case 'integer':
      return fc.integer({ min: option.min, max: option.max });
    case 'text':
      return fc.string({ maxLength: 20 });
    case 'choices':
      return fc.subarray(option.values, { minLength: 1 });
  }
};

const requests = fc
  .constantFrom('turing/gpt-image-2', 'turing/gpt-image-1')
  .chain((id) => {
    const model = findModel(catalogue, id);
    if (!model) throw new Error(id);
    const options = Object.fromEntries(
      optionsFor(model, 'generations').map((option) => [
        option.name,
        fc.option(legalValue(option), { nil: undefined }),
      ]),
    );
    return fc.record({
      model: fc.constant(id),
      prompt: fc.string({ unit: 'binary', minLength: 1, maxLength: 50 }),
      n: fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
      size: fc.option(fc.constantFrom('auto', ...listedSizes(model.sizes)), { nil: undefined }),
      ...options,
    });
  })
  // Of the pairs that exclude each other, only what may stand together.
  .map((body) => ({
    ...body,
    output_format:
      'output_compression' in body && body.output_compression !== undefined ? 'jpeg' : 'png',
    background: 'opaque',
  })) as fc.Arbitrary<ImageRequest>;

it('decode(encode(x)) = x', () => {
  fc.assert(
    fc.property(requests, (wanted) => {
      const defined = JSON.parse(JSON.stringify(wanted));
      expect({
        ...decodeGeneration(readJsonBody(bytesOf(encodeGeneration(wanted))), catalogue),
      }).toEqual(defined);
    }),
  );
});

it.each([
  ['', 'invalid_json'],
  ['{', 'invalid_json'],
  ['{"model":"a","model":"b"}', 'invalid_json'],
  ['{"model":"turing/gpt-image-2","prompt":"p"} x', 'invalid_json'],
  ['<html>', 'invalid_json'],
  ['{"prompt":"p"}', 'missing_parameter'],
])('refuses %j', (text, code) => {
  expect(() => decodeGeneration(readJsonBody(bytesOf(text)), catalogue)).toThrow(
    expect.objectContaining({ code, status: 400 }),
  );
});
