import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../endpoints/chat/answer';
import { type AnswerStateEvent, apply, reduceAnswer, reopenedAnswer } from './answer-state';
import { createAnswer, picturesOfMessage, shownParts, textOfAnswer } from './message';

const request = {
  fields: { model: 'm' },
  systemPrompt: '',
  pictures: [],
  picturesAs: 'blocks' as const,
};
const fresh = createAnswer({ id: 'a', conversation: 'c', parent: 'u', now: 1000, request });
const told = (events: ChatEvent[]) => events.reduce(apply, fresh);
const text = (words: string): ChatEvent => ({ type: 'text-delta', text: words });
const said = (events: ChatEvent[], isFirst = false): AnswerStateEvent => ({
  type: 'said',
  events,
  isFirst,
});
const writing = { prefix: '', alphabet: 'base64', isPadded: true } as const;
const picture: ChatEvent = {
  type: 'picture',
  picture: { hash: 'h', byteLength: 3, header: undefined },
  writing,
  block: {},
};
const field = (name: string, value: unknown): ChatEvent => ({
  type: 'message-field',
  name,
  value,
  lifted: {},
});
const trouble = {
  kind: 'broken_off' as const,
  status: null,
  code: null,
  message: '',
  retryAfterSeconds: null,
  requestId: null,
  mayBeCharged: true,
};

describe('an answer', () => {
  it('is text and pictures in the order in which they come', () => {
    const { parts } = told([text('a'), text('b'), picture, text('c')]);
    expect(parts.map((part) => (part.kind === 'text' ? part.text : part.kind))).toEqual([
      'ab',
      'picture',
      'c',
    ]);
    expect(textOfAnswer({ parts, fields: {} })).toBe('abc');
  });

  it('keeps a text with fields of its own apart', () => {
    const { parts } = told([text('a'), { ...text('b'), fields: { s: 1 } } as ChatEvent, text('c')]);
    expect(parts).toEqual([
      { kind: 'text', text: 'a', fields: null },
      { kind: 'text', text: 'b', fields: { s: 1 } },
      { kind: 'text', text: 'c', fields: null },
    ]);
  });

  it('shows what is arriving until it is there, or nothing comes of it', () => {
    const arriving: ChatEvent[] = [
      text('a'),
      { type: 'arriving', bytes: 5 },
      { type: 'arriving', bytes: 9 },
    ];
    expect(told(arriving).parts[1]).toEqual({ kind: 'arriving', bytes: 9 });
    expect(told([...arriving, picture]).parts.map(({ kind }) => kind)).toEqual(['text', 'picture']);
    const unreadable = told([...arriving, { type: 'unreadable', data: '' }]);
    expect(unreadable.parts).toHaveLength(1);
    expect(unreadable.unreadable).toBe(1);
  });

  it('joins the deltas of a field; of anything else the last counts; a null takes nothing back', () => {
    const { fields } = told([
      field('thought_signature', 'ab'),
      field('thought_signature', 'cd'),
      field('thought_signature', null),
      field('details', [1]),
      field('details', [2]),
      field('refusal', null),
      field('__proto__', 'odd'),
    ]);
    expect(Object.entries(fields)).toEqual([
      ['thought_signature', 'abcd'],
      ['details', [2]],
      ['refusal', null],
      ['__proto__', 'odd'],
    ]);
  });

  it('has the words of a refusal, wherever the gateway put them', () => {
    const refused = told([field('refusal', 'I would '), field('refusal', 'rather not.')]);
    expect(textOfAnswer(refused)).toBe('I would rather not.');
    expect(shownParts(refused)).toEqual([
      { index: 0, part: { kind: 'text', text: 'I would rather not.', fields: null } },
    ]);
    expect(textOfAnswer(told([text('No.'), field('refusal', { odd: 1 })]))).toBe('No.');
  });

  it('is shown with texts that stand next to each other as one, pictures in their places', () => {
    const signedText = (words: string) => ({ ...text(words), fields: { index: 0 } }) as ChatEvent;
    const answer = told([signedText('a '), signedText('dog'), picture, text('')]);
    expect(answer.parts).toHaveLength(4);
    expect(shownParts(answer)).toEqual([
      { index: 0, part: { kind: 'text', text: 'a dog', fields: null } },
      { index: 2, part: answer.parts[2] },
    ]);
    expect(shownParts(fresh)).toEqual([]);
  });

  it('keeps why it ended, what it cost, and what was wrong', () => {
    const envelope = { error: { message: 'm', type: 't', param: null, code: null } };
    const ended = told([
      { type: 'finish', reason: 'stop' },
      { type: 'usage', usage: { total_tokens: 3 } },
      { type: 'error', envelope },
    ]);
    expect(ended).toMatchObject({
      finishReason: 'stop',
      usage: { total_tokens: 3 },
      error: envelope.error,
    });
  });

  it('needs the files that it shows, and those in places of their own', () => {
    const lifted = { t: { hash: 'g', writing, byteLength: 3 } };
    const block: ChatEvent = { type: 'block', block: { a: 't' }, lifted };
    expect(picturesOfMessage(told([picture, block, picture]))).toEqual(['h', 'g']);
  });
});

