import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from './fold-text';

describe('the folded text', () => {
  it.each([
    ['A  Blue\nVASE ', 'a blue vase'],
    ['Café Ångström', 'cafe angstrom'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['ＡＢＣ１２', 'abc12'],
    ['青花瓷，４Ｋ', '青花瓷,4k'],
    ['İstanbul', 'istanbul'],
    ['❤️ 👩‍🎨', '❤ 👩‍🎨'],
    ['한글', '한글'],
    ['हिन्दी', 'हिन्दी'],
  ])('of %j is %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('stays as it is when folded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });
});
