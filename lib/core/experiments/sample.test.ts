import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleCombinations } from './sample';
import { seededChance } from './seeded';

const lengths = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 });
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });

function usesOf(chosen: number[][], axis: number, length: number): number[] {
  const uses = Array.from({ length }, () => 0);
  for (const combination of chosen)
    uses[combination[axis] ?? 0] = (uses[combination[axis] ?? 0] ?? 0) + 1;
  return uses;
}

describe('a sample', () => {
  it('uses every value as often as every other or once more, however long it is', () => {
    fc.assert(
      fc.property(lengths, seeds, fc.integer({ min: 1, max: 80 }), (all, seed, count) => {
        const chosen = sampleCombinations(all, count, seed);
        for (const [axis, length] of all.entries()) {
          const uses = usesOf(chosen, axis, length);
          expect(Math.max(...uses) - Math.min(...uses)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('contains every shorter one, and none of its combinations twice', () => {
    fc.assert(
      fc.property(lengths, seeds, (all, seed) => {
        const total = all.reduce((product, length) => product * length, 1);
        const count = Math.min(60, total);
        const chosen = sampleCombinations(all, count, seed);
        expect(chosen).toHaveLength(count);
        expect(new Set(chosen.map(String)).size).toBe(count);
        const shorter = sampleCombinations(all, Math.ceil(count / 2), seed);
        expect(chosen.slice(0, shorter.length)).toEqual(shorter);
      }),
    );
  });

  it('of everything has everything', () => {
    const all = sampleCombinations([2, 3, 2], 99, 5).map(String);
    expect(all.sort()).toEqual(
      [0, 1].flatMap((a) => [0, 1, 2].flatMap((b) => [0, 1].map((c) => `${a},${b},${c}`))),
    );
  });

  it('is the same on every machine', () => {
    expect(sampleCombinations([2, 3, 3], 6, 42).map((one) => one.join(''))).toEqual([
      '012',
      '101',
      '020',
      '110',
      '002',
      '121',
    ]);
    expect(sampleCombinations([4, 4], 4, 7).map(String)).toEqual(['2,3', '1,0', '3,1', '0,2']);
  });

  it('of a space that nobody can count is as quick', () => {
    const huge = Array.from({ length: 20 }, () => 100);
    expect(sampleCombinations(huge, 50, 1)).toHaveLength(50);
  });
});

describe('seeded chance', () => {
  it('is the same on every machine', () => {
    const draw = (seed: number) => {
      const chance = seededChance(seed);
      return Array.from({ length: 5 }, () => chance(1000));
    };
    expect([draw(0), draw(1), draw(2 ** 32 - 1)]).toEqual([
      [266, 0, 223, 146, 467],
      [627, 2, 527, 981, 968],
      [896, 189, 715, 944, 845],
    ]);
  });

  it('is spread evenly', () => {
    const chance = seededChance(11);
    const uses = Array.from({ length: 10 }, () => 0);
    for (let turn = 0; turn < 10_000; turn++) {
      const drawn = chance(10);
      uses[drawn] = (uses[drawn] ?? 0) + 1;
    }
    for (const count of uses) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
