import { expect, it } from 'vitest';
import { maskFate, type Reference, readReferences, withMoved } from './reference';

const list = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
const moved = (id: string, to: number) =>
  withMoved(list, { id, to })
    .map((one) => one.id)
    .join('');

it.each([
  ['a', 0, 'abcd'],
  ['a', 1, 'bacd'],
  ['a', 3, 'bcda'],
  ['c', 0, 'cabd'],
  ['d', 2, 'abdc'],
  ['b', 99, 'acdb'],
  ['b', -99, 'bacd'],
  ['none', 2, 'abcd'],
])('%s goes to place %i', (id, to, order) => expect(moved(id, to)).toBe(order));

it('is the same list if nothing moves', () => {
  expect(withMoved(list, { id: 'd', to: 7 })).toBe(list);
});

const before = { id: 'a' };
const listOf = (...ids: string[]) => ids.map((id) => ({ id }));
const fate = (after: { id: string }[], replacedBy: string | null = null) =>
  maskFate(before, after, replacedBy);

it('is nothing to talk of while the picture is the first', () => {
  expect(fate(listOf('a', 'b'))).toBeUndefined();
});

it('stays with its picture, wherever that went', () => {
  expect(fate(listOf('b', 'a'))).toEqual({ kind: 'stays', number: 2 });
  expect(fate(listOf('b', 'c', 'a'))).toEqual({ kind: 'stays', number: 3 });
});

it('goes with a picture that was removed', () => {
  expect(fate(listOf('b'))).toEqual({ kind: 'removed' });
  expect(fate([])).toEqual({ kind: 'removed' });
});

it('stays with a picture that was replaced', () => {
  expect(fate(listOf('new', 'b'), 'new')).toEqual({ kind: 'replaced' });
  // Another was replaced, before the first was removed.
  expect(fate(listOf('b'), 'c')).toEqual({ kind: 'removed' });
});

const reference: Reference = {
  id: 'a',
  hash: 'h',
  name: 'a.png',
  byteLength: 9,
  header: { format: 'png', width: 3, height: 2, hasAlpha: true, orientation: 1 },
  maskId: 'm',
  parent: { runId: 'r', index: 0 },
};

it('reads what was kept', () => {
  const measured = { ...reference, isStoredAsSeen: false };
  expect(readReferences([measured])).toEqual([measured]);
  expect(readReferences(JSON.parse(JSON.stringify([reference])))).toEqual([reference]);
});

it('fills in what may be missing', () => {
  const { name: _name, parent: _parent, ...rest } = reference;
  expect(readReferences([rest])).toEqual([{ ...rest, name: '', parent: null }]);
});

it.each([
  ['nothing', undefined],
  ['no list', { 0: reference }],
  ['what is no reference', [null, 3, 'a', {}]],
  ['one without a mask', [{ ...reference, maskId: undefined }]],
  ['one without bytes', [{ ...reference, hash: 3 }]],
  ['one of no format', [{ ...reference, header: { ...reference.header, format: 'exe' } }]],
])('leaves out %s', (_, kept) => expect(readReferences(kept)).toEqual([]));
