import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { snippets as kept } from './snippets';

it('snippets are kept, starred ones first, and come back after a removal', async () => {
  globalThis.indexedDB = new IDBFactory();
  const texts = async () => (await kept.snippets()).map(({ text }) => text);
  const older = { id: 'a', text: 'older', isStarred: false, changedAt: 1 };
  await kept.putSnippet(older);
  await kept.putSnippet({ id: 'b', text: 'newer', isStarred: false, changedAt: 2 });
  expect(await texts()).toEqual(['newer', 'older']);
  await kept.putSnippet({ ...older, isStarred: true });
  expect(await texts()).toEqual(['older', 'newer']);
  await kept.removeSnippet('a');
  expect(await texts()).toEqual(['newer']);
  await kept.putSnippet(older);
  expect(await texts()).toEqual(['newer', 'older']);
});
