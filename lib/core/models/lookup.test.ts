import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue';
import { type Capability, capabilitiesOf, findModel } from './lookup';

const words = (capability: Capability) => Object.values(capability).map(String).join(' ');

const expected: Record<string, string[]> = {
  'turing/gpt-image-2': ['anySize 4K', 'pictures 10', 'transparent', 'references 16', 'mask'],
  'turing/gpt-image-1': ['sizes 3', 'pictures 10', 'transparent', 'references 16', 'mask'],
  'doubao-seedream-4-5-251128': ['anySize 4K', 'batch 10'],
  'turing/gemini-3-pro-image': ['levels 4K', 'references 16', 'conversation'],
  'turing/gemini-3.1-flash-image': ['levels 4K', 'references 16', 'conversation'],
  'turing/gemini-3.1-flash-lite-image': ['levels 4K', 'references 16', 'conversation'],
  'turing/gemini-2.5-flash-image': ['sizes 10', 'references 16', 'conversation'],
};

describe('capabilitiesOf', () => {
  it.each(Object.entries(expected))('%s: %j', (id, capabilities) => {
    const model = findModel(catalogue, id);
    expect(model && capabilitiesOf(model).map(words)).toEqual(capabilities);
  });

  it('knows every model of the catalogue', () => {
    expect(Object.keys(expected)).toEqual(catalogue.map(({ id }) => id));
  });

  it('says nothing of what a model does not take', () => {
    const [model] = catalogue;
    if (!model) throw new Error('The catalogue is empty.');
    const plain = {
      ...model,
      sizes: { ...model.sizes, table: {} },
      count: { min: 1, max: 1, default: 1 },
      options: [{ name: 'background', kind: 'choice' as const, values: ['opaque'], default: null }],
      references: null,
      mask: false,
    };
    expect(capabilitiesOf(plain)).toEqual([]);
  });
});
