import { expect, it } from 'vitest';
import { againstMean, clusterFit, contrastOf, difference } from './clustered';
import { type Compared, fitDavidson } from './davidson';

const once = (outcome: 0 | 1 | 2, block: string): Compared & { block: string } => ({
  left: 0,
  right: 1,
  outcomes: [Number(outcome === 0), Number(outcome === 1), Number(outcome === 2)] as [
    number,
    number,
    number,
  ],
  block,
});

// Two thirds are wins of the left value; without ties and a left effect the scores are a win's and a
// loss's distance from two thirds.
const wins = (block: string) => [once(0, block), once(0, block), once(1, block)];

it('sums the scores of each block before it squares them', () => {
  const alike = [...wins('a'), ...wins('b'), ...wins('c')];
  const unlike = alike.map((one) => ({ ...one, block: one.outcomes[0] ? 'a' : 'b' }));
  const options = { values: 2, pseudo: 0, hasLeftEffect: false, hasTies: false };
  const variances = [alike, unlike].map((compared) => {
    const fit = clusterFit(fitDavidson(compared, options), compared);
    return contrastOf(fit, difference(0, 1));
  });
  // Every block has the same share of wins: nothing varies between them.
  expect(variances[0]?.variance).toBeCloseTo(0, 9);
  // By hand: 9 × 2/3 × 1/3 = 2 is the information about the difference; each score is ±6 × 1/3, so the
  // variance is 2/1 × (2² + 2²) / 2² = 4.
  expect(variances[1]?.variance).toBeCloseTo(4, 9);
  expect(variances[0]?.modelVariance).toBeCloseTo(0.5, 9);
  expect(variances[0]?.estimate).toBeCloseTo(Math.log(2), 9);
});

it('has contrasts against the mean that add up to nothing', () => {
  const compared = [...wins('a'), ...wins('b'), once(2, 'c')];
  const fit = clusterFit(fitDavidson(compared, { values: 2 }), compared);
  const [one, other] = [0, 1].map((value) => contrastOf(fit, againstMean(value, [0, 1])));
  expect(one?.estimate).toBeCloseTo(-(other?.estimate as number), 12);
  expect(fit.blocks).toBe(3);
});
