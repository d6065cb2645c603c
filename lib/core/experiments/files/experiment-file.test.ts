import { expect, it } from 'vitest';
import { emptyDefinition } from '../experiment';
import { readExperimentFile, writeExperimentFile } from './experiment-file';

const definition = {
  ...emptyDefinition,
  template: 'a {red|blue} tin',
  models: [{ id: 'row', model: 'm', options: { quality: 'low' }, size: null }],
  repeats: 2,
};
const written = writeExperimentFile({
  experiment: { id: 'tins', name: 'Tins', definition },
  records: [],
  judgements: [],
});

it('an experiment that was taken away can be opened again', () => {
  expect(readExperimentFile(written)).toEqual({ id: 'tins', name: 'Tins', definition });
  // As older versions wrote it.
  const { id: _id, ...older } = JSON.parse(written);
  const read = { id: undefined, name: 'Tins', definition };
  expect(readExperimentFile(JSON.stringify(older))).toEqual(read);
});

it.each([
  ['no JSON', 'tins', 'no_experiment'],
  ['another file', '{"definition":{"template":"a tin"}}', 'no_experiment'],
  ['without a prompt', written.replace('a {red|blue} tin', ''), 'no_experiment'],
  ['of a newer version', written.replace('"version": 1', '"version": 2'), 'newer_version'],
  ['nothing', 'null', 'no_experiment'],
])('a file that is %s is refused', (_, text, reason) => {
  expect(readExperimentFile(text)).toBe(reason);
});
