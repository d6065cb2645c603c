import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import { modelsFor } from '../models/lookup';
import { apply } from './answer-state';
import { emptyChatSettings } from './conversation';
import {
  type Answer,
  type ChatMessage,
  createAnswer,
  createUserMessage,
  type TurnRequest,
} from './message';
import { turnBody } from './turn-body';
import { broughtBack, planDraft, planPictures, planTurn, turnBase, utf8Bytes } from './turn-plan';

const header = { format: 'png', width: 1, height: 1, hasAlpha: false, orientation: 1 } as const;
const written = { prefix: 'data:image/png;base64,', alphabet: 'base64', isPadded: true } as const;
const base = {
  fields: { model: 'm', stream: true },
  systemPrompt: '',
  picturesAs: 'blocks',
} as const;
const sizes: Record<string, number> = {
  first: 3,
  second: 1000,
  third: 1001,
  fourth: 1002,
  deep: 8,
};
const picture = (hash: string) => ({ hash, byteLength: sizes[hash] ?? 0, header });
const user = (id: string, parent: string | null, text: string, hashes: string[] = []) =>
  createUserMessage({
    id,
    conversation: 'c',
    parent,
    now: 0,
    text,
    pictures: hashes.map((hash) => ({ ...picture(hash), id: hash, name: `${hash}.png` })),
  });
const answer = (id: string, parent: string, events: Parameters<typeof apply>[1][]): Answer =>
  events.reduce(
    apply,
    createAnswer({ id, conversation: 'c', parent, now: 0, request: { ...base, pictures: [] } }),
  );
const text = (words: string) => ({ type: 'text-delta' as const, text: words });
const image = (hash: string, writing: object = written) => ({
  type: 'picture' as const,
  picture: picture(hash),
  writing: { ...written, ...writing },
  block: { type: 'image_url', image_url: { url: '' }, thought_signature: 'ü'.repeat(500) },
});
const path = [
  user('u1', null, 'a', ['first']),
  answer('a1', 'u1', [text('x'), image('second'), image('third', { prefix: '', isPadded: false })]),
  user('u2', 'a1', '“狗” \n "b"'),
  answer('a2', 'u2', [
    text('only words'),
    { type: 'message-field', name: 'thought_signature', value: 'é"', lifted: {} },
    {
      type: 'block',
      block: { type: 'odd', data: 'token-0' },
      lifted: { 'token-0': { hash: 'deep', byteLength: 8, writing: written } },
    },
  ]),
  user('u3', 'a2', 'c', ['fourth']),
];

describe('what a turn carries', () => {
  const sentOf = (choices: Record<string, boolean> = {}) =>
    planPictures({ path, choices, takesPictures: true }).flatMap(({ hash, isSent }) =>
      isSent ? [hash] : [],
    );

  it('is what the message has, and the pictures of the latest one before it', () => {
    expect(sentOf()).toEqual(['second', 'third', 'fourth']);
    expect(planTurn({ path, choices: {}, base, takesPictures: true })).toMatchObject({
      sent: 3,
      leftOut: 1,
    });
  });

  it('is what the designer says', () => {
    expect(sentOf({ 'u1/0': true, 'a1/2': false, 'u3/0': false })).toEqual(['first', 'second']);
  });
});

it('leaves every picture out where the model takes none', () => {
  const plan = planTurn({ path, choices: { 'u1/0': true }, base, takesPictures: false });
  expect(plan).toMatchObject({ sent: 0, leftOut: 4 });
});

