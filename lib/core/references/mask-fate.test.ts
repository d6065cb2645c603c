import { expect, it } from 'vitest';
import { maskFate } from './mask-fate';

const before = { id: 'a' };
const list = (...ids: string[]) => ids.map((id) => ({ id }));
const fate = (after: { id: string }[], replacedBy: string | null = null) =>
  maskFate(before, after, replacedBy);

it('is nothing to talk of while the picture is the first', () => {
  expect(fate(list('a', 'b'))).toBeUndefined();
});

it('stays with its picture, wherever that went', () => {
  expect(fate(list('b', 'a'))).toEqual({ kind: 'stays', number: 2 });
  expect(fate(list('b', 'c', 'a'))).toEqual({ kind: 'stays', number: 3 });
});

it('goes with a picture that was removed', () => {
  expect(fate(list('b'))).toEqual({ kind: 'removed' });
  expect(fate([])).toEqual({ kind: 'removed' });
});

it('stays with a picture that was replaced', () => {
  expect(fate(list('new', 'b'), 'new')).toEqual({ kind: 'replaced' });
  // Another was replaced, before the first was removed.
  expect(fate(list('b'), 'c')).toEqual({ kind: 'removed' });
});
