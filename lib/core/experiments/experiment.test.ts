import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  copyTitle,
  createExperiment,
  type Definition,
  emptyDefinition,
  hasNamesake,
  readDefinition,
  readExperiment,
} from './experiment';

const header = { format: 'png', width: 8, height: 4, hasAlpha: false, orientation: 1 } as const;
const definition: Definition = {
  template: 'a {tin|box}',
  isText: false,
  table: [{ name: 'name', values: ['Ada', ''] }],
  links: [['name', 'tone']],
  models: [
    { id: 'a', model: 'm', options: { quality: 'low', modalities: ['text'] }, size: null },
    { id: 'b', model: 'm', options: {}, size: '1024x1024' },
  ],
  shapes: [
    { kind: 'auto' },
    { kind: 'shape', ratio: '3:2', level: '2K' },
    { kind: 'size', size: '1500x1000' },
  ],
  repeats: 4,
  edit: {
    references: [{ hash: 'h', name: 'a.png', byteLength: 9, header }],
    mask: { hash: 'k', share: 0.5 },
    parent: { runId: 'r', index: 1 },
  },
  leavesMaskOut: true,
  sample: { count: 5, seed: 2 ** 32 - 1 },
  leftOut: ['x'],
};

describe('an experiment that was kept', () => {
  it('comes back as it was', () => {
    const experiment = createExperiment('id', 7, { name: 'Tea', definition });
    expect(readExperiment(structuredClone(experiment))).toEqual(experiment);
    expect(readExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
    const opened = createExperiment('id', 7, { definition, openedFrom: 'another' });
    expect(readExperiment(structuredClone(opened))).toEqual(opened);
    expect(opened.openedFrom).toBe('another');
    const paused = { ...experiment, state: 'paused', pausedBecause: 'not_kept', only: ['k'] };
    expect(readExperiment(paused)).toEqual(paused);
  });

  it('is nothing without an id, and pauses if nobody knows how it stands', () => {
    expect(readExperiment({ name: 'Tea' })).toBeUndefined();
    expect(readExperiment({ id: 'a', state: 'flying' })).toEqual({
      ...createExperiment('a', 0),
      state: 'paused',
      pausedBecause: 'asked',
    });
  });

  it('is read whatever it is, and reading it again changes nothing', () => {
    const part = fc.oneof(fc.anything(), fc.array(fc.anything()));
    const keys = Object.keys(definition) as (keyof Definition)[];
    const damaged = fc
      .tuple(fc.constantFrom(...keys), part)
      .map(([key, value]) => ({ ...definition, [key]: value }));
    fc.assert(
      fc.property(fc.oneof(damaged, fc.anything()), (kept) => {
        const read = readDefinition(kept);
        expect(readDefinition(read)).toEqual(read);
        expect(read.repeats).toBeGreaterThanOrEqual(1);
        expect(read.shapes.length).toBeGreaterThan(0);
      }),
    );
    expect(readDefinition(null)).toEqual(emptyDefinition);
  });

  it('has each model row once, and no impossible repeats', () => {
    const { models, repeats, shapes, sample } = readDefinition({
      ...definition,
      models: [...definition.models, ...definition.models, { id: 'c' }],
      repeats: 1e9,
      shapes: [{ kind: 'shape', ratio: 'wide', level: '1K' }],
      sample: { count: 0, seed: 1 },
    });
    expect(models).toEqual(definition.models);
    expect(repeats).toBe(20);
    expect(shapes).toEqual([{ kind: 'auto' }]);
    expect(sample).toBeNull();
  });
});

it.each([
  ['Tins', [], 'Tins 2'],
  ['Tins', ['Tins 2', 'Tins 3'], 'Tins 4'],
  ['Tins 2', ['Tins', 'Tins 2'], 'Tins 3'],
  ['Night of 1987', [], 'Night of 1987 2'],
  ['2', [], '2 2'],
  ['', [''], ''],
])('a copy of “%s” beside %j is called “%s”', (title, taken, expected) => {
  expect(copyTitle(title, taken)).toBe(expected);
});

it('an experiment has a namesake where a name, or the start of a prompt, is that of another', () => {
  const named = createExperiment('a', 1, { name: 'A tin' });
  const unnamed = createExperiment('b', 2, {
    definition: { ...emptyDefinition, template: 'A tin' },
  });
  const other = createExperiment('c', 3, { name: 'Tins' });
  const all = [named, unnamed, other];
  expect(all.map((one) => hasNamesake(one, all))).toEqual([true, true, false]);
});
