import { describe, expect, it } from 'vitest';
import { createAnswer } from '../chat/message';
import { emptyImageForm } from '../endpoints/image-form';
import { createEntry, type RunEntry, reduceEntry, withoutPicture } from '../runs/run-entry';
import { cardOfAdded, cardOfAnswer, cardOfRun, withColors } from './card';

const header = {
  format: 'jpeg',
  width: 300,
  height: 200,
  hasAlpha: false,
  orientation: 6,
} as const;
const picture = (hash: string) =>
  ({ kind: 'picture', hash, byteLength: 7, header: undefined }) as const;
const asked = createEntry({
  id: 'run',
  request: { model: 'maker', prompt: 'A Blue\nVase', n: 2 },
  form: emptyImageForm,
  now: 100,
  expectedMs: null,
});
const made = [
  { ...picture('a'), header },
  { ...picture('b'), isTransparent: true },
].reduce<RunEntry>(
  (entry, slot, index) => reduceEntry(entry, { type: 'picture', index, picture: slot }),
  asked,
);
const answer = createAnswer({
  id: 'answer',
  conversation: 'talk',
  parent: 'question',
  now: 200,
  request: {
    fields: { model: 'talker' },
    systemPrompt: '',
    pictures: [],
    picturesAs: 'blocks',
  },
});

describe('the card of a run', () => {
  it('holds what the gallery lists, and nothing that is not known', () => {
    expect(cardOfRun(made)).toEqual({
      id: 'run',
      at: 100,
      origin: 'generations',
      model: 'maker',
      state: 'queued',
      title: 'A Blue Vase',
      words: 'a blue vase maker',
      pictures: [
        {
          place: 0,
          hash: 'a',
          bytes: 7,
          width: 200,
          height: 300,
          format: 'jpeg',
          hasAlpha: false,
        },
        { place: 1, hash: 'b', bytes: 7, hasAlpha: true },
      ],
    });
  });

  it('leaves a removed picture out, and the others keep their places', () => {
    const { pictures } = cardOfRun(withoutPicture(made, 0, 1));
    expect(pictures.map(({ place, hash }) => [place, hash])).toEqual([[1, 'b']]);
  });

  it('is there for a failed run, without pictures', () => {
    const failed = cardOfRun(reduceEntry(asked, { type: 'cancel', now: 1 }));
    expect(failed).toMatchObject({ state: 'cancelled', pictures: [] });
  });

  it('is found by the names of an edit’s references', () => {
    const references = [{ ...picture('r'), name: 'Étude.png' }];
    const edit = { references, mask: null, parent: null };
    expect(cardOfRun({ ...made, endpoint: 'edits', edit })).toMatchObject({
      origin: 'edits',
      words: 'a blue vase maker etude.png',
    });
  });

  it('is there for a damaged record and for a run of which only the server told', () => {
    const damaged = { ...made, request: undefined, slots: null } as never;
    expect(cardOfRun(damaged)).toMatchObject({ model: null, title: '', words: '', pictures: [] });
  });
});

describe('the card of an answer', () => {
  const parts = [
    { kind: 'text', text: 'Here it is.', fields: null },
    { ...picture('draft'), block: { thought: true } },
    { ...picture('a'), block: {} },
  ] as never;

  it('is found by the question and the answer, and leaves out what was made on the way', () => {
    const card = cardOfAnswer(
      { ...answer, state: 'done', parts },
      { question: '青花瓷', said: ['Earlier'] },
    );
    expect(card).toMatchObject({
      id: 'answer',
      origin: 'chat',
      conversation: 'talk',
      model: 'talker',
      title: '青花瓷',
      words: '青花瓷 earlier here it is. talker',
      pictures: [{ place: 2, hash: 'a', bytes: 7 }],
    });
  });

  it('is there while the answer is under way and if it failed, not for text alone', () => {
    const of = (state: typeof answer.state) => cardOfAnswer({ ...answer, state }, { question: '' });
    expect(of('waiting')?.state).toBe('waiting');
    expect(of('failed')?.state).toBe('failed');
    expect(of('done')).toBeUndefined();
  });
});

describe('the card of an added picture', () => {
  it('is called as its file', () => {
    const card = cardOfAdded({ hash: 'h', byteLength: 9, header, name: 'Sketch.JPG' }, 5);
    expect(card).toMatchObject({
      id: 'added/h',
      at: 5,
      origin: 'added',
      model: null,
      title: 'Sketch.JPG',
      words: 'sketch.jpg',
      pictures: [{ place: 0, hash: 'h', bytes: 9, format: 'jpeg' }],
    });
  });
});

describe('the mean colour', () => {
  it('stays when the card is derived anew', () => {
    const before = withColors(cardOfRun(made), new Map([['b', '#102030']]));
    const { pictures } = withColors(
      cardOfRun(made),
      new Map(before.pictures.map(({ hash, color }) => [hash, color])),
    );
    expect(pictures.map(({ color }) => color)).toEqual([undefined, '#102030']);
  });
});