describe('the life of an answer', () => {
  const reduce = (events: AnswerStateEvent[]) => events.reduce(reduceAnswer, fresh);

  it('begins anew when it is read from its beginning, and not before', () => {
    const first = reduce([said([text('hello')], true), said([text('!')])]);
    expect(textOfAnswer(first)).toBe('hello!');
    expect(textOfAnswer(reduceAnswer(first, said([text('h')], true)))).toBe('h');
  });

  it('keeps what has arrived when it is stopped or breaks off, and says what did not', () => {
    const begun = [said([text('a'), { type: 'arriving', bytes: 3 }])];
    for (const [end, state] of [
      [{ type: 'cancel', now: 2000 }, 'cancelled'],
      [{ type: 'trouble', trouble, durationMs: 1 }, 'failed'],
    ] as const) {
      const ended = reduce([...begun, end]);
      expect(ended.state).toBe(state);
      expect(ended.parts).toEqual([
        { kind: 'text', text: 'a', fields: null },
        { kind: 'unusable', reason: 'broken_off', mediaType: null },
      ]);
      expect(reduceAnswer(ended, said([text('late')]))).toBe(ended);
    }
  });

  it('fails for the reason that the gateway gave in its midst', () => {
    const error = { message: 'no', type: 't', param: null, code: 'contentFilter' };
    const news = said([text('a'), { type: 'error', envelope: { error } }]);
    for (const end of [
      { type: 'trouble', trouble, durationMs: 1 },
      { type: 'end', durationMs: 1 },
    ] as const) {
      const { state, trouble: found } = reduce([news, end]);
      expect(state).toBe('failed');
      expect(found).toMatchObject({ kind: 'prompt_refused', message: 'no', mayBeCharged: true });
    }
  });

  it('fails as the server has it where the server itself ended the stream', () => {
    const error = { message: 'cut', type: 't', param: null, code: 'upstream_invalid_answer' };
    const news = said([text('a'), { type: 'error', envelope: { error } }]);
    expect(reduce([news, { type: 'trouble', trouble, durationMs: 1 }]).trouble).toBe(trouble);
  });

  it('learns of a picture that it can be seen through, though it has ended', () => {
    const ended = reduce([said([picture, text('a')]), { type: 'end', durationMs: 1 }]);
    const learnt = reduceAnswer(ended, { type: 'transparency', hash: 'h', isTransparent: true });
    expect(learnt.parts[0]).toMatchObject({ hash: 'h', isTransparent: true });
    expect(learnt.parts[1]).toBe(ended.parts[1]);
  });

  it('says nothing again when it is tried again', () => {
    const nextTry = { key: 'k', at: 5 };
    const paused = reduce([said([text('a')]), { type: 'pause', trouble, nextTry }]);
    expect(paused).toMatchObject({ state: 'pausing', parts: [], nextTry });
    expect(reduceAnswer(paused, { type: 'try-again' })).toMatchObject({ key: 'k', tries: 2 });
    const failed = reduce([said([text('a')]), { type: 'trouble', trouble, durationMs: null }]);
    expect(reopenedAnswer(failed)).toMatchObject({ state: 'queued', parts: [], key: 'a' });
  });
});
