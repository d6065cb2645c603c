import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import { findModel, findOption, modelsFor, optionsFor } from '../models/lookup';
import type { Model } from '../models/model';
import { checkSize } from '../sizes/sizes';
import {
  checkImageForm as checkAt,
  chooseOption as chooseAt,
  emptyImageForm,
  type ImageForm,
  formModel as modelAt,
  shownOptions as optionsAt,
  readImageForm,
  formRequest as requestAt,
  shownSize,
  shownValue,
} from './image-form';

// The rules of both endpoints are the same but for their options: here at the one of generations.
const endpoint = 'generations';
const formModel = (form: ImageForm, models: readonly Model[]) =>
  modelAt({ form, models, endpoint });
const checkImageForm = (form: ImageForm, models: readonly Model[]) =>
  checkAt({ form, models, endpoint });
const formRequest = (form: ImageForm, model: Model) => requestAt({ form, model, endpoint });
const shownOptions = (form: ImageForm, model: Model) => optionsAt(form, model, endpoint);
const chooseOption = (choice: Omit<Parameters<typeof chooseAt>[0], 'endpoint'>) =>
  chooseAt({ ...choice, endpoint });

const modelOf = (id: string): Model => {
  const model = findModel(catalogue, id);
  if (!model) throw new Error(id);
  return model;
};
const free = modelOf('turing/gpt-image-2');
const listed = modelOf('turing/gpt-image-1');
const batch = modelOf('doubao-seedream-4-5-251128');

const choose = (form: ImageForm, model: Model, name: string, value: string) => {
  const option = findOption(model, name);
  if (!option) throw new Error(name);
  return chooseOption({ form, model, option, value });
};
const withPrompt = { ...emptyImageForm, prompt: 'a bear' };
const sized = (model: Model, size: string, form = withPrompt): ImageForm => ({
  ...form,
  sizes: { ...form.sizes, [model.id]: size },
  lastSize: size,
});

describe('the model of a form', () => {
  it('is the chosen one, or the first that generates', () => {
    expect(formModel(emptyImageForm, catalogue)).toBe(free);
    expect(formModel({ ...withPrompt, model: batch.id }, catalogue)).toBe(batch);
    expect(formModel({ ...withPrompt, model: 'gone' }, catalogue)).toBe(free);
    // One that only chats cannot generate.
    expect(formModel({ ...withPrompt, model: catalogue.at(-1)?.id ?? '' }, catalogue)).toBe(free);
    expect(formModel(withPrompt, [])).toBeUndefined();
  });
});

describe('a fresh form', () => {
  it.each(modelsFor(catalogue, 'generations').map((model) => [model.id, model] as const))(
    'asks %s for what it does by default, and may be sent',
    (_, model) => {
      const form = { ...withPrompt, model: model.id };
      expect(checkImageForm(form, catalogue)).toEqual([]);
      const request = formRequest(form, model);
      expect(request).toMatchObject({ model: model.id, prompt: 'a bear', n: 1 });
      expect(request.size).toBe(model.sizes.default);
      for (const option of optionsFor(model, 'generations')) {
        if (option.default === null) expect(request).not.toHaveProperty(option.name);
      }
    },
  );

  it('without a prompt is told so', () => {
    expect(checkImageForm(emptyImageForm, catalogue)).toMatchObject([{ reason: 'prompt_empty' }]);
  });

  it('without any model is told so', () => {
    expect(checkImageForm(withPrompt, [])).toMatchObject([{ reason: 'missing_model' }]);
  });
});

describe('a switch of model', () => {
  it('keeps what the other model had, and brings it back', () => {
    const form = sized(free, '1200x912', choose(withPrompt, free, 'quality', 'low').form);
    const away = { ...form, model: batch.id };
    expect(shownOptions(away, batch).map(({ name }) => name)).not.toContain('quality');
    expect(checkImageForm(away, catalogue)).toEqual([]);
    const back = { ...sized(batch, '4096x4096', away), model: free.id };
    expect(formRequest(back, free)).toEqual(formRequest(form, free));
  });

  it('carries the shape that was chosen last as far as the model can', () => {
    expect(shownSize(sized(free, '2160x1440'), listed)).toBe('1536x1024');
    expect(shownSize(sized(free, '1440x2560'), listed)).toBe('1024x1536');
    // Its sides are nearer to those of the square, but its shape is not.
    expect(shownSize(sized(free, '1104x736'), listed)).toBe('1536x1024');
    expect(shownSize(sized(free, '2560x1440'), batch)).toBe('2560x1440');
    expect(shownSize(sized(batch, '4096x4096'), free)).toBe('2880x2880');
    expect(shownSize(sized(free, 'auto'), batch)).toBe('2048x2048');
    expect(shownSize(sized(free, '15'), listed)).toBe('auto');
  });

  it('shows at the model itself what was typed there, half a size too', () => {
    expect(shownSize(sized(free, '15x'), free)).toBe('15x');
    expect(checkImageForm(sized(free, '15x'), catalogue)).toMatchObject([
      { param: 'size', reason: 'size_malformed' },
    ]);
  });

  it('always shows a size that the next model takes', () => {
    const size = fc.oneof(
      fc.constant('auto'),
      fc
        .tuple(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 9000 }))
        .map(([width, height]) => `${width}x${height}`),
      fc.string(),
    );
    fc.assert(
      fc.property(size, fc.constantFrom(listed, batch), (last, model) => {
        const shown = shownSize({ ...withPrompt, lastSize: last }, model);
        expect(checkSize({ rule: model.sizes, value: shown, model: model.id })).toEqual([]);
      }),
    );
  });
});

