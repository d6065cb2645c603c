import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import { findModel } from '../models/lookup';
import type { Model } from '../models/model';
import type { EditSources } from '../runs/run-entry';
import { cellKeyText } from './cell-key';
import {
  cellRequest,
  picturesAsked,
  promptProblems,
  type RowRequest,
  rowRequest,
  withDefaults,
} from './cell-request';
import { emptyDefinition, type ModelRow, type ShapeWish } from './experiment';

const ids = {
  gpt: 'turing/gpt-image-2',
  seedream: 'doubao-seedream-4-5-251128',
  gemini: 'turing/gemini-3-pro-image',
  flash: 'turing/gemini-2.5-flash-image',
};
const wide: ShapeWish = { kind: 'shape', ratio: '3:2', level: '1K' };
const header = { format: 'png', width: 600, height: 400, hasAlpha: false, orientation: 1 } as const;
const reference = { hash: 'r', name: 'r.png', byteLength: 3, header };
const edit: EditSources = {
  references: [reference],
  mask: { hash: 'k', share: 0.5 },
  parent: null,
};

const row = (model: string, options: ModelRow['options'] = {}): ModelRow => {
  return { id: model, model, options, size: null };
};

function ask(
  model: string,
  {
    wish = wide,
    options = {},
    models = catalogue,
    ...attached
  }: {
    wish?: ShapeWish;
    options?: ModelRow['options'];
    models?: readonly Model[];
    edit?: EditSources;
    leavesMaskOut?: boolean;
  } = {},
) {
  const all = { edit: null, leavesMaskOut: false, ...attached };
  return rowRequest({ row: row(model, options), wish, attached: all, models });
}

const made = (...args: Parameters<typeof ask>): RowRequest => {
  const found = ask(...args);
  if ('problems' in found) throw new Error(JSON.stringify(found.problems));
  return found;
};
const reasons = (...args: Parameters<typeof ask>) => {
  const found = ask(...args);
  return 'problems' in found ? found.problems.map(({ reason }) => reason) : [];
};

describe('a cell sends', () => {
  it('what the form of Generate sends, with as many pictures as one request may have', () => {
    const of = made(ids.gpt, { options: { quality: 'low' } });
    expect(of.perRequest).toBe(10);
    const sends = cellRequest(of, 'a fox', 4);
    expect(sends).toMatchObject({
      endpoint: 'generations',
      request: { model: ids.gpt, prompt: 'a fox', n: 4, size: '1536x1024', quality: 'low' },
      form: { model: ids.gpt, prompt: 'a fox', count: '4', lastSize: '1536x1024' },
    });
    expect(picturesAsked(sends)).toBe(4);
    expect(picturesAsked(cellRequest(of, 'a fox', 99))).toBe(10);
  });

  it('single requests to a model that only knows batches', () => {
    const of = made(ids.seedream);
    expect(of.perRequest).toBe(1);
    expect(cellRequest(of, 'p', 4).request).toMatchObject({ n: 1, size: '2496x1664' });
    expect(of.size.differs).toBe('pixels');
  });

  it('one message to a model of the chat, with ratio and level', () => {
    const sends = cellRequest(made(ids.gemini), 'a fox', 4);
    expect(sends).toMatchObject({
      endpoint: 'chat',
      request: { model: ids.gemini, prompt: 'a fox' },
      turn: { model: ids.gemini, imageConfig: { aspectRatio: '3:2', imageSize: '1K' } },
    });
    expect(sends.request).not.toHaveProperty('n');
    expect(picturesAsked(sends)).toBe(1);
    expect(made(ids.flash).sends.turn?.imageConfig).toEqual({ aspectRatio: '3:2' });
  });

  it('pictures as an edit, or with the message', () => {
    const plain = { ...edit, mask: null };
    expect(made(ids.gpt, { edit: plain }).sends).toMatchObject({ endpoint: 'edits', edit: plain });
    expect(made(ids.gemini, { edit: plain }).sends).toMatchObject({
      endpoint: 'chat',
      edit: plain,
    });
    expect(reasons(ids.seedream, { edit: plain })).toEqual(['references_unsupported']);
  });

  it('a mask only where it is taken, and leaves it out only where that was ticked', () => {
    expect(made(ids.gpt, { edit })).toMatchObject({ isMaskLeftOut: false, sends: { edit } });
    expect(reasons(ids.gemini, { edit })).toEqual(['mask_unsupported']);
    expect(made(ids.gemini, { edit, leavesMaskOut: true })).toMatchObject({
      isMaskLeftOut: true,
      sends: { edit: { mask: null } },
    });
  });

  it('the shape of the masked picture where none is wished for', () => {
    const { size, sends } = made(ids.gpt, { edit, wish: { kind: 'auto' } });
    expect(sends.request.size).toBe(size.size);
    const [width = 0, height = 1] = size.size.split('x').map(Number);
    expect(width / height).toBeCloseTo(1.5, 1);
  });
});

