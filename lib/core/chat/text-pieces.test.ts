import { expect, it } from 'vitest';
import { piecesOfText } from './text-pieces';

it.each(['', 'short', 'a few\nlines', 'x'.repeat(8192)])('keeps %.10s… whole', (text) => {
  expect(piecesOfText(text)).toEqual([text]);
});

it('cuts between lines, and leaves out the line break that the cut stands for', () => {
  const text = 'A line of words.\n\n'.repeat(2000);
  const pieces = piecesOfText(text);
  expect(pieces.length).toBeGreaterThan(4);
  expect(pieces.join('\n')).toBe(text);
});

it.each([
  ['words', 'some words and more '.repeat(2000)],
  ['no gap', '字'.repeat(30_000)],
  ['characters of two halves', `a${'🐕'.repeat(15_000)}`],
])('loses nothing of a long line of %s', (_, text) => {
  const pieces = piecesOfText(text);
  expect(pieces.length).toBeGreaterThan(4);
  expect(pieces.join('') === text).toBe(true);
  for (const piece of pieces) {
    expect(piece.length).toBeLessThanOrEqual(8192);
    expect(piece.isWellFormed()).toBe(true);
  }
});
