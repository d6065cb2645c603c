import { expect, it } from 'vitest';
import { catalogue } from '../../models/catalogue';
import { combinationKeys } from '../axes';
import { emptyDefinition } from '../experiment';
import { planExperiment } from '../plan';
import { blocksOf } from './blocks';
import { placePictures } from './placed-pictures';

const [gpt, gemini] = ['turing/gpt-image-2', 'turing/gemini-3-pro-image'];
const definition = {
  ...emptyDefinition,
  template: 'a {colour: red|blue} tin',
  models: [gpt, gemini].map((model) => ({ id: model, model, options: {}, size: null })),
  repeats: 2,
};
const plan = planExperiment(definition, catalogue);

/** Every request is answered with as many pictures as it asks for. */
const answerAll = (text: string) => {
  const sends = plan.requests.find((request) => request.text === text)?.sends;
  const count = sends?.request.n ?? 1;
  return { cell: text, pictures: Array.from({ length: count }, (_, index) => `${text} ${index}`) };
};

it('pictures have their values, and repeats are numbered whether asked for together or alone', () => {
  const placed = placePictures(plan, answerAll);
  expect(placed).toHaveLength(8);
  expect(new Set(placed.map(({ values }) => JSON.stringify(values))).size).toBe(8);
  expect(placed[1]?.values).toEqual({
    'values colour': '["red"]',
    shape: 'auto',
    model: gpt,
    repeat: '2',
  });
  expect(blocksOf(placed, 'model').map(({ pictures }) => pictures.size)).toEqual([2, 2, 2, 2]);
  expect(blocksOf(placed, 'shape')).toEqual([]);
});

it('a picture that has not arrived leaves the others in their places', () => {
  const placed = placePictures(plan, (text) => {
    const { cell, pictures } = answerAll(text);
    return { cell, pictures: pictures.map((one, index) => (index === 0 ? undefined : one)) };
  });
  // Of Gemini, each request has one picture, and that is missing.
  expect(placed.map(({ values }) => values.repeat)).toEqual(['2', '2']);
  expect(placePictures(plan, () => undefined)).toEqual([]);
});

it('what is left out is not judged', () => {
  const leftOut = [combinationKeys(plan.axes)([0, 0, 0])];
  const placed = placePictures(planExperiment({ ...definition, leftOut }, catalogue), answerAll);
  expect(placed).toHaveLength(6);
});
