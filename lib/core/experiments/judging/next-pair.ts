import type { SeededChance } from '../seeded';
import { type Block, comparablePairs, type PlacedPicture } from './blocks';
import type { Judgement } from './judgement';

/** What a judgement says of which pair was shown; the answer does not decide what comes next. */
export type ShownPair = Pick<Judgement, 'id' | 'block' | 'repeatOf'> & {
  left: Pick<Judgement['left'], 'value' | 'picture'>;
  right: Pick<Judgement['right'], 'value' | 'picture'>;
};

/** Two pictures to be shown. */
export interface JudgePair {
  block: string;
  left: PlacedPicture;
  right: PlacedPicture;
  /** The id of the earlier judgement of which this swaps the sides. */
  repeatOf?: string;
}

/** Every so many judgements one repeats an earlier pair, */
const repeatEvery = 10;
/** which is at least so many back. */
const repeatAfter = 8;

/**
 * The pair that a judge sees next: of the pairs of values judged least, in the block judged least for it,
 * then by chance; the value that stood on the left less often is on the left. Every tenth pair is an
 * earlier one with its sides swapped, to see how far the judge agrees with themselves.
 * @param shown all pairs of this judge and axis, the oldest first
 * @returns undefined where no two pictures can be compared
 */
export function nextPair(
  blocks: readonly Block[],
  shown: readonly ShownPair[],
  chance: SeededChance,
): JudgePair | undefined {
  const isRepeat = (shown.length + 1) % repeatEvery === 0;
  const repeated = isRepeat ? earlierPair(blocks, shown, chance) : undefined;
  return repeated ?? leastJudgedPair(blocks, shown, chance);
}

function earlierPair(
  blocks: readonly Block[],
  shown: readonly ShownPair[],
  chance: SeededChance,
): JudgePair | undefined {
  const repeated = new Set(shown.map(({ repeatOf }) => repeatOf));
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const pairs = shown
    .slice(0, Math.max(0, shown.length + 1 - repeatAfter))
    .filter(({ id, repeatOf }) => repeatOf === undefined && !repeated.has(id))
    .flatMap(({ id, block, left, right }) => {
      const now = ({ value, picture }: ShownPair['left']) => {
        const placed = byId.get(block)?.pictures.get(value);
        // A cell that ran again has another picture.
        return placed?.picture === picture ? placed : undefined;
      };
      const [nowLeft, nowRight] = [now(right), now(left)];
      return nowLeft && nowRight ? [{ block, left: nowLeft, right: nowRight, repeatOf: id }] : [];
    });
  return oneOf(pairs, chance);
}

function leastJudgedPair(
  blocks: readonly Block[],
  shown: readonly ShownPair[],
  chance: SeededChance,
): JudgePair | undefined {
  const counts = countShown(shown);
  const inBlocks = new Map<string, { values: [string, string]; blocks: Block[] }>();
  for (const block of blocks) {
    for (const values of comparablePairs(block)) {
      const known = inBlocks.get(pairKey(...values));
      if (known) known.blocks.push(block);
      else inBlocks.set(pairKey(...values), { values, blocks: [block] });
    }
  }
  const pair = oneOf(
    least([...inBlocks.values()], ({ values }) => counts.of(pairKey(...values))),
    chance,
  );
  if (!pair) return undefined;
  const [first, second] = pair.values;
  const block = oneOf(
    least(pair.blocks, ({ id }) => counts.of(pairKey(first, second, id))),
    chance,
  ) as Block;
  const lead = counts.of(leftKey(first)) - counts.of(leftKey(second));
  const isFirstLeft = lead === 0 ? chance(2) === 0 : lead < 0;
  const [one, other] = pair.values.map((value) => block.pictures.get(value) as PlacedPicture) as [
    PlacedPicture,
    PlacedPicture,
  ];
  const [left, right] = isFirstLeft ? [one, other] : [other, one];
  return { block: block.id, left, right };
}

/** How often each pair of values was shown, in all and in each block, and how much more on the left. */
function countShown(shown: readonly ShownPair[]): { of(key: string): number } {
  const counts = new Map<string, number>();
  const add = (key: string, by: number) => counts.set(key, (counts.get(key) ?? 0) + by);
  for (const { left, right, block, repeatOf } of shown) {
    if (repeatOf !== undefined) continue;
    add(pairKey(left.value, right.value), 1);
    add(pairKey(left.value, right.value, block), 1);
    add(leftKey(left.value), 1);
    add(leftKey(right.value), -1);
  }
  return { of: (key) => counts.get(key) ?? 0 };
}

const pairKey = (one: string, other: string, block?: string) =>
  JSON.stringify([...[one, other].sort(), block]);
const leftKey = (value: string) => JSON.stringify([value]);

function least<Item>(items: readonly Item[], countOf: (item: Item) => number): Item[] {
  const counts = items.map(countOf);
  const lowest = Math.min(...counts);
  return items.filter((_, index) => counts[index] === lowest);
}

const oneOf = <Item>(items: readonly Item[], chance: SeededChance): Item | undefined =>
  items[chance(items.length)];
