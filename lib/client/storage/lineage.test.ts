import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { createConversation } from '../../core/chat/conversation';
import { createAnswer, createUserMessage } from '../../core/chat/message';
import { emptyImageForm } from '../../core/endpoints/image-form';
import { createEntry } from '../../core/runs/run-entry';
import { createConversationHistory } from './conversations';
import { createConnection } from './database';
import { createHistory } from './history';
import { loadLineage } from './lineage';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const picture = (hash: string) => ({ hash, byteLength: 1, header: undefined });

function run(id: string, now: number, sources: string, result: string) {
  const references = [...sources].map((hash) => ({ ...picture(hash), name: hash }));
  const edit = references.length > 0 ? { references, mask: null, parent: null } : null;
  const request = { model: 'm', prompt: id };
  const entry = createEntry({ id, request, form: emptyImageForm, edit, now, expectedMs: null });
  return {
    ...entry,
    state: 'done' as const,
    slots: [{ kind: 'picture' as const, ...picture(result) }],
  };
}

function turn(conversation: string, source: string, result: string) {
  const place = { conversation, now: 5 };
  const question = createUserMessage({
    ...place,
    id: `${conversation}-question`,
    parent: null,
    text: `of ${source}`,
    pictures: [{ ...picture(source), id: source, name: source }],
  });
  const request = {
    fields: { model: 'm' },
    systemPrompt: '',
    pictures: [`${question.id}/0`],
    picturesAs: 'blocks' as const,
  };
  const answer = {
    ...createAnswer({ ...place, id: `${conversation}-answer`, parent: question.id, request }),
    state: 'done' as const,
    parts: [
      {
        kind: 'picture' as const,
        ...picture(result),
        block: {},
        writing: { prefix: '', alphabet: 'base64' as const, isPadded: true },
      },
    ],
  };
  return { question, answer };
}

it('finds what a picture was made of and what was made of it, across pages', async () => {
  const connection = createConnection();
  const history = createHistory(connection);
  const conversations = createConversationHistory(connection);
  for (const kept of [
    run('made', 1, '', 'a'),
    run('edited', 2, 'ax', 'b'),
    run('elsewhere', 3, 'y', 'z'),
  ]) {
    await history.saveRun(kept);
  }
  for (const name of ['talk', 'gone']) {
    const { question, answer } = turn(name, 'b', `of-${name}`);
    await conversations.saveConversation(createConversation(name, 4), [question]);
    await conversations.saveMessage(answer);
  }
  await conversations.removeConversation('gone', 9);

  const lineage = await loadLineage('b', connection);
  expect(lineage.madeBy?.id).toBe('edited');
  expect(lineage.before.map(({ id }) => id)).toEqual(['made']);
  expect(lineage.after.map(({ id }) => id)).toEqual(['talk-answer']);
  const { madeBy, before } = await loadLineage('of-talk', connection);
  expect([madeBy, ...before].map((making) => making?.prompt)).toEqual(['of b', 'edited', 'made']);
  expect(await loadLineage('unknown', connection)).toEqual({
    madeBy: undefined,
    before: [],
    after: [],
  });
});
