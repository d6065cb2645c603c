import fc from 'fast-check';
import { expect, it } from 'vitest';
import { catalogue } from '../../models/catalogue';
import { findModel, optionsFor } from '../../models/lookup';
import type { ModelOption } from '../../models/model';
import { listedSizes } from '../../sizes/sizes';
import type { ImageRequest } from '../image-request';
import { decodeGeneration, encodeGeneration } from './request';

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

const request = fc
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
    fc.property(request, (wanted) => {
      const defined = JSON.parse(JSON.stringify(wanted));
      expect({ ...decodeGeneration(bytesOf(encodeGeneration(wanted)), catalogue) }).toEqual(
        defined,
      );
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
  expect(() => decodeGeneration(bytesOf(text), catalogue)).toThrow(
    expect.objectContaining({ code, status: 400 }),
  );
});
