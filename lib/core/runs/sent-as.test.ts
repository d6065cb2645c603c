import { describe, expect, it } from 'vitest';
import { emptyImageForm } from '../endpoints/image-form';
import { createEntry, type PictureSlot } from './run-entry';
import { sentAs } from './sent-as';

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