describe('a cell is impossible', () => {
  it.each([
    ['at a model that is gone', 'gone', {}, ['model_unknown']],
    [
      'with too many pictures',
      ids.gpt,
      { edit: { ...edit, references: Array.from({ length: 17 }, () => reference) } },
      ['too_many_references'],
    ],
    [
      'with a file that the model does not read',
      ids.gpt,
      { edit: { ...edit, references: [{ ...reference, header: undefined }] } },
      ['file_format'],
    ],
    [
      'in a chat of more than 150 MB',
      ids.gemini,
      {
        leavesMaskOut: true,
        edit: { ...edit, references: Array(4).fill({ ...reference, byteLength: 40 << 20 }) },
      },
      ['conversation_too_large'],
    ],
    [
      'with a wrong number',
      ids.gpt,
      { options: { output_format: 'jpeg', output_compression: '101' } },
      ['value_out_of_range'],
    ],
    [
      'with a wrong number in a chat',
      ids.gemini,
      {
        options: {
          'imageConfig.imageOutputOptions.mimeType': 'image/jpeg',
          'imageConfig.imageOutputOptions.compressionQuality': '101',
        },
      },
      ['value_out_of_range'],
    ],
  ] as [string, string, Parameters<typeof ask>[1], string[]][])(
    '%s',
    (_, model, more, expected) => {
      expect(reasons(model, more)).toEqual(expected);
    },
  );

  it('at a model that only edits, without pictures', () => {
    const gpt = findModel(catalogue, ids.gpt) as Model;
    const models = [{ ...gpt, endpoints: ['edits' as const] }];
    expect(reasons(ids.gpt, { models })).toEqual(['missing_image']);
  });

  it('with a prompt that the model finds too long, or without one', () => {
    const of = made(ids.gpt);
    expect(promptProblems('a'.repeat(32_000), of)).toEqual([]);
    expect(promptProblems('a'.repeat(32_001), of)[0]?.reason).toBe('prompt_too_long');
    expect(promptProblems('', made(ids.gemini))[0]?.reason).toBe('prompt_empty');
  });
});

describe('a key', () => {
  const key = (
    ...[model, more, prompt = 'p', n = 1, first = 0]: [
      ...Parameters<typeof ask>,
      string?,
      number?,
      number?,
    ]
  ) => cellKeyText(cellRequest(made(model, more), prompt, n), first);

  it('is the same for what sends the same', () => {
    expect(key(ids.gpt, { options: { user: 'a' } })).toBe(key(ids.gpt, { options: { user: 'b' } }));
    expect(key(ids.gpt, {}, 'p', 1)).toBe(key(ids.gpt, {}, 'p', 4));
    // Two wishes that this model answers by the same size.
    const fine: ShapeWish = { kind: 'shape', ratio: '3:2', level: '2K' };
    expect(key(ids.flash, { wish: fine })).toBe(key(ids.flash));
  });

  it('differs with all else', () => {
    const other = { ...edit, references: [{ ...reference, hash: 's' }] };
    const keys = [
      key(ids.gpt),
      key(ids.gpt, {}, 'q'),
      key(ids.gpt, {}, 'p', 1, 1),
      key(ids.gpt, { options: { quality: 'low' } }),
      key(ids.gpt, { wish: { kind: 'auto' } }),
      key(ids.gpt, { edit }),
      key(ids.gpt, { edit: other }),
      key(ids.gpt, { edit: { ...edit, mask: null } }),
      key(ids.gemini),
      key(ids.gemini, { options: { modalities: ['image'] } }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('stands when the defaults of the catalogue change, once they are written down', () => {
    const definition = { ...emptyDefinition, models: [row(ids.gpt), row(ids.gemini), row('gone')] };
    const written = withDefaults(definition, catalogue);
    const changed = catalogue.map((model) => ({
      ...model,
      sizes: { ...model.sizes, default: '2048x2048' },
      options: model.options.map((option) =>
        option.name === 'quality' ? ({ ...option, default: 'low' } as typeof option) : option,
      ),
    }));
    const keys = (models: readonly Model[], rows: ModelRow[]) =>
      rows.map((one) => {
        const found = rowRequest({
          row: one,
          wish: { kind: 'auto' },
          attached: definition,
          models,
        });
        return 'problems' in found ? null : cellKeyText(cellRequest(found, 'p', 1), 0);
      });
    expect(keys(changed, written.models)).toEqual(keys(catalogue, definition.models));
    expect(keys(changed, definition.models)).not.toEqual(keys(catalogue, definition.models));
    expect(written.models[2]).toEqual(row('gone'));
  });
});
