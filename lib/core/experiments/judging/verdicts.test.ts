import { describe, expect, it } from 'vitest';
import { judgement } from './judgements.setup';
import { verdictsOf } from './verdicts';

/** Judgements of two values, of which every so many goes to the weaker one. */
const judged = (count: number, weakerWinsEvery: number, blocks = 6) =>
  Array.from({ length: count }, (_, index) => {
    const isStrongLeft = index % 2 === 0;
    const isUpset = index % weakerWinsEvery === weakerWinsEvery - 1;
    return judgement(
      isStrongLeft ? 'strong weak' : 'weak strong',
      isStrongLeft !== isUpset ? 'left' : 'right',
      {
        block: String(index % blocks),
      },
    );
  });

describe('verdicts', () => {
  it('say that a value is preferred where the difference is clear', () => {
    expect(verdictsOf(judged(60, 7))).toMatchObject({
      after: 60,
      pairs: [{ first: 'strong', second: 'weak', isPreferred: true }],
    });
  });

  it('say how many more judgements might show a difference that is not clear', () => {
    const [pair] = verdictsOf(judged(40, 3, 20))?.pairs ?? [];
    expect(pair?.isPreferred).toBe(false);
    expect(pair?.more).toBeGreaterThan(0);
    expect(pair?.more).toBeLessThanOrEqual(120);
  });

  it('give no number where three times as many would not be enough', () => {
    const alike = Array.from({ length: 40 }, (_, index) =>
      judgement(index % 2 ? 'a b' : 'b a', index % 4 < 2 ? 'left' : 'right', {
        block: String(index % 6),
      }),
    );
    const [pair] = verdictsOf(alike)?.pairs ?? [];
    expect(pair).toMatchObject({ isPreferred: false });
    expect(pair).not.toHaveProperty('more');
  });

  it('are worked out every ten judgements, from 30, repeats not counted', () => {
    const all = judged(60, 7);
    expect(verdictsOf(all.slice(0, 29))).toBeUndefined();
    expect(verdictsOf(all.slice(0, 30))?.after).toBe(30);
    expect(verdictsOf(all.slice(0, 39))).toEqual(verdictsOf(all.slice(0, 30)));
    const repeats = all.slice(0, 3).map((one) => ({ ...one, repeatOf: '0' }));
    expect(verdictsOf([...repeats, ...all.slice(0, 27)])).toBeUndefined();
  });

  it('need three blocks', () => {
    const inTwo = judged(60, 7).map((one, index) => ({ ...one, block: String(index % 2) }));
    expect(verdictsOf(inTwo)).toBeUndefined();
  });

  it('never compare values that did not meet, not even through others', () => {
    const others = judged(60, 7).map((one) => ({
      ...one,
      left: { ...one.left, value: `${one.left.value} other` },
      right: { ...one.right, value: `${one.right.value} other` },
    }));
    const pairs = verdictsOf(
      judged(60, 7).flatMap((one, index) => [one, others[index] as typeof one]),
    )?.pairs;
    expect(pairs?.map(({ first, second }) => `${first}, ${second}`).sort()).toEqual([
      'strong other, weak other',
      'strong, weak',
    ]);
  });
});

describe('more pictures would tell more than more judgements', () => {
  it('where each block has a winner of its own', () => {
    const own = Array.from({ length: 60 }, (_, index) => {
      const block = index % 6;
      const isLeft = index % 12 < 6;
      const isStrong = block < 4;
      return judgement(isLeft ? 'a b' : 'b a', isStrong === isLeft ? 'left' : 'right', {
        block: String(block),
      });
    });
    expect(verdictsOf(own)?.wantsPictures).toBe(true);
  });

  it('not where the blocks are alike', () => {
    expect(verdictsOf(judged(60, 7))?.wantsPictures).toBe(false);
  });
});
