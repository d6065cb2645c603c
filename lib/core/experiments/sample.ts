import { type SeededChance, seededChance } from './seeded';

/**
 * Chooses combinations of values by a seed, so that at each length every value of an axis was used as often
 * as every other, or once more. A longer sample contains each shorter one of its seed, and no combination
 * comes twice.
 *
 * Axis by axis: what is chosen of the axes before (A combinations) repeats after A steps. An axis whose
 * length divides A is shuffled anew for each of its rounds, and moved on by one value at each repetition of
 * the axes before. Any other goes round in one shuffled order, and moves on by one value when both would
 * begin anew together, after the least common multiple; by the Chinese remainder theorem no pair comes twice.
 * @param lengths how many values each axis has
 * @returns at most `count` combinations, as the index of a value on each axis
 */
export function sampleCombinations(
  lengths: readonly number[],
  count: number,
  seed: number,
): number[][] {
  const all = lengths.reduce((product, length) => product * length, 1);
  const steps = Math.min(count, all);
  const combinations = Array.from({ length: steps }, () => lengths.map(() => 0));
  // Long axes first: more of the others divide what is before them.
  const order = lengths.map((_, axis) => axis);
  order.sort((one, other) => (lengths[other] ?? 0) - (lengths[one] ?? 0));
  let before = 1;
  for (const axis of order) {
    const length = lengths[axis] ?? 1;
    const values = valuesOnAxis({ length, before, steps, chance: seededChance(seed + axis) });
    for (const [step, combination] of combinations.entries()) combination[axis] = values[step] ?? 0;
    before *= length;
  }
  return combinations;
}

function valuesOnAxis({
  length,
  before,
  steps,
  chance,
}: {
  length: number;
  before: number;
  steps: number;
  chance: SeededChance;
}): number[] {
  const values: number[] = [];
  const divides = before % length === 0;
  const order = shuffled(length, chance);
  const period = divides ? before : leastCommonMultiple(before, length);
  for (let step = 0; step < steps; step++) {
    const moved = Math.floor(step / period);
    const repeated = values[step - before * length];
    if (repeated !== undefined) values.push(repeated);
    else if (!divides) values.push(order[(step + moved) % length] ?? 0);
    else if (moved > 0) values.push(((values[step - before] ?? 0) + 1) % length);
    else {
      if (step % length === 0) order.splice(0, length, ...shuffled(length, chance));
      values.push(order[step % length] ?? 0);
    }
  }
  return values;
}

function shuffled(length: number, chance: SeededChance): number[] {
  const order = Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last--) {
    const drawn = chance(last + 1);
    [order[last], order[drawn]] = [order[drawn] ?? 0, order[last] ?? 0];
  }
  return order;
}

function leastCommonMultiple(one: number, other: number): number {
  let [a, b] = [one, other];
  while (b > 0) [a, b] = [b, a % b];
  return (one / a) * other;
}