describe('values that cannot stand together', () => {
  it('transparent brings PNG with it, and says so', () => {
    const jpeg = choose(withPrompt, free, 'output_format', 'jpeg').form;
    const { form, switched } = choose(jpeg, free, 'background', 'transparent');
    expect(switched).toEqual([
      {
        option: 'output_format',
        from: 'jpeg',
        to: 'png',
        because: { option: 'background', value: 'transparent' },
        why: 'needed',
      },
    ]);
    expect(formRequest(form, free)).toMatchObject({
      output_format: 'png',
      background: 'transparent',
    });
  });

  it('JPEG takes transparent away, and says so', () => {
    const clear = choose(withPrompt, free, 'background', 'transparent').form;
    const { form, switched } = choose(clear, free, 'output_format', 'jpeg');
    expect(switched).toMatchObject([
      { option: 'background', from: 'transparent', to: 'auto', why: 'excluded' },
    ]);
    expect(formRequest(form, free)).toMatchObject({
      output_format: 'jpeg',
      background: 'auto',
    });
  });

  it('compression comes and goes with JPEG, its number kept', () => {
    const named = (form: ImageForm) => shownOptions(form, free).map(({ name }) => name);
    const jpeg = choose(withPrompt, free, 'output_format', 'jpeg').form;
    const squeezed = choose(jpeg, free, 'output_compression', '40').form;
    expect(named(withPrompt)).not.toContain('output_compression');
    expect(formRequest(squeezed, free).output_compression).toBe(40);
    const png = choose(squeezed, free, 'output_format', 'png').form;
    expect(named(png)).not.toContain('output_compression');
    expect(formRequest(png, free)).not.toHaveProperty('output_compression');
    const again = choose(png, free, 'output_format', 'jpeg').form;
    expect(formRequest(again, free).output_compression).toBe(40);
  });

  it('never remain, whatever is chosen in whatever order', () => {
    const choice = fc
      .constantFrom(...optionsFor(free, 'generations').filter(({ kind }) => kind === 'choice'))
      .chain((option) =>
        fc.constantFrom(...(option.kind === 'choice' ? option.values : [])).map((value) => ({
          option,
          value,
        })),
      );
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 8 }), (choices) => {
        const form = choices.reduce(
          (before, { option, value }) =>
            chooseOption({ form: before, model: free, option, value }).form,
          withPrompt,
        );
        expect(checkImageForm(form, catalogue)).toEqual([]);
        const last = choices.at(-1);
        if (last) expect(shownValue(form, last.option)).toBe(last.value);
      }),
    );
  });
});

describe('a number field', () => {
  it.each(['', ' ', 'two', '0', '11', '1.5'])('that holds %j is a problem', (count) => {
    expect(checkImageForm({ ...withPrompt, count }, catalogue)).toMatchObject([{ param: 'n' }]);
  });

  it('that is empty quotes no number that is none', () => {
    const [found] = checkImageForm({ ...withPrompt, count: '' }, catalogue);
    expect(found?.values.value).toBe('“”');
  });
});

describe('a form that was kept', () => {
  it('comes back as it was', () => {
    const form = sized(free, '1536x1024', {
      ...choose(withPrompt, free, 'quality', 'low').form,
      model: free.id,
      count: '4',
    });
    expect(readImageForm(JSON.parse(JSON.stringify(form)))).toEqual(form);
  });

  it.each([
    undefined,
    null,
    7,
    'form',
    [],
    { model: 7, prompt: null, count: [], sizes: 'x', lastSize: {}, options: 3 },
    { sizes: { a: 1 }, options: { quality: { is: 'low' }, moderation: [1] } },
  ])('as %j is an empty one', (kept) => {
    expect(readImageForm(kept)).toEqual(emptyImageForm);
  });

  it('of whatever kind can be shown and checked', () => {
    fc.assert(
      fc.property(fc.anything(), (kept) => {
        const form = readImageForm(kept);
        for (const model of modelsFor(catalogue, 'generations')) {
          expect(typeof shownSize(form, model)).toBe('string');
          expect(() => shownOptions(form, model)).not.toThrow();
        }
        expect(Array.isArray(checkImageForm(form, catalogue))).toBe(true);
      }),
    );
  });

  it('with a value that the model no longer has shows its default', () => {
    const form = { ...withPrompt, options: { quality: 'ultra', background: ['auto'] } };
    expect(formRequest(form, free)).toMatchObject({ quality: 'high', background: 'auto' });
  });
});
