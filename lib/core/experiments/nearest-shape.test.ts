import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import { findModel } from '../models/lookup';
import type { Model } from '../models/model';
import { checkSize } from '../sizes/sizes';
import type { ShapeWish } from './experiment';
import { nearestShape, wishName, wishOfSize } from './nearest-shape';

const model = (id: string) => findModel(catalogue, id) as Model;
const gpt2 = model('turing/gpt-image-2');
const gpt1 = model('turing/gpt-image-1');
const seedream = model('doubao-seedream-4-5-251128');
const gemini = model('turing/gemini-3-pro-image');
const shape = (ratio: string, level: string): ShapeWish => ({ kind: 'shape', ratio, level });
const sized = (size: string): ShapeWish => ({ kind: 'size', size });

describe('the size nearest to a wish', () => {
  it.each([
    ['of the table', gpt2, shape('3:2', '2K'), '2160x1440', null],
    ['of the table of another model', gemini, shape('3:2', '1K'), '1264x848', null],
    ['at another level', seedream, shape('3:2', '1K'), '2496x1664', 'pixels'],
    ['at the only level', gpt1, shape('1:1', '4K'), '1024x1024', 'pixels'],
    ['of another shape', gpt1, shape('16:9', '1K'), '1536x1024', 'shape'],
    ['of a ratio that no table has, within limits', gpt2, shape('5:4', '1K'), '1120x896', null],
    ['of a ratio that no model can have', gpt2, shape('9:1', '1K'), '1776x592', 'shape'],
    ['exact', gpt2, sized('1600x1024'), '1600x1024', null],
    ['exact, where any size is taken', seedream, sized('1600x1024'), '1600x1024', null],
    ['of the same shape', gemini, sized('1536x1024'), '1264x848', 'pixels'],
    ['by default', gemini, { kind: 'auto' }, '1024x1024', null],
    ['left to the model', gpt2, { kind: 'auto' }, 'auto', null],
  ] as [string, Model, ShapeWish, string, string | null][])('%s', (_, of, wish, size, differs) => {
    expect(nearestShape(of, wish)).toMatchObject({ size, differs });
  });

  it('is legal at every model, whatever is wished for', () => {
    const side = fc.integer({ min: 1, max: 99_999 });
    const ratio = fc.integer({ min: 1, max: 40 });
    const wish = fc.oneof(
      fc.tuple(side, side).map(([width, height]) => sized(`${width}x${height}`)),
      fc
        .tuple(ratio, ratio, fc.constantFrom('1K', '2K', '4K', '8K', ''))
        .map(([across, down, level]) => shape(`${across}:${down}`, level)),
    );
    fc.assert(
      fc.property(wish, fc.constantFrom(...catalogue), (wished, of) => {
        const { size, place } = nearestShape(of, wished);
        expect(checkSize({ rule: of.sizes, value: size, model: of.id })).toEqual([]);
        if (of.sizes.namedBy === 'ratio') expect(place).toBeDefined();
      }),
      { numRuns: 60 },
    );
  });

  it('is compared with the candidates once for each wish', () => {
    expect(nearestShape(gpt2, sized('77x55'))).toBe(nearestShape(gpt2, sized('77x55')));
  });
});

it('a chosen size is a wish that leads back to it', () => {
  for (const size of ['auto', '1536x1024', '1600x1024']) {
    expect(nearestShape(gpt2, wishOfSize(gpt2, size)).size).toBe(size);
  }
  const names = ['auto', '1536x1024', '1600x1024'].map((size) => wishName(wishOfSize(gpt2, size)));
  expect(names).toEqual(['auto', '3:2 1K', '1600x1024']);
});
