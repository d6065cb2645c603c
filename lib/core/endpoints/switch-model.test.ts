import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import { findModel } from '../models/lookup';
import type { Model } from '../models/model';
import { emptyImageForm, type ImageForm } from './image-form';
import { modelChanges } from './switch-model';

const [free, listed, batch] = [
  'turing/gpt-image-2',
  'turing/gpt-image-1',
  'doubao-seedream-4-5-251128',
].map((id) => findModel(catalogue, id)) as [Model, Model, Model];
const changes = (form: Partial<ImageForm>, from: Model, to: Model) =>
  modelChanges({ form: { ...emptyImageForm, ...form }, from, to, endpoint: 'generations' });

describe('another model', () => {
  it('changes nothing that nobody chose', () => {
    for (const from of catalogue) {
      for (const to of catalogue) expect(changes({}, from, to)).toEqual([]);
    }
  });

  it('says which size it takes instead', () => {
    const sizes = { [free.id]: '3840x2160' };
    expect(changes({ sizes, lastSize: '3840x2160' }, free, listed)).toEqual([
      { param: 'size', from: '3840x2160', to: '1536x1024' },
    ]);
    expect(changes({ sizes, lastSize: '3840x2160' }, free, batch)).toEqual([]);
  });

  it('says which options it does not take, and keeps those that it does', () => {
    const options = { background: 'transparent', quality: 'low' };
    expect(changes({ options }, free, listed)).toEqual([]);
    expect(changes({ options }, free, batch)).toEqual([
      { param: 'quality', from: 'low', to: null },
      { param: 'background', from: 'transparent', to: null },
    ]);
  });

  it('says which value it takes instead', () => {
    const options = free.options.map((option) =>
      option.name === 'quality' && option.kind === 'choice'
        ? { ...option, values: ['medium', 'high'] }
        : option,
    );
    expect(changes({ options: { quality: 'low' } }, free, { ...free, id: 'x', options })).toEqual([
      { param: 'quality', from: 'low', to: 'high' },
    ]);
  });

  it('says that it makes one picture only', () => {
    expect(changes({ count: '4' }, free, { ...free, id: 'x', count: null })).toEqual([
      { param: 'n', from: '4', to: null },
    ]);
  });
});
