import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { createConversation } from '../../core/chat/conversation';
import { createUserMessage } from '../../core/chat/message';
import { emptyImageForm } from '../../core/endpoints/image-form';
import { createExperiment, emptyDefinition } from '../../core/experiments/experiment';
import { createEntry } from '../../core/runs/run-entry';
import { conversationHistory } from '../storage/conversations';
import { experimentHistory } from '../storage/experiments';
import { history } from '../storage/history';
import { allEarlierPrompts, earlierPrompts } from './earlier-prompts';

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

it('what was written on any page is offered, each once, the latest first', async () => {
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

it('what was sent to several models at once is offered, and no template of an experiment', async () => {
  const add = (template: string, now: number, madeOn: 'edits' | null) =>
    experimentHistory.save(
      createExperiment(`${now}`, now, { definition: { ...emptyDefinition, template }, madeOn }),
    );
  await run('a lynx', 11);
  await add('an otter', 12, 'edits');
  await run('a mole', 13);
  await add('a lynx', 14, 'edits');
  await add('a {color} newt', 15, null);
  const newest = ['a lynx', 'a mole', 'an otter'];
  expect((await earlierPrompts()).slice(0, 3)).toEqual(newest);
  expect((await allEarlierPrompts()).slice(0, 3)).toEqual(newest);
});

it('the first of some hundred prompts is offered too', async () => {
  for (let number = 1; number <= 300; number++) await run(`prompt ${number}`, 20 + number);
  expect((await earlierPrompts()).indexOf('prompt 1')).toBe(299);
  expect((await allEarlierPrompts()).indexOf('prompt 1')).toBe(299);
});
