import { expect, it } from 'vitest';
import { catalogue } from '../../core/models/catalogue';
import { hydrated } from '../storage/draft-storage';
import { generateForm } from './image-forms';

const form = () => generateForm.store.getState().form;

it('a prompt that was typed early stands, and the kept one can be restored', async () => {
  await hydrated(generateForm.store);
  generateForm.change({ prompt: 'kept' });
  generateForm.takeEarlyPrompt('early');
  expect(form().prompt).toBe('early');
  generateForm.restore();
  expect(form().prompt).toBe('kept');
});

it('a size that was chosen at another model is the one that is shown', async () => {
  await hydrated(generateForm.store);
  const [first, second] = catalogue;
  if (!first || !second) throw new Error('The catalogue has two models.');
  generateForm.changeModel(first, second);
  generateForm.changeSize(second, '1024x1024');
  generateForm.changeSize(first, '1536x1024');
  expect(form().sizes).toEqual({ [first.id]: '1536x1024' });
  expect(form().lastSize).toBe('1536x1024');
});
