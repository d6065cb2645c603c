import { createHash } from 'node:crypto';

/** Repeatable random numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** A number from `from` (included) to `to` (excluded). */
  between(from: number, to: number): number;
  /** One of the values, each equally likely. */
  pick<T>(values: readonly [T, ...T[]]): T;
}

/** A random generator seeded by a text: mulberry32 over the text's SHA-256. */
export function seededRandom(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE();
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    between: (from, to) => from + next() * (to - from),
    pick: (values) => values[Math.floor(next() * values.length)] ?? values[0],
  };
}
