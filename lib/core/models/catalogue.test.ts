import { describe, expect, it } from 'vitest';
import { parseSize, sideRatio } from '../sizes/sizes';
import { catalogue } from './catalogue';
import { findModel, modelsFor, optionsFor, pictureFor } from './lookup';

const idsFor = (endpoint: Parameters<typeof modelsFor>[1]) =>
  modelsFor(catalogue, endpoint).map((model) => model.id);

describe('the catalogue', () => {
  it('has the models of the contract at their endpoints', () => {
    expect(idsFor('generations')).toEqual([
      'turing/gpt-image-2',
      'turing/gpt-image-1',
      'doubao-seedream-4-5-251128',
    ]);
    expect(idsFor('edits')).toEqual(['turing/gpt-image-2', 'turing/gpt-image-1']);
    expect(idsFor('chat')).toEqual([
      'turing/gemini-3-pro-image',
      'turing/gemini-3.1-flash-image',
      'turing/gemini-3.1-flash-lite-image',
      'turing/gemini-2.5-flash-image',
    ]);
  });

  it.each(catalogue.map((model) => [model.id, model] as const))('%s is consistent', (_, model) => {
    const { sizes, options, count } = model;
    expect(model.label.zh && model.summary.en && model.summary.zh).toBeTruthy();
    if (sizes.default !== 'auto') expect(parseSize(sizes.default)).toBeDefined();
    else expect(sizes.auto).toBe(true);
    for (const [ratio, levels] of Object.entries(sizes.table)) {
      const [across = 0, down = 0] = ratio.split(':').map(Number);
      for (const size of Object.values(levels).map((text) => parseSize(text))) {
        if (!size) throw new Error(`${ratio} has a malformed size`);
        // The vendors round to blocks: within 6 % of what the tile is called.
        expect(size.width / size.height / (across / down)).toBeCloseTo(1, 1);
        expect(sideRatio(size)).toBeLessThan(3);
      }
    }
    for (const option of options) {
      if (option.kind === 'choice' && option.default !== null) {
        expect(option.values).toContain(option.default);
      }
      for (const requirement of option.requires ?? []) {
        expect(options.map((other) => other.name)).toContain(requirement.option);
      }
    }
    if (count) expect(count.default).toBeLessThanOrEqual(count.max);
  });

  it('knows the pixels and tokens of the page', () => {
    const table = [
      ['turing/gemini-2.5-flash-image', '21:9', '1K', '1536x672', 1290],
      ['turing/gemini-2.5-flash-image', '9:16', '1K', '768x1344', 1290],
      ['turing/gemini-3-pro-image', '16:9', '1K', '1376x768', 1210],
      ['turing/gemini-3-pro-image', '1:1', '4K', '4096x4096', 2000],
      ['turing/gemini-3.1-flash-image', '21:9', '4K', '6336x2688', 2000],
      ['turing/gemini-3.1-flash-lite-image', '4:5', '2K', '1856x2304', 1210],
    ] as const;
    for (const [id, ratio, level, size, tokens] of table) {
      const model = findModel(catalogue, id);
      expect(model && pictureFor({ model, ratio, level })).toEqual({
        size: parseSize(size),
        tokens,
      });
    }
    const flash = findModel(catalogue, 'turing/gemini-2.5-flash-image');
    expect(flash && pictureFor({ model: flash, ratio: '1:1', level: '2K' })).toBeUndefined();
  });

  it('takes input_fidelity at edits only, unsent unless chosen', () => {
    const model = findModel(catalogue, 'turing/gpt-image-2');
    const names = (endpoint: 'generations' | 'edits') =>
      model && optionsFor(model, endpoint).map((option) => option.name);
    expect(names('generations')).not.toContain('input_fidelity');
    expect(names('edits')).toContain('input_fidelity');
  });
});
