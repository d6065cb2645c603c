import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PromptPiece, promptDifference } from './prompt-difference';

const signs = { same: '', added: '+', removed: '-' };
const shown = (before: string, after: string, locale = 'en') =>
  promptDifference(before, after, locale)
    .map(({ kind, text }) => `${signs[kind]}${text}`)
    .join('|');

describe('promptDifference', () => {
  it('names whole words', () => {
    expect(shown('a red bear at dawn', 'a blue bear at dawn, smiling')).toBe(
      'a |-red|+blue| bear at dawn|+, smiling',
    );
  });

  it('knows the words of Chinese, and keeps joined characters whole', () => {
    expect(shown('一只红色的熊猫', '一只蓝色的熊猫', 'zh')).toMatch(
      /^一只\|-红色\|\+蓝色\|的熊猫$/,
    );
    expect(shown('👩🏽‍🎨 a', '👩🏿‍🎨 a')).toBe('-👩🏽‍🎨|+👩🏿‍🎨| a');
  });

  it('has nothing to say of equal and of empty prompts', () => {
    expect(shown('same', 'same')).toBe('same');
    expect(promptDifference('', '', 'en')).toEqual([]);
    expect(shown('', 'new')).toBe('+new');
  });

  it('holds both prompts', () => {
    const of = (pieces: PromptPiece[], kind: 'added' | 'removed') =>
      pieces.flatMap((piece) => (piece.kind === kind || piece.kind === 'same' ? piece.text : []));
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = promptDifference(before, after, 'zh');
        expect(of(pieces, 'removed').join('')).toBe(before);
        expect(of(pieces, 'added').join('')).toBe(after);
      }),
    );
  });

  it('compares no books', () => {
    const kinds = (words: number) =>
      promptDifference('word '.repeat(words), 'other '.repeat(words), 'en').map(({ kind }) => kind);
    expect(kinds(800)).toEqual(['removed', 'added']);
    expect(kinds(30_000)).toEqual(['removed', 'added']);
  });
});
