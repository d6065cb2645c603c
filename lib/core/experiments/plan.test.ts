import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import type { Model } from '../models/model';
import { type Definition, emptyDefinition, type ModelRow, type ShapeWish } from './experiment';
import { firstCombination, isToRun, type Plan, planExperiment } from './plan';
import { totalsOf } from './plan-totals';

const gpt = 'turing/gpt-image-2';
const seedream = 'doubao-seedream-4-5-251128';
const gemini = 'turing/gemini-3-pro-image';
const flash = 'turing/gemini-2.5-flash-image';
const row = (model: string, options: ModelRow['options'] = {}, id = model): ModelRow => {
  return { id, model, options, size: null };
};
const shape = (ratio: string, level = '1K'): ShapeWish => ({ kind: 'shape', ratio, level });
const plan = (more: Partial<Definition>, models: readonly Model[] = catalogue) =>
  planExperiment({ ...emptyDefinition, template: 'a tin', models: [row(gpt)], ...more }, models);
const problems = (of: Plan) => of.problems.map(({ reason }) => reason);

describe('a plan', () => {
  const tea = {
    template: '{palette: celadon|persimmon} tin',
    models: [row(gpt), row(seedream), row(gemini)],
    shapes: [shape('1:1'), shape('3:2')],
  };

  it('has variables × shapes × models, all models of a combination together', () => {
    const { axes, cells, count, requests } = plan(tea);
    expect(axes.map(({ id, values }) => [id, values.map(({ label }) => label)])).toEqual([
      ['values palette', ['celadon', 'persimmon']],
      ['shape', ['1:1 1K', '3:2 1K']],
      ['model', [gpt, seedream, gemini]],
    ]);
    expect(count).toBe(12);
    expect(cells.map(({ at }) => at.join('')).slice(0, 4)).toEqual(['000', '001', '002', '010']);
    expect(requests.map(({ sends }) => sends.request.prompt).slice(5, 7)).toEqual([
      'celadon tin',
      'persimmon tin',
    ]);
  });

  it('asks for repeats together where the model can, else one by one', () => {
    const { requests } = plan({ ...tea, template: 'a tin', shapes: [shape('1:1')], repeats: 12 });
    const asked = (model: string) =>
      requests
        .filter(({ sends }) => sends.request.model === model)
        .map(({ sends }) => sends.request.n ?? 1);
    expect(asked(gpt)).toEqual([10, 2]);
    expect(asked(seedream)).toEqual(Array(12).fill(1));
    expect(asked(gemini)).toEqual(Array(12).fill(1));
    expect(new Set(requests.map(({ text }) => text)).size).toBe(26);
    expect(totalsOf(requests, catalogue)).toMatchObject({ requests: 26, pictures: 36 });
  });

  it('asks only for the repeats that were not asked for yet', () => {
    const definition = { ...emptyDefinition, template: 'a tin', models: [row(gpt)], repeats: 4 };
    const [first] = planExperiment(definition, catalogue).requests;
    const more = planExperiment({ ...definition, repeats: 6 }, catalogue, {
      asked: (text) => (text === first?.text ? 4 : undefined),
      requests: [],
    });
    expect(more.requests.map(({ sends }) => sends.request.n)).toEqual([4, 2]);
    expect(more.requests[0]?.text).toBe(first?.text);
  });

  it('has what a model made that is offered no more, at the shapes and options that it was made with', () => {
    const options = { quality: 'low' };
    const shapes: ShapeWish[] = [{ kind: 'auto' }, shape('1:1'), shape('3:2')];
    const models = [{ ...row(gpt, options), size: '1024x1536' }, row(seedream)];
    const definition = { ...emptyDefinition, template: '{a|b} tin', models, shapes };
    const was = planExperiment(definition, catalogue).requests;
    const sent = was.filter(
      ({ sends }) => sends.request.size !== '1024x1024' && !sends.request.prompt.startsWith('b'),
    );
    const before = {
      asked: (text: string) => (sent.some((one) => one.text === text) ? 1 : undefined),
      requests: sent.map(({ sends }) => sends),
    };
    const left = catalogue.filter(({ id }) => id !== gpt);
    const now = (more: Partial<Definition>) =>
      planExperiment({ ...definition, ...more }, left, before);
    const sizesOf = ({ cells }: Plan) =>
      cells
        .filter(({ at }) => at.at(-1) === 0)
        .map(({ prompt, requests }) => [prompt, ...requests.map((one) => one.sends.request.size)]);
    const plan = now({});
    expect(sizesOf(plan)).toEqual([
      ['a tin', '1024x1536'],
      ['a tin'],
      ['a tin', '1536x1024'],
      ['b tin'],
      ['b tin'],
      ['b tin'],
    ]);
    const texts = plan.cells.flatMap(({ requests }) => requests.map(({ text }) => text));
    for (const { text, sends } of sent.filter((one) => one.sends.request.model === gpt)) {
      expect(texts).toContain(text);
      expect(plan.requests.map(({ sends: other }) => other)).not.toContain(sends);
    }
    expect(plan.cells[0]?.problems[0]?.reason).toBe('model_unknown');
    // Other options have made nothing, nor has a shape that was not asked for.
    expect(sizesOf(now({ models: [row(gpt)], shapes: [shape('3:2')] }))).toEqual([
      ['a tin'],
      ['b tin'],
    ]);
    expect(sizesOf(now({ shapes: [shape('16:9'), shape('3:2')] }))[0]).toEqual(['a tin']);
  });

  it('sends once what two cells would send', () => {
    const { cells, requests } = plan({
      template: '{a: x|y}{b: y|x}',
      models: [row(flash), row(flash, {}, 'again')],
      shapes: [shape('1:1', '1K'), shape('1:1', '4K')],
    });
    expect(cells).toHaveLength(16);
    expect(requests).toHaveLength(4);
    expect(plan({ template: '{x|x|y}' }).cells).toHaveLength(2);
  });

  it('says of each cell why it is impossible, and leaves out what is left out', () => {
    const edit = {
      references: [
        {
          hash: 'r',
          name: 'r.png',
          byteLength: 3,
          header: { format: 'png', width: 8, height: 8, hasAlpha: false, orientation: 1 } as const,
        },
      ],
      mask: null,
      parent: null,
    };
    const all = plan({ ...tea, edit });
    expect(all.cells.map(({ problems: found }) => found[0]?.reason ?? 'fine').slice(0, 3)).toEqual([
      'fine',
      'references_unsupported',
      'fine',
    ]);
    expect(all.requests).toHaveLength(8);
    expect(totalsOf(all.requests, catalogue).uploadBytes).toBe(24);
    const leftOut = [all.cells[0]?.key ?? ''];
    const fewer = plan({ ...tea, edit, leftOut });
    expect(fewer.requests).toHaveLength(7);
    expect(fewer.cells.map(({ isLeftOut }) => isLeftOut).indexOf(true)).toBe(0);
    // Another model and another value don't change what is left out.
    const template = '{palette: indigo|celadon|persimmon} tin';
    const grown = plan({ ...tea, template, models: [row(flash), ...tea.models], leftOut });
    const [out, ...others] = grown.cells.filter((cell) => cell.isLeftOut);
    expect(out).toMatchObject({ prompt: 'celadon tin', key: leftOut[0] });
    expect(others).toEqual([]);
    expect(plan({ ...tea, models: [row('gone')] }).problems).toEqual([
      { reason: 'nothing_possible' },
    ]);
  });

  it('says per model that a prompt is too long', () => {
    const long = plan({ template: 'x'.repeat(40_000), models: [row(gpt), row(gemini)] });
    expect(long.cells.map((cell) => cell.problems[0]?.reason)).toEqual([
      'prompt_too_long',
      undefined,
    ]);
    expect(long.requests).toHaveLength(1);
  });

  it('runs one combination on all models first', () => {
    const cells = firstCombination(plan(tea));
    expect(cells.map(({ at }) => at.join(''))).toEqual(['000', '001', '002']);
    expect(firstCombination(plan({ models: [] }))).toEqual([]);
  });

  it('is counted before it is expanded', () => {
    const many = (count: number) =>
      `{${Array.from({ length: count }, (_, index) => `v${index}`).join('|')}}`;
    expect(plan({ template: many(100).repeat(20) })).toMatchObject({
      problems: [{ reason: 'too_many_cells', count: 1e40, max: 10_000 }],
      cells: [],
    });
    const planned = plan({ template: many(100).repeat(2) });
    expect(planned.cells).toHaveLength(10_000);
    expect(planned.problems).toEqual([{ reason: 'too_many_to_run', count: 10_000, max: 2000 }]);
    const sampled = plan({ template: many(100).repeat(20), sample: { count: 2000, seed: 1 } });
    expect(sampled.problems).toEqual([]);
    expect(sampled.cells).toHaveLength(2000);
    expect(problems(plan({ models: [], template: ' ' }))).toEqual(['empty_prompt', 'no_model']);
    expect(plan({ template: '{a' }).template.problems).toHaveLength(1);
  });

  it('is sampled by combinations of everything but models, in the order of the axes', () => {
    const sampled = plan({ ...tea, template: '{a|b|c}{d|e|f}', sample: { count: 7, seed: 3 } });
    expect(sampled.cells).toHaveLength(21);
    const places = sampled.cells.map(({ at }) => at.join(''));
    expect(places).toEqual([...places].sort());
    const combinations = new Set(places.map((place) => place.slice(0, 3)));
    expect(combinations.size).toBe(7);
    expect(sampled.count).toBe(54);
  });

  it('has as many cells as it counts, whatever is varied', () => {
    const values = fc.integer({ min: 2, max: 4 });
    const some = { minLength: 1, maxLength: 3 };
    fc.assert(
      fc.property(
        fc.array(values, { maxLength: 3 }),
        fc.uniqueArray(fc.constantFrom('1:1', '3:2', '16:9'), some),
        fc.uniqueArray(fc.constantFrom(gpt, gemini, seedream), some),
        (lengths, ratios, models) => {
          const groups = lengths.map(
            (length, at) => `{${Array.from({ length }, (_, one) => `${at}.${one}`).join('|')}}`,
          );
          const made = plan({
            template: `a ${groups.join(' ')}`,
            shapes: ratios.map((ratio) => shape(ratio)),
            models: models.map((model) => row(model)),
          });
          expect(made.cells).toHaveLength(made.count);
          expect(new Set(made.cells.map(({ key }) => key)).size).toBe(made.count);
          expect(made.cells.every(isToRun)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the totals of a plan', () => {
  it('have tokens and money as far as the catalogue tells', () => {
    const priced = catalogue.map((model): Model => {
      if (model.id === gemini) {
        return { ...model, price: { currency: 'CNY', picture: 1, byLevel: { '4K': 3 } } };
      }
      if (model.id !== gpt) return model;
      const factors = { quality: { low: 0.1 } };
      return { ...model, price: { currency: 'USD', picture: 0.2, factors } };
    });
    const { requests } = plan(
      {
        models: [row(gpt), row(gpt, { quality: 'low' }, 'low'), row(gemini), row(seedream)],
        shapes: [shape('1:1', '1K'), shape('1:1', '4K')],
        repeats: 2,
      },
      priced,
    );
    const { money, unpriced, tokens, pictures, pictureBytes } = totalsOf(requests, priced);
    expect(pictures).toBe(16);
    expect(unpriced).toBe(4);
    expect(money.USD).toBeCloseTo(4 * 0.2 + 4 * 0.02);
    expect(money.CNY).toBe(2 * 1 + 2 * 3);
    expect(tokens).toBe(2 * 1210 + 2 * 2000);
    expect(pictureBytes).toBeGreaterThan(6 * 4096 ** 2);
  });

  it('are at most, where the model decides how many belong together', () => {
    const batch = row(seedream, {
      sequential_image_generation: 'auto',
      'sequential_image_generation_options.max_images': '4',
    });
    const { requests } = plan({ models: [batch] });
    expect(totalsOf(requests, catalogue)).toMatchObject({ pictures: 4, isUpperBound: true });
  });
});
