import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { changeDraft, composerStore } from '../chat/composer-store';
import { addReference, removeReference, toReference } from '../edit/edit-references';
import { generateForm } from '../forms/image-forms';
import { hydrated } from './draft-storage';
import { countKeptWork } from './forget-all';
import { snippets } from './snippets';
import { storedPictures } from './stored-pictures';

// What somebody has only prepared, and sent nothing of.

class QuickStorage {
  getItem(key: string): string | null {
    return new Map(Object.entries(this)).get(key) ?? null;
  }
  setItem(key: string, text: string): void {
    Reflect.set(this, key, text);
  }
}
const header = { format: 'png', width: 1, height: 1, hasAlpha: false, orientation: 1 } as const;
const bear = toReference({ id: 'bear', hash: 'bear', name: 'bear.png', byteLength: 1, header });
const snippet = { id: 's', text: 'in oil', isStarred: false, changedAt: 1 };

it.each<[string, () => unknown, () => unknown]>([
  [
    'a prompt',
    () => generateForm.change({ prompt: 'a secret' }),
    () => generateForm.change({ prompt: '' }),
  ],
  [
    'a message',
    () => changeDraft('c', () => ({ text: 'a secret' })),
    () => changeDraft('c', () => ({ text: '' })),
  ],
  ['a list of references', () => addReference(bear), () => removeReference(bear.id)],
  [
    'a file',
    () => storedPictures.savePicture('bear', new Blob(['b']), 'added'),
    () => storedPictures.dropPicture('bear'),
  ],
  ['a snippet', () => snippets.putSnippet(snippet), () => snippets.removeSnippet(snippet.id)],
])('%s that was only prepared is kept work too', async (_what, prepare, undo) => {
  await Promise.all([hydrated(generateForm.store), hydrated(composerStore)]);
  vi.stubGlobal('localStorage', new QuickStorage());
  expect(await countKeptWork()).toBeNull();
  await prepare();
  expect(await countKeptWork()).toBe(0);
  await undo();
  expect(await countKeptWork()).toBeNull();
  vi.unstubAllGlobals();
});
