import { describe, expect, it } from 'vitest';
import { editedPicture } from './edited-picture';
import type { Slot } from './run-entry';

const reference = (hash: string) => ({ hash, name: hash, byteLength: 1, header: undefined });
const picture: Slot = { kind: 'picture', hash: 'result', byteLength: 9, header: undefined };
const edit = {
  references: [reference('first'), reference('second')],
  mask: { hash: 'mask', share: 0.2 },
  parent: null,
};

describe('editedPicture', () => {
  it('finds the picture, the reference that the mask belongs to, and the mask', () => {
    const found = editedPicture({ edit, slots: [{ kind: 'missing' }, picture] }, 1);
    expect(found).toEqual({ original: reference('first'), mask: 'mask', result: picture });
  });

  it('finds edits without a mask', () => {
    expect(editedPicture({ edit: { ...edit, mask: null }, slots: [picture] }, 0)?.mask).toBeNull();
  });

  it('finds none where no picture is, nor of a generation', () => {
    expect(editedPicture({ edit, slots: [{ kind: 'missing' }] }, 0)).toBeUndefined();
    expect(editedPicture({ edit, slots: [] }, 0)).toBeUndefined();
    expect(editedPicture({ edit: null, slots: [picture] }, 0)).toBeUndefined();
    expect(editedPicture({ slots: [picture] }, 0)).toBeUndefined();
  });
});
