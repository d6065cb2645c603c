import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue';
import { modelContradictions } from './contradictions';
import type { Model, ModelOption } from './model';

const [sound] = catalogue as [Model];
const withOption = (option: object) => ({ options: [option as ModelOption] });
const integer = { name: 'seed', kind: 'integer', min: 0, max: 9, default: null };
const choice = { name: 'style', kind: 'choice', values: ['a', 'b'], default: 'a' };

describe('the contradictions of a model', () => {
  it.each(catalogue.map((model) => [model.id, model] as const))('are none in %s', (_, model) => {
    expect(modelContradictions(model)).toEqual([]);
  });

  it.each<[string, Partial<Model>]>([
    ['count.min: 5 is more than the maximum 4', { count: { min: 5, max: 4, default: 4 } }],
    ['count.default: 9 is not between 1 and 4', { count: { min: 1, max: 4, default: 9 } }],
    ['sizes.table: must list at least one size', { sizes: { ...sound.sizes, table: {} } }],
    [
      'sizes.default: auto is not a size of this model',
      { sizes: { ...sound.sizes, auto: false, default: 'auto' } },
    ],
    [
      'sizes.default: 64x64 is not a size of this model',
      { sizes: { ...sound.sizes, default: '64x64' } },
    ],
    [
      'sizes.table: 64x64 break the limits in sizes.legal',
      { sizes: { ...sound.sizes, table: { '1:1': { '1K': '1024x1024', '2K': '64x64' } } } },
    ],
    ['options: n cannot be the name of an option', withOption({ ...integer, name: 'n' })],
    ['options: prompt cannot be the name of an option', { extraFields: ['prompt'] }],
    [
      'sizes.table.3:2: must list at least one size',
      { sizes: { ...sound.sizes, table: { '1:1': { '1K': '1024x1024' }, '3:2': {} } } },
    ],
    ['endpoints: edits is there twice', { endpoints: ['edits', 'edits'] }],
    ['options: size.width cannot be the name of an option', { extraFields: ['size.width'] }],
    ['options: __proto__ cannot be the name of an option', { extraFields: ['__proto__'] }],
    ['options: "" cannot be the name of an option', { extraFields: [''] }],
    [
      'options: seed cannot stand beside seed.start',
      { ...withOption(integer), extraFields: ['seed.start'] },
    ],
    [
      'options.style.requires: c is not a value of style',
      withOption({
        ...choice,
        requires: [{ when: { is: 'c' }, option: 'style', oneOf: ['a'] }],
      }),
    ],
    ['options: seed is there twice', { ...withOption(integer), extraFields: ['seed'] }],
    ['options.seed.min: 10 is more than the maximum 9', withOption({ ...integer, min: 10 })],
    ['options.seed.default: 11 is not between 0 and 9', withOption({ ...integer, default: 11 })],
    ['options.style.default: c is not a value', withOption({ ...choice, default: 'c' })],
    ['options.style.values: lists a value twice', withOption({ ...choice, values: ['a', 'a'] })],
    [
      'options.style.requires: seed is not an option',
      withOption({ ...choice, requires: [{ when: { is: 'a' }, option: 'seed', oneOf: ['1'] }] }),
    ],
    ['references: is needed by a model with the endpoint edits', { references: null }],
    [
      'mask: is only for models with the endpoint edits',
      { endpoints: ['generations'], mask: true },
    ],
  ])('%s', (words, change) => {
    expect(modelContradictions({ ...sound, ...change })).toEqual([words]);
  });
});
