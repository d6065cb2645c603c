import { describe, expect, it } from 'vitest';
import { createAnswer, createUserMessage } from '../chat/message';
import { emptyImageForm } from '../endpoints/image-form';
import { createEntry } from '../runs/run-entry';
import { lineageOf, type Making, makingOfAnswer, makingOfRun } from './lineage';

const picture = (hash: string) => ({ hash, byteLength: 1, header: undefined });
const making = (id: string, at: number, sources: string, results: string): Making => ({
  id,
  endpoint: 'edits',
  at,
  prompt: id,
  sources: [...sources],
  results: [...results].map((hash, place) => ({ hash, place })),
});
const ids = (makings: readonly Making[]) => makings.map(({ id }) => id);

describe('makings', () => {
  it('are of a run with its references and pictures, removed ones left out', () => {
    const edit = {
      references: ['a', 'b', 'a'].map((hash) => ({ ...picture(hash), name: hash })),
      mask: { hash: 'mask', share: 1 },
      parent: null,
    };
    const request = { model: 'm', prompt: 'p' };
    const entry = createEntry({
      id: 'r',
      request,
      form: emptyImageForm,
      edit,
      now: 7,
      expectedMs: null,
    });
    const result = { kind: 'picture' as const, ...picture('c') };
    const removed = { kind: 'removed' as const, picture: result, at: 1 };
    expect(makingOfRun({ ...entry, slots: [removed, result] })).toEqual({
      id: 'r',
      endpoint: 'edits',
      at: 7,
      prompt: 'p',
      sources: ['a', 'b'],
      results: [{ hash: 'c', place: 1 }],
    });
  });

  it('are of an answer with the pictures that were sent along, whoever made them', () => {
    const place = { conversation: 'c', now: 1 };
    const attached = (hash: string) => ({ ...picture(hash), id: hash, name: hash });
    const request = {
      fields: { model: 'm' },
      systemPrompt: '',
      pictures: ['one/1', 'two/1'],
      picturesAs: 'blocks' as const,
    };
    const part = (hash: string, block = {}) => ({
      kind: 'picture' as const,
      ...picture(hash),
      block,
      writing: { prefix: '', alphabet: 'base64' as const, isPadded: true },
    });
    const text = { kind: 'text' as const, text: 'Here.', fields: null };
    const first = createUserMessage({
      ...place,
      id: 'one',
      parent: null,
      text: 'A bear',
      pictures: [attached('left'), attached('sent')],
    });
    const between = {
      ...createAnswer({ ...place, id: 'two', parent: 'one', request }),
      parts: [text, part('made')],
    };
    const last = createUserMessage({
      ...place,
      id: 'three',
      parent: 'two',
      text: 'A hat',
      pictures: [],
    });
    const answer = {
      ...createAnswer({ ...place, id: 'four', parent: 'three', request }),
      parts: [part('draft', { thought: true }), part('end')],
    };
    expect(makingOfAnswer(answer, [first, between, last])).toEqual({
      id: 'four',
      endpoint: 'chat',
      at: 1,
      prompt: 'A hat',
      sources: ['sent', 'made'],
      results: [{ hash: 'end', place: 1 }],
      conversation: 'c',
    });
  });
});

describe('lineageOf', () => {
  const chain = [
    making('third', 3, 'b', 'c'),
    making('first', 1, '', 'a'),
    making('second', 2, 'ax', 'b'),
    making('other', 4, 'b', 'd'),
    making('failed', 5, 'b', ''),
    making('strange', 6, 'z', 'y'),
  ];

  it('goes back to the beginning, and one step on', () => {
    const { madeBy, before, after } = lineageOf('b', chain);
    expect(madeBy?.id).toBe('second');
    expect(ids(before)).toEqual(['first']);
    expect(ids(after)).toEqual(['third', 'other']);
    expect(ids(lineageOf('c', chain).before)).toEqual(['second', 'first']);
  });

  it('has nothing before a picture that was added', () => {
    expect(lineageOf('x', chain)).toMatchObject({ madeBy: undefined, before: [] });
    expect(ids(lineageOf('x', chain).after)).toEqual(['second']);
  });

  it('takes the first of what made the same bytes, and ends in a circle', () => {
    const again = [...chain, making('again', 9, 'c', 'a')];
    expect(lineageOf('a', again).madeBy?.id).toBe('first');
    const circle = [making('one', 1, 'b', 'a'), making('two', 2, 'a', 'b')];
    expect(ids(lineageOf('a', circle).before)).toEqual(['two']);
    // A result that is its own source was not made there.
    expect(lineageOf('q', [making('same', 1, 'q', 'q')]).madeBy).toBeUndefined();
  });

  it('names a step once, by whichever way it is reached', () => {
    const diamond = [
      making('root', 1, '', 'r'),
      making('left', 2, 'r', 'l'),
      making('right', 3, 'r', 'm'),
      making('end', 4, 'lm', 'e'),
    ];
    expect(ids(lineageOf('e', diamond).before)).toEqual(['left', 'right', 'root']);
  });
});
