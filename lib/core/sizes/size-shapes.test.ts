import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import type { Model } from '../models/model';
import { aspectOf, outlineOf, shapeOf, sizeAtLevel, sizeOfShape } from './size-shapes';

const patchy = {
  sizes: {
    table: {
      '1:1': { '1K': '1024x1024', '2K': '2048x2048', '4K': '4096x4096' },
      '3:2': { '2K': '2496x1664' },
      '2:3': { '1K': '832x1248', '4K': '3328x4992' },
      '16:9': {},
    },
  },
} as unknown as Model;

describe('a shape', () => {
  it.each(catalogue.map((model) => [model.id, model] as const))(
    '%s: every listed size has one, and it leads back',
    (_, model) => {
      for (const [ratio, levels] of Object.entries(model.sizes.table)) {
        for (const [level, size] of Object.entries(levels)) {
          expect(sizeOfShape(model, { ratio, level })).toBe(size);
          const shape = shapeOf(model, size);
          expect(shape && sizeOfShape(model, shape)).toBe(size);
        }
      }
    },
  );

  it('is unknown of a size that no table lists', () => {
    for (const size of ['auto', '1000x1000', '', '1024x']) {
      expect(shapeOf(patchy, size)).toBeUndefined();
    }
  });

  it('without a size at its level has that of the nearest, larger first', () => {
    expect(sizeOfShape(patchy, { ratio: '3:2', level: '4K' })).toBe('2496x1664');
    expect(sizeOfShape(patchy, { ratio: '3:2', level: '1K' })).toBe('2496x1664');
    expect(sizeOfShape(patchy, { ratio: '2:3', level: '2K' })).toBe('3328x4992');
    expect(sizeOfShape(patchy, { ratio: '16:9', level: '1K' })).toBeUndefined();
    expect(sizeOfShape(patchy, { ratio: '5:4', level: '1K' })).toBeUndefined();
  });
});

describe('a level chosen at a size that is in no table', () => {
  it('takes the nearest ratio that has it', () => {
    expect(sizeAtLevel(patchy, { size: '1500x1000', level: '2K' })).toBe('2496x1664');
    expect(sizeAtLevel(patchy, { size: '1500x1000', level: '4K' })).toBe('4096x4096');
    expect(sizeAtLevel(patchy, { size: '640x1000', level: '1K' })).toBe('832x1248');
    expect(sizeAtLevel(patchy, { size: '1100x1000', level: '2K' })).toBe('2048x2048');
  });

  it('takes the square at auto, and with a side missing', () => {
    for (const size of ['auto', '3000x', '']) {
      expect(sizeAtLevel(patchy, { size, level: '1K' })).toBe('1024x1024');
    }
  });

  it('is not there where no ratio has it', () => {
    expect(sizeAtLevel(patchy, { size: 'auto', level: '8K' })).toBeUndefined();
  });
});

describe('an outline', () => {
  it.each(['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16', '21:9'])(
    '%s fits its square and has its ratio',
    (ratio) => {
      const { width, height } = outlineOf(ratio, 240);
      const [across = 0, down = 0] = ratio.split(':').map(Number);
      expect(Math.max(width, height)).toBeLessThanOrEqual(240);
      expect(width / height).toBeCloseTo(across / down, 1);
    },
  );

  it('turned by a quarter is the same the other way round', () => {
    const { width, height } = outlineOf('3:2', 24);
    expect(outlineOf('2:3', 24)).toEqual({ width: height, height: width });
  });
});

it('the aspect of a size that is none is a square', () => {
  expect(aspectOf('1536x1024')).toBe(1.5);
  for (const size of ['auto', '1536x', '']) expect(aspectOf(size)).toBe(1);
});
