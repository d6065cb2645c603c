import { diffArrays } from 'diff';

/** A piece of two prompts: in both, or in one of them. */
export interface PromptPiece {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** More than people compare; the time to find words grows with the text, that to compare them faster. */
const mostCharacters = 12_000;
const mostChangedWords = 1000;

/**
 * What changed from one prompt to the next, by whole words of any script (`Intl.Segmenter`). The kept and
 * the added pieces are the later prompt, the kept and the removed ones the earlier.
 */
export function promptDifference(before: string, after: string, locale: string): PromptPiece[] {
  if (before === after) return after === '' ? [] : [{ kind: 'same', text: after }];
  if (before.length + after.length > mostCharacters) return replaced(before, after);
  const found = diffArrays(wordsOf(before, locale), wordsOf(after, locale), {
    maxEditLength: mostChangedWords,
  });
  if (!found) return replaced(before, after);
  return found.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}

/** Words, and what stands between them. */
function wordsOf(text: string, locale: string): string[] {
  const segments = new Intl.Segmenter(locale, { granularity: 'word' }).segment(text);
  return [...segments].map(({ segment }) => segment);
}

function replaced(before: string, after: string): PromptPiece[] {
  const pieces: PromptPiece[] = [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
  return pieces.filter(({ text }) => text !== '');
}
