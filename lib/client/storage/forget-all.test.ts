import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { createConversation } from '../../core/chat/conversation';
import { conversationHistory } from './conversations';
import { countKeptWork, forgetAll } from './forget-all';
import { storedValues } from './stored-values';

const postForget = vi.hoisted(() => vi.fn(async () => {}));
vi.mock('../api/api', () => ({ postForget }));

it('all work that is kept is counted, and forgotten', async () => {
  globalThis.indexedDB = new IDBFactory();
  const cleared: string[] = [];
  const storageOf = (one: string) => ({ clear: () => cleared.push(one) });
  vi.stubGlobal('localStorage', storageOf('local'));
  vi.stubGlobal('sessionStorage', storageOf('session'));
  expect(await countKeptWork()).toBeNull();
  expect(await indexedDB.databases()).toEqual([]);
  await storedValues.saveDraft('form', 'half a sentence');
  await conversationHistory.saveConversation(createConversation('c', 1));
  expect(await countKeptWork()).toBe(1);
  postForget.mockRejectedValueOnce(new TypeError('Nobody answers.'));
  await expect(forgetAll()).rejects.toThrow('Nobody answers.');
  await forgetAll();
  expect(cleared).toEqual(['local', 'session', 'local', 'session']);
  expect(postForget).toHaveBeenCalledTimes(2);
  expect(await countKeptWork()).toBeNull();
  expect(await storedValues.loadDraft('form')).toBeUndefined();
  vi.unstubAllGlobals();
});
