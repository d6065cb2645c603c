import { expect, it } from 'vitest';
import { readReferences } from './read-references';
import type { Reference } from './reference';

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
