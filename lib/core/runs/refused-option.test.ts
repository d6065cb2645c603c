import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import type { Model } from '../models/model';
import { refusedOption } from './refused-option';

const model = catalogue.find(({ endpoints }) => endpoints.includes('edits')) as Model;
const run = {
  endpoint: 'edits' as const,
  request: { model: model.id, prompt: 'p', quality: 'high', input_fidelity: 'high' },
};
const refused = { kind: 'refused' as const, message: '' };

describe('refusedOption', () => {
  it('is the one that the refusal names, as its parameter or in its words', () => {
    const byParam = refusedOption({ run, model, trouble: { ...refused, param: 'input_fidelity' } });
    expect(byParam?.name).toBe('input_fidelity');
    const message = "The model does not support the 'input_fidelity' parameter.";
    expect(refusedOption({ run, model, trouble: { ...refused, message } })).toBe(byParam);
  });

  it('is none where another thing is refused, or the option was not sent', () => {
    expect(refusedOption({ run, model, trouble: { ...refused, message: 'no' } })).toBeUndefined();
    const other = { ...refused, message: 'input_fidelity_level is unknown' };
    expect(refusedOption({ run, model, trouble: other })).toBeUndefined();
    const trouble = { ...refused, param: 'input_fidelity' };
    const without = { ...run, request: { model: model.id, prompt: 'p' } };
    expect(refusedOption({ run: without, model, trouble })).toBeUndefined();
    expect(refusedOption({ run, model, trouble: { ...trouble, kind: 'timeout' } })).toBeUndefined();
  });

  it('is none that has a default, which would be sent all the same', () => {
    expect(
      refusedOption({ run, model, trouble: { ...refused, param: 'quality' } }),
    ).toBeUndefined();
  });
});
