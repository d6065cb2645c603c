import { expect, it } from 'vitest';
import { blocksOf, comparablePairs, type PlacedPicture } from './blocks';

const picture = (values: Record<string, string>, cell = JSON.stringify(values)): PlacedPicture => ({
  cell,
  picture: `hash of ${cell}`,
  values,
});

const pictures = ['red', 'blue'].flatMap((colour) =>
  ['one', 'two', 'three'].flatMap((model) =>
    ['1', '2'].map((repeat) => picture({ colour, model, repeat })),
  ),
);

it('a block is the pictures that agree in every other axis and in the repeat', () => {
  const blocks = blocksOf(pictures, 'model');
  expect(blocks).toHaveLength(4);
  for (const { pictures: inBlock } of blocks) {
    expect([...inBlock.keys()]).toEqual(['one', 'two', 'three']);
    expect(new Set([...inBlock.values()].map(({ values }) => values.colour)).size).toBe(1);
    expect(new Set([...inBlock.values()].map(({ values }) => values.repeat)).size).toBe(1);
  }
  expect(blocksOf(pictures, 'colour')).toHaveLength(6);
});

it('a block has the same name in whatever order its axes are written', () => {
  const turned = pictures.map((one) => ({
    ...one,
    values: Object.fromEntries(Object.entries(one.values).reverse()),
  }));
  const names = (all: PlacedPicture[]) => blocksOf(all, 'model').map(({ id }) => id);
  expect(names(turned)).toEqual(names(pictures));
});

it('a picture without another to compare it with makes no block', () => {
  expect(blocksOf(pictures.slice(0, 1), 'model')).toEqual([]);
  expect(blocksOf(pictures, 'shape')).toEqual([]);
});

it('what two values sent as one request is not compared with itself', () => {
  const shared = [picture({ v: 'a' }, 'same'), picture({ v: 'b' }, 'same'), picture({ v: 'c' })];
  expect(blocksOf(shared.slice(0, 2), 'v')).toEqual([]);
  const [block] = blocksOf(shared, 'v');
  expect(block && comparablePairs(block)).toEqual([
    ['a', 'c'],
    ['b', 'c'],
  ]);
});
