import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import { findModel } from '../models/lookup';
import {
  checkSize,
  formatSize,
  listedSizes,
  nearestLegalSizes,
  parseSize,
  ratioName,
  type SizeRule,
  unrefusedSize,
} from './sizes';

const rule = findModel(catalogue, 'turing/gpt-image-2')?.sizes as SizeRule;
const reasons = (value: string, of: SizeRule = rule) =>
  checkSize({ rule: of, value, model: 'm' }).map((found) => found.reason);

describe('parseSize', () => {
  it.each([
    ['1024x1024', { width: 1024, height: 1024 }],
    ['1x99999', { width: 1, height: 99_999 }],
  ])('reads %s', (text, size) => expect(parseSize(text)).toEqual(size));

  it.each([
    '',
    'auto',
    '1024',
    '1024X1024',
    '0x16',
    '016x16',
    '-16x16',
    '16x16 ',
    '1e3x16',
    '16.0x16',
    '１６x１６',
    '100000x16',
  ])('refuses %j', (text) => expect(parseSize(text)).toBeUndefined());

  it('is the inverse of formatSize', () => {
    const side = fc.integer({ min: 1, max: 99_999 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        expect(parseSize(formatSize({ width, height }))).toEqual({ width, height });
      }),
    );
  });
});

describe('the five rules of gpt-image-2', () => {
  it.each([
    'auto',
    '1024x1024',
    '3840x2160',
    '2160x3840',
    '2880x2880',
    '816x816',
    '3840x1280',
    '1280x3840',
    '1024x640',
    '1408x480',
  ])('takes %s', (value) => expect(reasons(value)).toEqual([]));

  it.each([
    ['1025x1024', 'size_step'],
    ['1024x1032', 'size_step'],
    ['3856x2048', 'size_side'],
    ['2048x3856', 'size_side'],
    ['1600x528', 'size_ratio'],
    ['528x1600', 'size_ratio'],
    ['800x800', 'size_too_small'],
    ['1024x624', 'size_too_small'],
    ['2896x2896', 'size_too_large'],
    ['3840x2176', 'size_too_large'],
    ['1024', 'size_malformed'],
  ])('refuses %s by %s alone', (value, reason) => expect(reasons(value)).toEqual([reason]));

  it('takes exactly 655,360 and 8,294,400 pixels', () => {
    expect(reasons('1024x640')).toEqual([]);
    expect(1024 * 640).toBe(655_360);
    expect(reasons('3840x2160')).toEqual([]);
    expect(3840 * 2160).toBe(8_294_400);
  });

  it('names every broken rule, with the nearest legal sizes', () => {
    const found = checkSize({ rule, value: '5000x1001', model: 'm' });
    expect(found.map((one) => one.reason)).toEqual(['size_step', 'size_side', 'size_ratio']);
    expect(found[0]?.values.nearest).toMatch(/^3840x1280/);
  });
});

describe('other rules', () => {
  const sizesOf = (id: string) => findModel(catalogue, id)?.sizes as SizeRule;

  it('gpt-image-1 takes its three sizes and auto', () => {
    const listed = sizesOf('turing/gpt-image-1');
    for (const value of ['auto', '1024x1024', '1024x1536', '1536x1024']) {
      expect(reasons(value, listed)).toEqual([]);
    }
    expect(reasons('1024x1040', listed)).toEqual(['size_not_listed']);
  });

  it('Seedream takes whatever is well-formed, but not auto', () => {
    const any = sizesOf('doubao-seedream-4-5-251128');
    expect(reasons('1024x1024', any)).toEqual([]);
    expect(reasons('17x9999', any)).toEqual([]);
    expect(reasons('auto', any)).toEqual(['size_malformed']);
    expect(reasons('2K', any)).toEqual(['size_malformed']);
  });
});

describe('nearestLegalSizes', () => {
  it('gives only legal sizes, whatever was wished for', () => {
    const side = fc.integer({ min: 1, max: 9999 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const nearest = nearestLegalSizes(rule, { width, height });
        expect(nearest.length).toBeGreaterThan(0);
        for (const size of nearest) expect(reasons(formatSize(size))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('gives a legal size back as it is', () => {
    expect(nearestLegalSizes(rule, { width: 1536, height: 864 })).toEqual([
      { width: 1536, height: 864 },
    ]);
  });

  it('keeps the shape in its second suggestion', () => {
    const [, sameShape] = nearestLegalSizes(rule, { width: 8000, height: 4000 });
    expect(sameShape && sameShape.width / sameShape.height).toBe(2);
  });
});

describe('a size that the vendor is said to refuse', () => {
  const seedream = findModel(catalogue, 'doubao-seedream-4-5-251128')?.sizes as SizeRule;
  const instead = (of: SizeRule, text: string) =>
    unrefusedSize(of, parseSize(text) ?? { width: 0, height: 0 });

  it.each([
    ['1024x1024', '2048x2048'],
    ['1500x1000', '2496x1664'],
    ['500x1000', '1440x2560'],
    ['2000x1800', '2048x2048'],
  ])('%s has %s instead', (text, better) => {
    expect(instead(seedream, text)).toBe(better);
    expect(instead(seedream, better)).toBeUndefined();
  });

  it('is none where nothing is said, or nothing better is offered', () => {
    expect(instead(rule, '1024x1024')).toBeUndefined();
    expect(instead({ ...seedream, hintMinPixels: 1e9 }, '1024x1024')).toBeUndefined();
  });
});

it.each([
  ['1536x1024', '3:2'],
  ['3840x2160', '16:9'],
  ['1408x480', '2.9:1'],
  ['480x1408', '1:2.9'],
])('%s is called %s', (text, name) => {
  expect(ratioName(parseSize(text) ?? { width: 0, height: 0 })).toBe(name);
});

it('every size that a picker offers is legal', () => {
  for (const model of catalogue) {
    for (const value of listedSizes(model.sizes)) {
      expect(checkSize({ rule: model.sizes, value, model: model.id })).toEqual([]);
    }
  }
});
