import { describe, expect, it } from 'vitest';
import { againstMean, contrastOf } from './clustered';
import { fitDavidson } from './davidson';
import { fitJudgements, type Judged } from './judged-fit';
import type { JudgePair } from './next-pair';
import { allPairs, answerPairs, judgedPairs, seededNumbers } from './simulated-judge.setup';
import { studentQuantile } from './student';
import { verdictsOf } from './verdicts';

// Simulated experiments, seeded: a few of them here, a thousand of each kind in npm run test:long.

const isFull = Boolean(process.env.FULL_SIZE);
const strengths = [0.6, 0.2, -0.2, -0.6];
const values = strengths.length;

/** No answer decides about the next pair, so several experiments may share the order of theirs. */
function pairOrders(design: Parameters<typeof judgedPairs>[0]): (time: number) => JudgePair[] {
  const orders = Array.from({ length: isFull ? 25 : 3 }, () => judgedPairs(design));
  return (time) => orders[time % orders.length] as JudgePair[];
}

/** What share of the 95 % intervals holds the truth: those by block, and those by judgement. */
function coverage(design: { blocks: number; perBlock: number; spread: number; times: number }) {
  const { blocks, perBlock, spread, times } = design;
  const random = seededNumbers(blocks * 1000 + perBlock * 10 + spread);
  const truth = contrastsOf(answerPairs(allPairs(values, 3000), { strengths, spread, random }), 0);
  const orderOf = pairOrders({ values, blocks, count: blocks * perBlock, random });
  const held = { byBlock: 0, byJudgement: 0 };
  for (let time = 0; time < times; time++) {
    const pairs = orderOf(time);
    const { values: names, clustered } = fitJudgements(
      answerPairs(pairs, { strengths, spread, random }),
    );
    const t = studentQuantile(0.05, clustered.blocks - 1);
    for (const [number, name] of names.entries()) {
      const weights = againstMean(number, [...names.keys()]);
      const { estimate, variance, modelVariance } = contrastOf(clustered, weights);
      const error = Math.abs(estimate - (truth.get(name) as number));
      held.byBlock += Number(error <= t * Math.sqrt(variance));
      held.byJudgement += Number(error <= 1.96 * Math.sqrt(modelVariance));
    }
  }
  return { byBlock: held.byBlock / times / values, byJudgement: held.byJudgement / times / values };
}

/** The strengths of a whole population against their mean: without ½ wins, in very many blocks. */
function contrastsOf(judged: readonly Judged[], pseudo: number): Map<string, number> {
  const compared = judged.map(({ left, right, answer }) => ({
    left: Number(left.value),
    right: Number(right.value),
    outcomes: [Number(answer === 'left'), Number(answer === 'right'), Number(answer === 'tie')] as [
      number,
      number,
      number,
    ],
  }));
  const fit = fitDavidson(compared, { values, pseudo });
  const mean = fit.strengths.reduce((sum, strength) => sum + strength) / values;
  return new Map(fit.strengths.map((strength, value) => [String(value), strength - mean]));
}

/** How often a preference was told at any look within so many judgements, and how often a wrong one. */
function claims(design: {
  strengths: readonly number[];
  blocks: number;
  spread: number;
  within: number;
  times: number;
}) {
  const { blocks, spread, within, times } = design;
  const random = seededNumbers(blocks * 7 + within);
  const told = { any: 0, wrong: 0, judgements: 0 };
  const count = design.strengths.length;
  const orderOf = pairOrders({ values: count, blocks, count: within, random });
  for (let time = 0; time < times; time++) {
    const judged = answerPairs(orderOf(time), { strengths: design.strengths, spread, random });
    for (let after = 30; after <= within; after += 10) {
      const preferred = verdictsOf(judged.slice(0, after))?.pairs.filter(
        (pair) => pair.isPreferred,
      );
      if (!preferred?.length) continue;
      told.any++;
      told.judgements += after;
      // A value with a lower number is stronger.
      if (preferred.some(({ first, second }) => first > second)) told.wrong++;
      break;
    }
  }
  return { any: told.any / times, wrong: told.wrong / times, after: told.judgements / told.any };
}

const note = (name: string, figures: object) => {
  if (isFull) console.log(`${name}: ${JSON.stringify(figures)}`);
};

describe('95 % intervals', () => {
  const designs = isFull
    ? [0, 0.5, 1].flatMap((spread) =>
        [3, 6, 12, 24].flatMap((blocks) =>
          [6, 18].map((perBlock) => ({ spread, blocks, perBlock, times: 1000 })),
        ),
      )
    : [
        { spread: 0, blocks: 6, perBlock: 6, times: 100 },
        { spread: 1, blocks: 12, perBlock: 18, times: 100 },
      ];
  // A hundred experiments tell a share less exactly than a thousand.
  const [low, high] = isFull ? [0.93, 0.99] : [0.9, 1];

  it.each(designs)(
    'hold: $blocks blocks, $perBlock judgements each, spread $spread',
    (design) => {
      const { byBlock, byJudgement } = coverage(design);
      note(`${design.blocks} × ${design.perBlock}, spread ${design.spread}`, {
        byBlock,
        byJudgement,
      });
      expect(byBlock).toBeGreaterThanOrEqual(low as number);
      expect(byBlock).toBeLessThanOrEqual(high as number);
      // Where pictures differ and are judged often, judgements that count as independent mislead.
      if (design.spread === 1 && design.perBlock === 18) expect(byJudgement).toBeLessThan(0.88);
    },
    600_000,
  );
});

describe('a preference', () => {
  const times = isFull ? 1000 : 20;

  it.each(
    isFull
      ? [
          [3, 8, 0.7],
          [4, 12, 0.7],
          [4, 24, 0.7],
          [4, 8, 0],
          [6, 12, 0.7],
          // Few blocks agree by chance more often.
          [2, 4, 0],
          [4, 5, 0],
        ]
      : [[4, 12, 0.7]],
  )(
    'is seldom told of %i equal values in %i blocks, spread %f',
    (count, blocks, spread) => {
      const equal = new Array<number>(count).fill(0);
      const told = claims({ strengths: equal, blocks, spread, within: 240, times });
      note(`${count} equal values, ${blocks} blocks, spread ${spread}`, told);
      expect(told.any).toBeLessThanOrEqual(0.06);
    },
    600_000,
  );

  it('is found between values that are 2 apart', () => {
    const apart = [1, 1 / 3, -1 / 3, -1];
    const told = claims({ strengths: apart, blocks: 24, spread: 0.7, within: 300, times });
    note('2 apart', told);
    expect(told.any).toBeGreaterThanOrEqual(0.9);
    expect(told.wrong).toBeLessThanOrEqual(0.01);
  }, 600_000);
});
