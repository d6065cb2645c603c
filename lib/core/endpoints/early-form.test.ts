import { expect, test } from 'vitest';
import { withEarlyInput } from './early-form';
import { emptyImageForm, type ImageForm } from './image-form';

const draft: ImageForm = {
  model: 'one',
  prompt: 'A bear',
  count: '3',
  sizes: { one: '1024x1024', two: '1536x1024' },
  lastSize: '1024x1024',
  options: { quality: 'high', background: 'opaque' },
  masked: null,
};
const meet = (early: Partial<ImageForm>) => withEarlyInput(draft, { ...emptyImageForm, ...early });

test('nothing was entered: the draft stands', () => {
  expect(meet({})).toEqual(draft);
});

test.each<[string, Partial<ImageForm>, Partial<ImageForm>]>([
  ['a prompt', { prompt: 'A fox' }, { prompt: 'A fox' }],
  ['a count', { count: '2' }, { count: '2' }],
  ['a count being typed', { count: '' }, { count: '' }],
  ['a model', { model: 'two' }, { model: 'two' }],
  [
    'an option',
    { options: { quality: 'low' } },
    { options: { quality: 'low', background: 'opaque' } },
  ],
  [
    'a size of the model that the draft has too',
    { sizes: { one: '4096x4096' }, lastSize: '4096x4096' },
    { sizes: { one: '4096x4096', two: '1536x1024' }, lastSize: '4096x4096' },
  ],
  [
    'a size, shown at another model than the draft’s',
    { sizes: { shown: 'auto' }, lastSize: 'auto' },
    { sizes: { shown: 'auto', two: '1536x1024' }, lastSize: 'auto' },
  ],
])('%s stands, and the draft’s other fields', (_, early, changed) => {
  expect(meet(early)).toEqual({ ...draft, ...changed });
});
