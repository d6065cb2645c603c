import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import { modelsFor } from '../models/lookup';
import { apply } from './answer-state';
import { createAnswer, createUserMessage, type TurnRequest } from './message';
import { emptyChatSettings } from './settings';
import { broughtBack, turnBase } from './turn-base';

const [model, other] = modelsFor(catalogue, 'chat');
if (!model || !other) throw new Error('There are two models that converse.');
const asked = (id: string, picturesAs: TurnRequest['picturesAs']): TurnRequest => ({
  fields: { model: id },
  systemPrompt: '',
  pictures: [],
  picturesAs,
});
const question = createUserMessage({
  id: 'u',
  conversation: 'c',
  parent: null,
  now: 0,
  text: 'a',
  pictures: [],
});
const answer = (request: TurnRequest, events: Parameters<typeof apply>[1][] = []) =>
  events.reduce(apply, createAnswer({ id: 'a', conversation: 'c', parent: 'u', now: 0, request }));
const text = { type: 'text-delta', text: 'words' } as const;

describe('how the pictures of answers go', () => {
  const picturesAs = (path: Parameters<typeof turnBase>[0]['path']) =>
    turnBase({ path, settings: emptyChatSettings, model }).picturesAs;

  it('is as they came, until a model has refused them', () => {
    expect(picturesAs([])).toBe('blocks');
    expect(picturesAs([question, answer(asked(model.id, 'blocks'))])).toBe('blocks');
    expect(picturesAs([question, answer(asked(model.id, 'user')), question])).toBe('user');
  });

  it('is no affair of another model', () => {
    expect(picturesAs([question, answer(asked(other.id, 'user'))])).toBe('blocks');
  });
});

describe('what earlier answers bring back', () => {
  const writing = { prefix: '', alphabet: 'base64', isPadded: true } as const;
  const picture = {
    type: 'picture' as const,
    picture: { hash: 'h', byteLength: 3, header: undefined },
    writing,
    block: {},
  };
  const field = { type: 'message-field' as const, name: 'signature', value: 'x', lifted: {} };
  const back = (events: Parameters<typeof apply>[1][], request: Partial<TurnRequest> = {}) => {
    const first = asked(model.id, 'blocks');
    return broughtBack({
      path: [question, answer(first, events)],
      request: { ...first, ...request },
    });
  };

  it('is words, or more', () => {
    expect(back([text])).toBe('words');
    expect(back([text, field])).toBe('fields');
    expect(back([{ ...text, fields: { signature: 'x' } }])).toBe('fields');
    expect(back([{ type: 'block', block: { type: 'odd' }, lifted: {} }])).toBe('fields');
    expect(back([text, picture])).toBe('words');
    expect(back([text, picture], { pictures: ['a/1'] })).toBe('pictures');
    expect(back([text, picture], { pictures: ['a/1'], picturesAs: 'user' })).toBe('words');
  });
});
