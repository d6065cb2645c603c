import { type Compared, type DavidsonFit, scoreAdder } from './davidson';
import { dot, type Matrix, timesVector, zeros } from './matrix';

/** A weighted sum of a fit's parameters, and how sure it is. */
export interface Contrast {
  estimate: number;
  /** With judgements of one block counted as dependent on each other. */
  variance: number;
  /** As if all judgements were independent: the inverse Hessian's. */
  modelVariance: number;
}

/** How sure a fit is, if judgements are independent between blocks only. */
export interface ClusteredFit {
  fit: DavidsonFit;
  /** How many blocks were judged. Student's t has one degree of freedom less. */
  blocks: number;
  /** The sum over blocks of the products of a block's score with itself, × G/(G−1). */
  scatter: Matrix;
}

/** Fewer blocks than this say nothing of how much blocks differ. */
export const fewestBlocks = 3;

/**
 * The covariance of a fit by the scores of its blocks: sandwich with the correction G/(G−1) for G blocks.
 * Few pictures are judged again and again, and judgements of one picture depend on each other: without
 * this, an interval of 95 % holds as seldom as in 76 % of experiments.
 */
export function clusterFit(
  fit: DavidsonFit,
  compared: readonly (Compared & { block: string })[],
): ClusteredFit {
  const addScore = scoreAdder(fit);
  const scores = new Map<string, number[]>();
  for (const one of compared) {
    let score = scores.get(one.block);
    if (!score) {
      score = new Array<number>(fit.layout.size).fill(0);
      scores.set(one.block, score);
    }
    addScore(score, one);
  }
  const blocks = scores.size;
  const scatter = zeros(fit.layout.size);
  for (const score of scores.values()) {
    for (const [index, row] of scatter.entries()) {
      const own = ((score[index] as number) * blocks) / (blocks - 1);
      if (own === 0) continue;
      for (let other = 0; other < row.length; other++) {
        (row[other] as number) += own * (score[other] as number);
      }
    }
  }
  return { fit, blocks, scatter };
}

/** A contrast of a fit's parameters. Without three blocks its variance means nothing. */
export function contrastOf(
  { fit, scatter }: ClusteredFit,
  weights: ReadonlyMap<number, number>,
): Contrast {
  const all = fit.parameters.map((_, index) => weights.get(index) ?? 0);
  const spread = timesVector(fit.inverseHessian, all);
  return {
    estimate: dot(all, fit.parameters),
    variance: Math.max(0, dot(spread, timesVector(scatter, spread))),
    modelVariance: Math.max(0, dot(spread, all)),
  };
}

/** The weights of a value's strength against the mean of some values, of which it is one. */
export const againstMean = (value: number, among: readonly number[]): Map<number, number> =>
  new Map(among.map((other) => [other, Number(other === value) - 1 / among.length]));

/** The weights of the difference of two values' strengths. */
export const difference = (first: number, second: number): Map<number, number> =>
  new Map([
    [first, 1],
    [second, -1],
  ]);
