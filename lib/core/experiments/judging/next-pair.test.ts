import { describe, expect, it } from 'vitest';
import { seededChance } from '../seeded';
import { blocksOf } from './blocks';
import { nextPair, type ShownPair } from './next-pair';
import { placedPictures } from './simulated-judge.setup';

const inOrder = (one: string, other: string) => [one, other].sort().join();

/** The pairs that one judge sees, one after the other. */
function show(blocks: ReturnType<typeof blocksOf>, count: number, seed = 1): ShownPair[] {
  const random = seededChance(seed);
  const shown: ShownPair[] = [];
  for (let number = 0; number < count; number++) {
    const pair = nextPair(blocks, shown, random);
    if (!pair) throw new Error('No pair was found.');
    const [left, right] = [pair.left, pair.right].map(({ values, picture }) => ({
      value: values.v as string,
      picture,
    }));
    shown.push({ ...pair, id: `${number}`, left, right } as ShownPair);
  }
  return shown;
}

const count = (keys: string[]) => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts.values()];
};
const spread = (counts: number[]) => Math.max(...counts) - Math.min(...counts);

describe('the pairs of 4 values in 5 blocks', () => {
  const shown = show(blocksOf(placedPictures(4, 5), 'v'), 100);
  const fresh = shown.filter(({ repeatOf }) => repeatOf === undefined);

  it('are judged equally often, and in each block too', () => {
    const pairs = fresh.map(({ left, right }) => inOrder(left.value, right.value));
    expect(count(pairs)).toHaveLength(6);
    expect(spread(count(pairs))).toBeLessThanOrEqual(1);
    const inBlocks = fresh.map(({ block }, index) => `${pairs[index]} ${block}`);
    expect(count(inBlocks)).toHaveLength(30);
    expect(spread(count(inBlocks))).toBeLessThanOrEqual(1);
  });

  it('have each value on the left equally often', () => {
    for (const value of ['0', '1', '2', '3']) {
      const sides = fresh.flatMap(({ left, right }) =>
        left.value === value ? [1] : right.value === value ? [-1] : [],
      );
      const lead = sides.reduce((sum, side) => sum + side, 0);
      expect(Math.abs(lead)).toBeLessThanOrEqual(3);
    }
  });

  it('repeat an earlier one with its sides swapped, as every tenth', () => {
    const repeats = shown.flatMap((pair, at) =>
      pair.repeatOf === undefined ? [] : [{ pair, at }],
    );
    expect(repeats.map(({ at }) => at + 1)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    for (const { pair, at } of repeats) {
      const earlier = shown[Number(pair.repeatOf)] as ShownPair;
      expect(at - Number(pair.repeatOf)).toBeGreaterThanOrEqual(8);
      expect(pair).toMatchObject({
        block: earlier.block,
        left: { value: earlier.right.value },
        right: { value: earlier.left.value },
      });
    }
    expect(new Set(repeats.map(({ pair }) => pair.repeatOf)).size).toBe(10);
  });
});

it('the same chance gives the same pairs, another chance others', () => {
  const blocks = blocksOf(placedPictures(4, 5), 'v');
  expect(show(blocks, 40)).toEqual(show(blocks, 40));
  expect(show(blocks, 40, 2)).not.toEqual(show(blocks, 40));
});

it('values that meet in one block only are judged as often as the others', () => {
  const some = placedPictures(3, 6).filter(({ values }) => values.v !== '2' || values.b === '0');
  const shown = show(blocksOf(some, 'v'), 9);
  expect(count(shown.map(({ left, right }) => inOrder(left.value, right.value)))).toEqual([
    3, 3, 3,
  ]);
});

it('a repeat whose picture is gone gives way to a new pair', () => {
  const shown = show(blocksOf(placedPictures(2, 4), 'v'), 9);
  const left = blocksOf(placedPictures(2, 4).slice(2), 'v');
  const gone = shown.map((pair) => ({ ...pair, block: '[["b","0"]]' }));
  expect(nextPair(left, gone, seededChance(1))).not.toHaveProperty('repeatOf');
});

it('a repeat shows the same pictures, not those of a cell that ran again', () => {
  const shown = show(blocksOf(placedPictures(2, 4), 'v'), 9);
  const again = placedPictures(2, 4).map((one) => ({ ...one, picture: `${one.picture} again` }));
  expect(nextPair(blocksOf(again, 'v'), shown, seededChance(1))).not.toHaveProperty('repeatOf');
});

it('there is none where nothing can be compared', () => {
  expect(nextPair([], [], seededChance(1))).toBeUndefined();
});
