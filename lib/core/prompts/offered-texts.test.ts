import { describe, expect, it } from 'vitest';
import { offeredTexts } from './offered-texts';

const snippets = [
  { text: 'soft light', isStarred: true },
  { text: '青花瓷的质感', isStarred: false },
];
const prompts = ['A bear in soft light', 'soft light', ' ', 'Ein Café'];
const texts = (query: string) =>
  offeredTexts({ snippets, prompts, query }).map(({ kind, text }) => `${kind}: ${text}`);

describe('offeredTexts', () => {
  it('has snippets first, and each text once', () => {
    expect(texts('')).toEqual([
      'snippet: soft light',
      'snippet: 青花瓷的质感',
      'prompt: A bear in soft light',
      'prompt: Ein Café',
    ]);
  });

  it('finds in any script, whatever the case and accents', () => {
    expect(texts('花瓷')).toEqual(['snippet: 青花瓷的质感']);
    expect(texts('SOFT')).toHaveLength(2);
    expect(texts('cafe')).toEqual(['prompt: Ein Café']);
    expect(texts('nowhere')).toEqual([]);
  });

  it('offers no more than can be read', () => {
    const many = Array.from({ length: 500 }, (_, index) => `prompt ${index}`);
    expect(offeredTexts({ snippets: [], prompts: many, query: '' })).toHaveLength(50);
  });
});
