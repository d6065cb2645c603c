import { describe, expect, it } from 'vitest';
import { emptyImageForm } from '../endpoints/image-form';
import { catalogue } from '../models/catalogue';
import { findModel } from '../models/lookup';
import type { Model } from '../models/model';
import type { EditSources } from '../runs/run-entry';
import { setDefinition, setRows } from './run-set';

const idOf = (fits: (model: Model) => boolean) => catalogue.find(fits)?.id ?? '';
const image = findModel(
  catalogue,
  idOf(({ mask }) => mask),
) as Model;
const batch = idOf(({ wire }) => wire.countIsUpperBound);
const chat = idOf(({ endpoints }) => endpoints.includes('chat'));
const form = { ...emptyImageForm, model: image.id, prompt: 'a fox', count: '3' };
const set = {
  form,
  model: image,
  further: [batch, chat, image.id],
  endpoint: 'generations',
  edit: null,
  leavesMaskOut: false,
} as const;
const edit: EditSources = {
  references: [
    {
      hash: 'h',
      name: 'a.png',
      byteLength: 9,
      header: { format: 'png', width: 64, height: 64, orientation: 1, hasAlpha: false },
    },
  ],
  mask: { hash: 'm', share: 0.5 },
  parent: null,
};
const rowsOf = (change: Partial<Parameters<typeof setDefinition>[0]> = {}) =>
  setRows(setDefinition({ ...set, ...change }), catalogue);

describe('a set', () => {
  it('sends the form to each model once, as text, in as many requests as the model needs', () => {
    const definition = setDefinition({ ...set, form: { ...form, prompt: '{not|a choice}' } });
    expect(definition).toMatchObject({ template: '{not|a choice}', isText: true, repeats: 3 });
    expect(rowsOf().map(({ id, requests }) => [id, requests])).toEqual([
      [image.id, 1],
      [batch, 3],
      [chat, 3],
    ]);
  });

  it('gives each model the size of its own that is nearest, and says what differs', () => {
    const sized = { ...form, sizes: { [image.id]: '1536x1024' } };
    const [own, ...others] = rowsOf({ form: sized });
    expect(own?.of?.size).toMatchObject({ size: '1536x1024', differs: null });
    for (const { of } of others) expect(of?.size.size).toMatch(/^\d+x\d+$/);
  });

  it('sends pictures where they are taken, and says where not', () => {
    const [own, batched, chatted] = rowsOf({ endpoint: 'edits', edit: { ...edit, mask: null } });
    expect(own?.of?.sends.endpoint).toBe('edits');
    expect(chatted?.of?.sends).toMatchObject({
      endpoint: 'chat',
      edit: { references: [{ hash: 'h' }] },
    });
    expect(batched).toMatchObject({
      requests: 0,
      problems: [{ reason: 'references_unsupported' }],
    });
  });

  it('leaves a mask out only where that is allowed', () => {
    const [, , refused] = rowsOf({ endpoint: 'edits', edit });
    expect(refused).toMatchObject({ requests: 0, problems: [{ reason: 'mask_unsupported' }] });
    const [own, , allowed] = rowsOf({ endpoint: 'edits', edit, leavesMaskOut: true });
    expect(own?.of).toMatchObject({
      isMaskLeftOut: false,
      sends: { edit: { mask: { hash: 'm' } } },
    });
    expect(allowed?.of).toMatchObject({ isMaskLeftOut: true, sends: { edit: { mask: null } } });
  });

  it('says for which model the prompt is too long', () => {
    const short = catalogue.map((model) =>
      model.id === batch ? { ...model, prompt: { maxCharacters: 3 } } : model,
    );
    const rows = setRows(setDefinition(set), short);
    expect(rows.map(({ requests }) => requests > 0)).toEqual([true, false, true]);
    expect(rows[1]?.problems).toMatchObject([{ reason: 'prompt_too_long' }]);
  });
});
