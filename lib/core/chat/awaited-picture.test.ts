import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import { awaitedAspect } from './awaited-picture';
import { type AnswerPart, createAnswer, createUserMessage, type TurnRequest } from './message';

const header = { format: 'png', width: 300, height: 200, hasAlpha: false, orientation: 1 } as const;
const writing = { prefix: '', alphabet: 'base64', isPadded: true } as const;
const picture: AnswerPart = {
  kind: 'picture',
  hash: 'a',
  byteLength: 1,
  header,
  writing,
  block: {},
};
const unread: AnswerPart = { ...picture, header: undefined };

function answer(fields: Partial<TurnRequest['fields']>, parts: AnswerPart[] = []) {
  const request: TurnRequest = {
    fields: { model: 'turing/gemini-3-pro-image', stream: true, ...fields },
    systemPrompt: '',
    pictures: [],
    picturesAs: 'blocks',
  };
  const own = { id: 'b', conversation: 'c', parent: 'a', now: 0 };
  return { ...createAnswer({ ...own, request }), parts };
}
const wide = { imageConfig: { aspectRatio: '16:9', imageSize: '1K' } };
const attached = { id: 'p', name: 'p.png', hash: 'p', byteLength: 1 };
const said = (size: { width: number; height: number; orientation?: number }) =>
  createUserMessage({
    ...{ id: 'u', conversation: 'c', parent: null, now: 0, text: '' },
    pictures: [{ ...attached, header: { ...header, orientation: 1, ...size } }],
  });

describe('the shape of a picture that is still to come', () => {
  it('is the one that was asked for', () => {
    expect(awaitedAspect(answer(wide), [], catalogue)).toBeCloseTo(16 / 9, 1);
    expect(awaitedAspect(answer(wide), [said({ width: 1, height: 2 })], catalogue)).toBeCloseTo(
      16 / 9,
      1,
    );
  });

  it('is else that of the last picture, as it is seen', () => {
    const path = [said({ width: 1, height: 2 }), answer({}, [picture, unread])];
    expect(awaitedAspect(answer({}), path, catalogue)).toBe(1.5);
    expect(awaitedAspect(answer({}), path.slice(0, 1), catalogue)).toBe(0.5);
    const turned = said({ width: 400, height: 300, orientation: 6 });
    expect(awaitedAspect(answer({}), [turned], catalogue)).toBe(0.75);
  });

  it('is none where there is nothing to go by', () => {
    expect(awaitedAspect(answer({}), [], catalogue)).toBeUndefined();
    expect(awaitedAspect(answer({ ...wide, model: 'unknown' }), [], catalogue)).toBeUndefined();
  });

  it('is none for words alone', () => {
    expect(awaitedAspect(answer({ ...wide, modalities: ['text'] }), [], catalogue)).toBeUndefined();
    expect(awaitedAspect(answer({ ...wide, modalities: ['image'] }), [], catalogue)).toBeDefined();
  });

  it.each<[string, AnswerPart, boolean]>([
    ['words', { kind: 'text', text: 'Drawing', fields: null }, true],
    ['an unknown block', { kind: 'other', block: {} }, true],
    ['a picture that is a thought', { ...picture, block: { thought: true } } as AnswerPart, true],
    ['a picture', picture, false],
    ['a picture that arrives', { kind: 'arriving', bytes: 5 }, false],
    ['a link', { kind: 'link', url: 'http://a.test/', host: 'a.test', block: {} }, false],
    ['one that is broken', { kind: 'unusable', reason: 'cut', mediaType: null }, false],
  ])('is there after %s: %#', (_, part, isAwaited) => {
    expect(awaitedAspect(answer(wide, [part]), [], catalogue) !== undefined).toBe(isAwaited);
  });
});
