import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createConversation } from '../../core/chat/conversation';
import type { Answer } from '../../core/chat/message';
import { catalogue } from '../../core/models/catalogue';
import { modelsFor } from '../../core/models/lookup';
import { conversationHistory } from '../storage/conversations';
import { changeDraft, composerStore, findDraft } from './composer-store';
import {
  changeMessage,
  chatStore,
  conversationsStore,
  findConversation,
  findMessage,
  putConversations,
  putMessages,
} from './conversations-store';
import { changeSettings, chooseBranch, choosePicture } from './open-conversation';
import { editMessage, regenerate, sendMessage } from './send-message';

const started = vi.hoisted(() => [] as string[]);
vi.mock('./chat-runs', () => ({
  chatRuns: {
    start: (id: string, saving: Promise<void>) => saving.then(() => started.push(id)),
  },
}));

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  started.length = 0;
  chatStore.setState({ messages: {}, paths: {} });
  composerStore.setState({ drafts: {} });
  conversationsStore.setState({ conversations: [], openId: 'c' });
  putConversations([createConversation('c', 1)]);
  putMessages('c', []);
});

const path = () => (chatStore.getState().paths.c ?? []).map(({ id }) => findMessage(id));
const texts = () => path().map((message) => (message?.role === 'user' ? message.text : 'answer'));
const answers = () => path().filter((message) => message?.role === 'assistant') as Answer[];
const picture = (hash: string) => ({ hash, byteLength: 3, header: undefined });

function say(text: string, pictures: string[] = []) {
  const attached = pictures.map((hash) => ({ ...picture(hash), id: hash, name: hash }));
  changeDraft('c', () => ({ text, pictures: attached }));
  return sendMessage('c', catalogue);
}
/** Ends the newest answer with a picture. */
function answerWith(hash: string) {
  const writing = { prefix: '', alphabet: 'base64', isPadded: true } as const;
  const part = { kind: 'picture' as const, ...picture(hash), writing, block: {} };
  changeMessage<Answer>(answers().at(-1)?.id ?? '', (answer) => ({
    ...answer,
    state: 'done',
    parts: [part],
  }));
}

describe('a message', () => {
  it('is shown with its empty answer, kept, and then sent', async () => {
    expect(say('a dog')).toEqual([]);
    expect(texts()).toEqual(['a dog', 'answer']);
    expect(findDraft('c')).toEqual({ text: '', pictures: [] });
    expect(findConversation('c')?.title).toBe('a dog');
    expect(started).toEqual([]);
    await vi.waitFor(() => expect(started).toEqual([answers()[0]?.id]));
    expect((await conversationHistory.messages('c')).map(({ role }) => role).sort()).toEqual([
      'assistant',
      'user',
    ]);
  });

  it('goes as it was when it was sent, and what was written since then stays', () => {
    changeDraft('c', () => ({ text: 'a dog' }));
    const draft = findDraft('c');
    changeDraft('c', () => ({ text: 'a dog and a cat' }));
    expect(sendMessage('c', catalogue, draft)).toEqual([]);
    expect(texts()).toEqual(['a dog', 'answer']);
    expect(findDraft('c').text).toBe('a dog and a cat');
  });

  it('stays in the composer where it cannot be sent', () => {
    const [found] = say('  ');
    expect(found?.reason).toBe('message_empty');
    expect(findDraft('c').text).toBe('  ');
    expect(texts()).toEqual([]);
  });

  it('asks with the settings of now, for the pictures that it should carry', () => {
    const [, second] = modelsFor(catalogue, 'chat');
    say('one', ['mine']);
    answerWith('first');
    say('two');
    answerWith('second');
    const [one, two] = answers();
    choosePicture('c', `${one?.id}/0`, true);
    changeSettings('c', { model: second?.id ?? '', stream: false, systemPrompt: 'brief' });
    say('three');
    expect(one?.request.pictures).toEqual([expect.stringMatching(/\/0$/)]);
    expect(answers()[2]?.request).toMatchObject({
      fields: { model: second?.id, stream: false },
      systemPrompt: 'brief',
      pictures: [`${one?.id}/0`, `${two?.id}/0`],
      picturesAs: 'blocks',
    });
  });
});

describe('a branch', () => {
  const begin = () => {
    say('one');
    answerWith('x');
    say('two');
    answerWith('y');
  };

  it('stands beside what was edited, and the way back leads to where it was', () => {
    begin();
    const [first] = path();
    expect(editMessage(first?.id ?? '', { text: 'uno', pictures: [] }, catalogue)).toEqual([]);
    expect(texts()).toEqual(['uno', 'answer']);
    expect(chatStore.getState().paths.c?.[0]?.siblings).toHaveLength(2);
    chooseBranch(first?.id ?? '');
    expect(texts()).toEqual(['one', 'answer', 'two', 'answer']);
  });

  it('stands beside an answer that is asked for again', () => {
    begin();
    const [old] = answers();
    regenerate(old?.id ?? '', catalogue);
    expect(texts()).toEqual(['one', 'answer']);
    expect(answers()[0]?.id).not.toBe(old?.id);
    expect(answers()[0]?.parent).toBe(old?.parent);
    chooseBranch(old?.id ?? '');
    expect(texts()).toEqual(['one', 'answer', 'two', 'answer']);
    regenerate(answers()[1]?.id ?? '', catalogue, 'user');
    expect(answers()[1]?.request.picturesAs).toBe('user');
    answerWith('z');
    say('three');
    expect(answers()[2]?.request.picturesAs).toBe('user');
    regenerate(answers()[1]?.id ?? '', catalogue);
    expect(answers()[1]?.request.picturesAs).toBe('user');
  });

  it('is asked of the model that was asked, whatever comes first in the catalogue now', () => {
    say('one');
    answerWith('x');
    const asked = answers()[0]?.request.fields.model;
    const reversed = catalogue.toReversed();
    expect(modelsFor(reversed, 'chat')[0]?.id).not.toBe(asked);
    expect(regenerate(answers()[0]?.id ?? '', reversed)).toEqual([]);
    expect(answers()[0]?.request.fields.model).toBe(asked);
  });

  it('is not sent to another model in place of one that is gone', () => {
    say('one');
    answerWith('x');
    const asked = answers()[0]?.request.fields.model ?? '';
    const without = catalogue.filter(({ id }) => id !== asked);
    const gone = [expect.objectContaining({ reason: 'model_unknown' })];
    expect(regenerate(answers()[0]?.id ?? '', without)).toEqual(gone);
    changeSettings('c', { model: asked });
    expect(regenerate(answers()[0]?.id ?? '', without)).toEqual(gone);
    changeDraft('c', () => ({ text: 'two', pictures: [] }));
    expect(sendMessage('c', without)).toEqual(gone);
    expect(texts()).toEqual(['one', 'answer']);
  });
});
