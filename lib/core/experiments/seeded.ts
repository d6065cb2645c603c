/** Whole numbers from 0 to below a limit, the same for the same seed on every machine. */
export type SeededChance = (limit: number) => number;

/**
 * A source of chance that a seed decides (the generator mulberry32, with whole 32-bit numbers only).
 * @param seed a whole number from 0 to 2³² − 1
 */
export function seededChance(seed: number): SeededChance {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    const drawn = (mixed ^ (mixed >>> 14)) >>> 0;
    return Math.floor((drawn / 2 ** 32) * limit);
  };
}
