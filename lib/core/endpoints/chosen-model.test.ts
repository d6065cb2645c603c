import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import { modelsFor } from '../models/lookup';
import { checkChosenModel } from './chosen-model';

describe('a chosen model', () => {
  const [offered] = modelsFor(catalogue, 'generations');
  const reasonOf = (chosen: string | null, models = catalogue) =>
    checkChosenModel(chosen, 'generations', models).map(({ reason }) => reason);

  it('may be sent to while the endpoint offers it', () => {
    expect(reasonOf(offered?.id ?? '')).toEqual([]);
  });

  it('that is gone from the catalogue is said', () => {
    const without = catalogue.filter((model) => model !== offered);
    expect(reasonOf(offered?.id ?? '', without)).toEqual(['model_unknown']);
  });

  it('that the endpoint does not take any more is said', () => {
    const elsewhere = catalogue.map((model) =>
      model === offered ? { ...model, endpoints: ['chat' as const] } : model,
    );
    expect(reasonOf(offered?.id ?? '', elsewhere)).toEqual(['model_not_here']);
  });

  it('is none where nobody has chosen', () => {
    expect(reasonOf(null)).toEqual([]);
  });
});
