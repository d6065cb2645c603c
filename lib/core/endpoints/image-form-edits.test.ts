import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import { findModel } from '../models/lookup';
import { sideRatio } from '../sizes/sizes';
import { checkEditForm, emptyImageForm, matchingSize, shownSize } from './image-form';

const form = { ...emptyImageForm, prompt: 'a hat on the dog' };
const modelOf = (id: string) => {
  const model = findModel(catalogue, id);
  if (!model) throw new Error(id);
  return model;
};
const reasons = (references: number, changed = form) =>
  checkEditForm(changed, catalogue, references).map(({ reason }) => reason);

describe('checkEditForm', () => {
  it('asks for a picture, and for no more than the model takes', () => {
    expect(reasons(0)).toEqual(['missing_image']);
    expect(reasons(1)).toEqual([]);
    expect(reasons(16)).toEqual([]);
    expect(reasons(17)).toEqual(['too_many_references']);
  });

  it('says what else is wrong as well', () => {
    expect(reasons(0, { ...form, prompt: '' })).toEqual(['missing_image', 'prompt_empty']);
  });

  it('says that there is no model where none edits', () => {
    const [found] = checkEditForm(form, [], 1);
    expect(found?.reason).toBe('missing_model');
  });
});

describe('matchingSize', () => {
  const free = modelOf('turing/gpt-image-2');
  const listed = modelOf('turing/gpt-image-1');

  it('is the size of the input where it is legal', () => {
    expect(matchingSize(free, { width: 3840, height: 2160 })).toBe('3840x2160');
    expect(matchingSize(listed, { width: 1024, height: 1536 })).toBe('1024x1536');
  });

  it('keeps the shape where it is not', () => {
    expect(matchingSize(free, { width: 1500, height: 1000 })).toBe('1488x992');
    const found = matchingSize(free, { width: 4096, height: 4096 })?.split('x').map(Number) ?? [];
    expect(sideRatio({ width: found[0] ?? 0, height: found[1] ?? 0 })).toBe(1);
    expect(matchingSize(listed, { width: 3000, height: 2000 })).toBe('1536x1024');
  });
});

describe('the size beside a mask', () => {
  const free = modelOf('turing/gpt-image-2');
  const masked = { ...form, masked: { width: 1500, height: 1000 } };

  it('matches the picture until another is chosen at the model', () => {
    expect(shownSize(form, free)).toBe('auto');
    expect(shownSize(masked, free)).toBe('1488x992');
    expect(shownSize(masked, modelOf('turing/gpt-image-1'))).toBe('1536x1024');
    expect(shownSize({ ...masked, lastSize: '1024x1024' }, free)).toBe('1488x992');
    expect(shownSize({ ...masked, sizes: { [free.id]: 'auto' } }, free)).toBe('auto');
  });

  it('is as ever at a model that takes no mask', () => {
    expect(shownSize(masked, { ...free, mask: false })).toBe('auto');
  });
});
