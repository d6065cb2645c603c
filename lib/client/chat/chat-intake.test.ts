import { expect, it, vi } from 'vitest';
import { createUserMessage } from '../../core/chat/message';
import { messageIntake } from './chat-intake';
import { changeDraft, composerStore, dropDraft } from './composer-store';
import { putMessages } from './conversations-store';

vi.mock('../references/take-in', () => ({
  takeIn: async ({ name }: { name: string }) => ({ attachment: { id: name, name }, isKept: true }),
}));

const add = (name: string, draft: string) =>
  messageIntake.enqueueAll([new File([], name)], { max: 9, maxBytes: 9, formats: ['png'] }, draft);
const namesIn = (draft: string) =>
  composerStore.getState().drafts[draft]?.pictures.map(({ name }) => name);

it('a picture does not open a change to an earlier message again that was given up meanwhile', async () => {
  const own = { conversation: 'c', parent: null, now: 1, text: 'a bay', pictures: [] };
  putMessages('c', [createUserMessage({ ...own, id: 'given up' })]);
  putMessages('c', [createUserMessage({ ...own, id: 'changed' })]);
  for (const draft of ['given up', 'changed']) {
    changeDraft(draft, () => ({ text: 'a bay at night' }));
    add('bay.png', draft);
  }
  add('cat.png', 'c');
  dropDraft('given up');
  await messageIntake.settled();
  expect(namesIn('given up')).toBeUndefined();
  expect(namesIn('changed')).toEqual(['bay.png']);
  expect(namesIn('c')).toEqual(['cat.png']);
});
