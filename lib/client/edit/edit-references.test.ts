import { beforeEach, describe, expect, it } from 'vitest';
import type { Attachment } from '../../core/references/reference';
import {
  addFromPicture,
  addReference,
  editReferencesStore,
  moveReference,
  removeReference,
  replaceReference,
  toReference,
  undoRemoval,
} from './edit-references';

const attachment = (id: string): Attachment => ({
  id,
  hash: `hash-${id}`,
  name: `${id}.png`,
  byteLength: 1,
  header: { format: 'png', width: 1, height: 1, hasAlpha: false, orientation: 1 },
});
const state = () => editReferencesStore.getState();
const order = () =>
  state()
    .references.map(({ hash }) => hash.replace('hash-', ''))
    .join('');

beforeEach(() => {
  editReferencesStore.setState(editReferencesStore.getInitialState(), true);
  for (const id of ['a', 'b', 'c']) addReference(toReference(attachment(id)));
});

describe('the list of references', () => {
  it('gives each a mask of its own', () => {
    expect(new Set(state().references.map(({ maskId }) => maskId)).size).toBe(3);
  });

  it('brings back what was removed, the last first, in its place, mask and all', () => {
    const before = state().references;
    removeReference('a');
    removeReference('c');
    expect(order()).toBe('b');
    undoRemoval();
    expect(order()).toBe('bc');
    undoRemoval();
    expect(state().references).toEqual(before);
    undoRemoval();
    expect(order()).toBe('abc');
  });

  it('brings back what was replaced, and takes off what has replaced it', () => {
    const before = state().references;
    replaceReference('b', toReference(attachment('new')));
    expect(order()).toBe('anewc');
    undoRemoval();
    expect(state().references).toEqual(before);
  });

  it('brings back what was replaced even when the other has moved, or has gone', () => {
    replaceReference('a', toReference(attachment('x')));
    moveReference('x', 2);
    undoRemoval();
    expect(order()).toBe('abc');
    replaceReference('a', toReference(attachment('x')));
    removeReference('x');
    undoRemoval();
    undoRemoval();
    expect(order()).toBe('abc');
  });

  it('adds a picture in place of one that was removed meanwhile', () => {
    removeReference('b');
    replaceReference('b', toReference(attachment('d')));
    expect(order()).toBe('acd');
  });

  it('takes pictures of runs, first or last', () => {
    const { id: _id, ...picture } = attachment('r');
    const parent = { runId: 'run', index: 1 };
    addFromPicture({ ...picture, parent }, { at: 0 });
    addFromPicture({ ...picture, parent });
    expect(order()).toBe('rabcr');
    expect(state().references[0]).toMatchObject({ parent });
    expect(state().references[4]).toMatchObject({ parent });
    expect(state().references[0]?.id).not.toBe(state().references[4]?.id);
    replaceReference('a', toReference({ ...picture, parent: null }));
    expect(order()).toBe('rrbcr');
    undoRemoval();
    expect(order()).toBe('rabcr');
  });
});
