import type { PlacedPicture } from './blocks';
import { blocksOf } from './blocks';
import type { Judged } from './judged-fit';
import { type JudgePair, nextPair } from './next-pair';

// Experiments whose truth is known: a picture's strength is its value's plus what is its own, and a judge
// answers as the model says.

const leftEffect = 0.2;
const logTie = Math.log(0.7);

/** A generator of numbers from 0 up to 1 (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same as whole numbers below a limit. */
export const wholeNumbers = (random: () => number) => (limit: number) =>
  Math.floor(random() * limit);

/** Pictures of so many values in so many blocks; axis `v` is asked about. */
export function placedPictures(values: number, blocks: number): PlacedPicture[] {
  return Array.from({ length: values * blocks }, (_, index) => {
    const [v, b] = [String(index % values), String(Math.floor(index / values))];
    return { cell: `${v}/${b}`, picture: `${v}/${b}`, values: { v, b } };
  });
}

/** So many pairs in the order in which a judge would see them, without repeats. */
export function judgedPairs({
  values,
  blocks,
  count,
  random,
}: {
  values: number;
  blocks: number;
  count: number;
  random: () => number;
}): JudgePair[] {
  const comparable = blocksOf(placedPictures(values, blocks), 'v');
  const pairs: (JudgePair & { id: string; left: { value: string }; right: { value: string } })[] =
    [];
  let fresh = 0;
  while (fresh < count) {
    const pair = nextPair(comparable, pairs, wholeNumbers(random)) as JudgePair;
    const [left, right] = [pair.left, pair.right].map((picture) => ({
      ...picture,
      value: picture.values.v as string,
    })) as [PlacedPicture & { value: string }, PlacedPicture & { value: string }];
    pairs.push({ ...pair, left, right, id: String(pairs.length) });
    if (pair.repeatOf === undefined) fresh++;
  }
  return pairs.filter(({ repeatOf }) => repeatOf === undefined);
}

/** Every pair of every block once. */
export function allPairs(values: number, blocks: number): JudgePair[] {
  const pictures = placedPictures(values, blocks);
  return pictures.flatMap((left) =>
    pictures
      .slice(Number(left.values.b) * values, (Number(left.values.b) + 1) * values)
      .filter((right) => left.cell < right.cell)
      .map((right, index) => {
        const isSwapped = (index + Number(left.values.b) + Number(left.values.v)) % 2 === 0;
        const block = left.values.b as string;
        return isSwapped ? { block, left: right, right: left } : { block, left, right };
      }),
  );
}

/** What a judge answers to these pairs, whose pictures differ from their value's strength by `spread`. */
export function answerPairs(
  pairs: readonly JudgePair[],
  {
    strengths,
    spread,
    random,
  }: { strengths: readonly number[]; spread: number; random: () => number },
): Judged[] {
  const pictures = new Map<string, number>();
  const strengthOf = ({ cell, values }: PlacedPicture) => {
    const known = pictures.get(cell);
    if (known !== undefined) return known;
    const own = (strengths[Number(values.v)] as number) + spread * normalNumber(random);
    pictures.set(cell, own);
    return own;
  };
  return pairs.map(({ block, left, right }) => {
    const [one, other] = [strengthOf(left) + leftEffect, strengthOf(right)];
    const weights = [Math.exp(one), Math.exp(other), Math.exp(logTie + (one + other) / 2)] as const;
    const place = random() * (weights[0] + weights[1] + weights[2]);
    const answer = place < weights[0] ? 'left' : place < weights[0] + weights[1] ? 'right' : 'tie';
    const value = ({ values }: PlacedPicture) => ({ value: values.v as string });
    return { block, left: value(left), right: value(right), answer };
  });
}

/** A normally distributed number (Box and Muller). */
const normalNumber = (random: () => number) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
