import { describe, expect, it } from 'vitest';
import type { Card, CardPicture } from './card';
import { removedTilesOf, stacked, tileAspect, tilesIn, tilesOf } from './tiles';

const picture = (place: number, size: Partial<CardPicture> = {}): CardPicture => ({
  place,
  hash: `hash-${place}`,
  bytes: 1,
  ...size,
});
const card = (id: string, change: Partial<Card> = {}): Card => ({
  id,
  at: 0,
  origin: 'generations',
  model: null,
  state: 'done',
  title: '',
  words: '',
  pictures: [],
  ...change,
});
const two = card('two', { pictures: [picture(0), picture(2)] });
const cards = [
  two,
  card('empty'),
  card('waiting', { state: 'waiting', pictures: [picture(0)] }),
  card('failed', { state: 'failed' }),
  card('stopped', { state: 'cancelled', pictures: [picture(1)] }),
];

describe('the tiles of cards', () => {
  it('are one for each picture, and one for a run that failed without any', () => {
    expect(tilesOf(cards).map(({ key, picture }) => [key, picture?.hash])).toEqual([
      ['two:0', 'hash-0'],
      ['two:2', 'hash-2'],
      ['failed:0', undefined],
      ['stopped:1', 'hash-1'],
    ]);
  });

  it('are, in Trash, those that were removed, and all of a removed run', () => {
    const removed = [{ ...picture(1), removedAt: 5 }];
    const keys = removedTilesOf([
      { ...two, removed, order: -1 },
      { ...two, id: 'whole', removed },
      card('failed', { state: 'failed' }),
    ]).map(({ key }) => key);
    expect(keys).toEqual(['two:1', 'whole:0', 'whole:1', 'whole:2', 'failed:0']);
  });

  it('are one for each run where they are stacked', () => {
    expect(stacked(tilesOf(cards)).map(({ key, pictures }) => [key, pictures.length])).toEqual([
      ['two:0', 2],
      ['failed:0', 0],
      ['stopped:1', 1],
    ]);
  });

  it('are one for each experiment where they are stacked, whatever stands between its runs', () => {
    const cell = (id: string) => card(id, { experiment: 'e', pictures: [picture(0)] });
    const found = stacked(tilesOf([cell('a'), two, cell('b')]));
    expect(found.map(({ key, pictures }) => [key, pictures.length])).toEqual([
      ['a:0', 2],
      ['two:0', 2],
    ]);
    // Each picture is still known by its own run.
    expect(found.flatMap(tilesIn).map(({ key }) => key)).toEqual(['a:0', 'b:0', 'two:0', 'two:2']);
  });
});

describe('the aspect of a tile', () => {
  it.each([
    [picture(0, { width: 300, height: 200 }), 1.5],
    [picture(0), 1],
    [null, 1],
    [picture(0, { width: 9000, height: 10 }), 3],
    [picture(0, { width: 10, height: 9000 }), 1 / 3],
    [picture(0, { width: 10, height: 0 }), 1],
  ])('of %j is %d', (seen, aspect) => {
    expect(tileAspect({ picture: seen })).toBe(aspect);
  });
});
