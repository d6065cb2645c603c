import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { createConversation } from '../../core/chat/conversation';
import { createUserMessage } from '../../core/chat/message';
import { emptyImageForm } from '../../core/endpoints/image-form';
import { createEntry } from '../../core/runs/run-entry';
import { conversationHistory } from '../storage/conversations';
import { history } from '../storage/history';
import { allEarlierPrompts, earlierPrompts } from './earlier-prompts';

it('what was written on any page is offered, each once, the latest first', async () => {
  globalThis.indexedDB = new IDBFactory();
  const run = (prompt: string, now: number) =>
    history.saveRun(
      createEntry({
        id: `${now}`,
        request: { model: 'm', prompt, n: 1 },
        form: emptyImageForm,
        now,
        expectedMs: null,
      }),
    );
  const said = (text: string, now: number, conversation: string) =>
    createUserMessage({ id: `m${now}`, conversation, parent: null, now, text, pictures: [] });
  await run('a fox', 1);
  await run('a bear', 3);
  const [kept, removed] = [createConversation('kept', 2), createConversation('removed', 9)];
  await conversationHistory.saveConversation(kept, [
    said('a heron', 2, 'kept'),
    said('a fox', 4, 'kept'),
    said(' ', 5, 'kept'),
  ]);
  await conversationHistory.saveConversation(removed, [said('an owl', 9, 'removed')]);
  await conversationHistory.removeConversation('removed', 10);
  expect(await allEarlierPrompts()).toEqual(['a fox', 'a bear', 'a heron']);
  expect(await earlierPrompts()).toEqual(['a bear', 'a fox']);
});
