import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card } from './card';
import {
  filterKinds,
  isSearching,
  type PictureMark,
  pictureShape,
  type Search,
  searchTiles,
  withoutFilter,
} from './filters';
import { foldText } from './fold-text';
import { tilesOf } from './tiles';

const november = new Date(2026, 10, 28, 12).getTime();
const october = new Date(2026, 9, 28, 12).getTime();
const card = (id: string, text: string, change: Partial<Card> = {}): Card => ({
  id,
  at: november,
  origin: 'generations',
  model: 'maker',
  state: 'done',
  title: text,
  words: foldText(text),
  pictures: [{ place: 0, hash: id, bytes: 1, width: 300, height: 200 }],
  ...change,
});
const tiles = tilesOf([
  card('vase', 'A Blue Vase, 青花瓷'),
  card('fox', 'Blue fox 🦊', { model: 'painter', origin: 'chat' }),
  card('failed', 'no answer', { state: 'failed', pictures: [], at: october }),
  card('sketch', 'sketch.png', {
    origin: 'added',
    model: null,
    pictures: [{ place: 0, hash: 'sketch', bytes: 1, width: 10, height: 20 }],
  }),
]);
const marks: Record<string, PictureMark> = {
  fox: { isStarred: true, tags: ['Tiere'], collections: ['c1'] },
};
const search = (by: Search) =>
  searchTiles(tiles, by, { markOf: (hash) => marks[hash], now: november });
const found = (by: Search) => search(by).found.map((tile) => tile.card.id);

describe('a search', () => {
  it.each<[Search, string[]]>([
    [{}, ['vase', 'fox', 'failed', 'sketch']],
    [{ words: 'BLUE' }, ['vase', 'fox']],
    [{ words: 'vase blue' }, ['vase']],
    [{ words: '花' }, ['vase']],
    [{ words: '🦊' }, ['fox']],
    [{ words: 'tier blue' }, ['fox']],
    [{ words: 'nothing' }, []],
    [{ words: 'blue', model: 'painter' }, ['fox']],
    [{ origin: 'added' }, ['sketch']],
    [{ shape: 'tall' }, ['sketch']],
    [{ date: '2026-10' }, ['failed']],
    [{ date: 'today' }, ['vase', 'fox', 'sketch']],
    [{ date: '~2026-11-01', failed: 'yes' }, ['failed']],
    [{ date: 'whenever' }, []],
    [{ starred: 'yes' }, ['fox']],
    [{ failed: 'yes' }, ['failed']],
    [{ tag: 'Tiere', collection: 'c1' }, ['fox']],
    [{ model: 'gone' }, []],
  ])('for %j finds %j', (by, ids) => {
    expect(found(by)).toEqual(ids);
  });

  it('calls cells by the page of their experiment', () => {
    const cells = tilesOf([
      card('cell', 'a tin', { experiment: 'tins', origin: 'chat' }),
      card('set', 'a tin', { experiment: 'sent from a form' }),
      card('run', 'a tin'),
    ]);
    const madeOn = (id: string) => (id === 'tins' ? undefined : 'generations');
    const by = { markOf: () => undefined, now: november, madeOn };
    const { found, counts } = searchTiles(cells, { origin: 'experiments' }, by);
    expect(found.map((tile) => tile.card.id)).toEqual(['cell']);
    expect([...counts.origin].sort()).toEqual([
      ['experiments', 1],
      ['generations', 2],
    ]);
  });

  it('counts what each value would find', () => {
    const { counts } = search({ model: 'maker', words: 'blue' });
    expect([...counts.model]).toEqual([
      ['maker', 1],
      ['painter', 1],
    ]);
    expect([...counts.origin]).toEqual([['generations', 1]]);
  });

  const searches = fc.record(
    {
      words: fc.constantFrom('blue', '花', 'png', ''),
      model: fc.constantFrom('maker', 'painter'),
      origin: fc.constantFrom('chat', 'added', 'generations'),
      shape: fc.constantFrom('wide', 'tall'),
      starred: fc.constant('yes'),
      failed: fc.constant('yes'),
    },
    { requiredKeys: [] },
  );

  it('finds as many as were counted beside a value', () => {
    fc.assert(
      fc.property(searches, (by) => {
        const { counts } = search(by);
        for (const kind of filterKinds) {
          for (const [value, count] of counts[kind]) {
            expect(found({ ...by, [kind]: value })).toHaveLength(count);
          }
        }
      }),
    );
  });

  it('knows whether it leaves anything out', () => {
    expect(isSearching({ words: '  ' })).toBe(false);
    expect(isSearching({ failed: 'yes' })).toBe(true);
    expect(withoutFilter({ words: 'a', failed: 'yes' }, 'failed')).toEqual({ words: 'a' });
  });
});

describe('the shape of a picture', () => {
  it.each([
    [1024, 1024, 'square'],
    [1000, 1049, 'square'],
    [1536, 1024, 'wide'],
    [9, 16, 'tall'],
    [undefined, 5, undefined],
  ])('of %d × %d is %s', (width, height, shape) => {
    const picture = { place: 0, hash: '', bytes: 0, height, ...(width && { width }) };
    expect(pictureShape({ picture })).toBe(shape);
  });
});
