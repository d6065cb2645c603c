import { describe, expect, it } from 'vitest';
import { emptyImageForm } from '../endpoints/image-form';
import type { PictureSlot } from '../pictures/stored-picture';
import { createEntry, type Slot } from './run-entry';
import { editedPicture, sentAs } from './sent-pictures';

const reference = (hash: string) => ({ hash, name: hash, byteLength: 1, header: undefined });
const slot: Slot = { kind: 'picture', hash: 'result', byteLength: 9, header: undefined };
const edit = {
  references: [reference('first'), reference('second')],
  mask: { hash: 'mask', share: 0.2 },
  parent: null,
};

describe('editedPicture', () => {
  it('finds the picture, the reference that the mask belongs to, and the mask', () => {
    const found = editedPicture({ edit, slots: [{ kind: 'missing' }, slot] }, 1);
    expect(found).toEqual({ original: reference('first'), mask: 'mask', result: slot });
  });

  it('finds edits without a mask', () => {
    expect(editedPicture({ edit: { ...edit, mask: null }, slots: [slot] }, 0)?.mask).toBeNull();
  });

  it('finds none where no picture is, nor of a generation', () => {
    expect(editedPicture({ edit, slots: [{ kind: 'missing' }] }, 0)).toBeUndefined();
    expect(editedPicture({ edit, slots: [] }, 0)).toBeUndefined();
    expect(editedPicture({ edit: null, slots: [slot] }, 0)).toBeUndefined();
    expect(editedPicture({ slots: [slot] }, 0)).toBeUndefined();
  });
});

const run = createEntry({
  id: 'run',
  request: { model: 'm', prompt: 'A red boat' },
  form: emptyImageForm,
  now: 0,
  expectedMs: null,
});
const header = { format: 'jpeg', width: 4, height: 3, hasAlpha: false, orientation: 1 } as const;
const picture: PictureSlot = { kind: 'picture', hash: 'abc', byteLength: 7, header };

describe('sentAs', () => {
  it('is the kept file, under the name of its download, and says where it is from', () => {
    const sent = sentAs({ run, index: 1, picture });
    expect(sent).toMatchObject({ hash: 'abc', byteLength: 7, header });
    expect(sent?.name).toMatch(/^red-boat-.*-2\.jpg$/);
    expect(sent?.parent).toEqual({ runId: 'run', index: 1 });
  });

  it('is nothing for a file that is no picture', () => {
    expect(sentAs({ run, index: 0, picture: { ...picture, header: undefined } })).toBeUndefined();
  });
});