describe('what a turn weighs', () => {
  /** What is really written, with so many letters for a picture as its base64 has. */
  const weighed = (request: Parameters<typeof turnBody>[1], said: ChatMessage[]) => {
    const body = turnBody(said, request, 'nonce').map((piece) => {
      if (typeof piece === 'string') return piece;
      const base64 = Buffer.alloc(sizes[piece.hash] ?? 0).toString('base64');
      return piece.writing.prefix + (piece.writing.isPadded ? base64 : base64.replace(/=+$/, ''));
    });
    return Buffer.byteLength(body.join(''));
  };

  it.each([
    {},
    { 'u1/0': true },
    { 'a1/1': false, 'u3/0': false },
    { 'a1/1': false, 'a1/2': false },
    { 'u1/0': true, 'a1/2': false },
  ])('is what is written, to the byte: %j', (choices) => {
    for (const systemPrompt of ['', ' Be brief. ']) {
      const asked = { ...base, systemPrompt };
      const plan = planTurn({
        path,
        choices: choices as Record<string, boolean>,
        base: asked,
        takesPictures: true,
      });
      const sent = plan.pictures.filter(({ isSent }) => isSent).map(({ key }) => key);
      expect(plan.bytes).toBe(weighed({ ...asked, pictures: sent }, path));
    }
  });

  it('is so where pictures go as the designer’s own', () => {
    const asked = { ...base, picturesAs: 'user' as const };
    const plan = planTurn({ path, choices: {}, base: asked, takesPictures: true });
    const sent = plan.pictures.filter(({ isSent }) => isSent).map(({ key }) => key);
    expect(plan.bytes).toBe(weighed({ ...asked, pictures: sent }, path));
  });

  it('grows by what is typed', () => {
    const rest = { path: [], choices: {}, base, takesPictures: true };
    const draft = planDraft({
      ...rest,
      pictures: path[0]?.role === 'user' ? path[0].pictures : [],
    });
    const sent = planTurn({ ...rest, path: [user('u1', null, 'ab狗', ['first'])] });
    const block = '{"type":"text","text":""},'.length;
    expect(sent.bytes).toBe(draft.bytes + block + utf8Bytes('ab狗'));
    expect(utf8Bytes('ab狗') - utf8Bytes('ab')).toBe(3);
  });
});

const [model, other] = modelsFor(catalogue, 'chat');
if (!model || !other) throw new Error('There are two models that converse.');
const asked = (id: string, picturesAs: TurnRequest['picturesAs']): TurnRequest => ({
  fields: { model: id },
  systemPrompt: '',
  pictures: [],
  picturesAs,
});
const question = user('u', null, 'a');
const answerTo = (request: TurnRequest, events: Parameters<typeof apply>[1][] = []) =>
  events.reduce(apply, createAnswer({ id: 'a', conversation: 'c', parent: 'u', now: 0, request }));
const said = text('words');

describe('how the pictures of answers go', () => {
  const picturesAs = (path: Parameters<typeof turnBase>[0]) =>
    turnBase(path, emptyChatSettings, model).picturesAs;

  it('is as they came, until a model has refused them', () => {
    expect(picturesAs([])).toBe('blocks');
    expect(picturesAs([question, answerTo(asked(model.id, 'blocks'))])).toBe('blocks');
    expect(picturesAs([question, answerTo(asked(model.id, 'user')), question])).toBe('user');
  });

  it('is no affair of another model', () => {
    expect(picturesAs([question, answerTo(asked(other.id, 'user'))])).toBe('blocks');
  });
});

describe('what earlier answers bring back', () => {
  const writing = { prefix: '', alphabet: 'base64', isPadded: true } as const;
  const drawn = {
    type: 'picture' as const,
    picture: { hash: 'h', byteLength: 3, header: undefined },
    writing,
    block: {},
  };
  const field = { type: 'message-field' as const, name: 'signature', value: 'x', lifted: {} };
  const back = (events: Parameters<typeof apply>[1][], request: Partial<TurnRequest> = {}) => {
    const first = asked(model.id, 'blocks');
    return broughtBack([question, answerTo(first, events)], { ...first, ...request });
  };

  it('is words, or more', () => {
    expect(back([said])).toBe('words');
    expect(back([said, field])).toBe('fields');
    expect(back([{ ...said, fields: { signature: 'x' } }])).toBe('fields');
    expect(back([{ type: 'block', block: { type: 'odd' }, lifted: {} }])).toBe('fields');
    expect(back([said, drawn])).toBe('words');
    expect(back([said, drawn], { pictures: ['a/1'] })).toBe('pictures');
    expect(back([said, drawn], { pictures: ['a/1'], picturesAs: 'user' })).toBe('words');
  });
});
