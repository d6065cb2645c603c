import { contrastOf, difference, fewestBlocks } from './clustered';
import { fitJudgements, type Judged, type JudgedFit, withoutRepeats } from './judged-fit';
import { studentQuantile } from './student';

/** What may be said of two values, the stronger one first. */
export interface Verdict {
  first: string;
  second: string;
  /** Whether the first is preferred; else no difference is shown. */
  isPreferred: boolean;
  /**
   * If none is preferred: how many more judgements might show a difference, as far as it stays as large.
   * Undefined: more than three times as many as there are.
   */
  more?: number;
}

export interface Verdicts {
  /** After how many judgements they were worked out. */
  after: number;
  /** Of each two values that can be compared, the strongest pair first. */
  pairs: Verdict[];
  /** Whether pictures differ so much from block to block that more of them would tell more. */
  wantsPictures: boolean;
}

/**
 * With four equal values and a look every ten judgements, from 30 to 240, this level over all pairs is
 * passed wrongly in 2 to 4 % of experiments; 0.05 would be in two thirds of them.
 */
const claimLevel = 0.005;
const every = 10;
/** After how many judgements there are verdicts. */
export const firstVerdict = 30;

/**
 * The verdicts of one axis. They are worked out again every ten judgements only: a look after each one
 * would find more differences that are none.
 * @param judged the oldest first
 * @returns undefined before 30 judgements of 3 blocks, repeats not counted
 */
export function verdictsOf(judged: readonly Judged[]): Verdicts | undefined {
  const counted = withoutRepeats(judged);
  const after = Math.floor(counted.length / every) * every;
  if (after < firstVerdict) return undefined;
  const fit = fitJudgements(counted.slice(0, after));
  if (fit.clustered.blocks < fewestBlocks) return undefined;
  const pairs = comparedPairs(fit);
  const quantile = studentQuantile(claimLevel / pairs.length, fit.clustered.blocks - 1);
  const [leading] = pairs;
  return {
    after,
    pairs: pairs.map((pair) => verdictOf(fit, pair, quantile)),
    wantsPictures: leading !== undefined && isClustered(fit, leading),
  };
}

type Pair = readonly [stronger: number, weaker: number];

function comparedPairs({ values, among, clustered }: JudgedFit): Pair[] {
  const strength = (value: number) => clustered.fit.strengths[value] as number;
  const order = [...values.keys()].sort((one, other) => strength(other) - strength(one));
  return order.flatMap((stronger, place) =>
    order
      .slice(place + 1)
      .filter((weaker) => among[weaker] === among[stronger])
      .map((weaker): Pair => [stronger, weaker]),
  );
}

function verdictOf(fit: JudgedFit, [stronger, weaker]: Pair, quantile: number): Verdict {
  const contrast = contrastOf(fit.clustered, difference(stronger, weaker));
  const { estimate } = contrast;
  const pair = { first: fit.values[stronger] as string, second: fit.values[weaker] as string };
  // A few blocks may agree by chance, and then seem to vary less than their judgements can.
  const reach = quantile * Math.sqrt(Math.max(contrast.variance, contrast.modelVariance));
  if (estimate > reach) return { ...pair, isPreferred: true };
  const more = fit.judgements * ((reach / estimate) ** 2 - 1);
  const isReachable = more <= 3 * fit.judgements;
  return {
    ...pair,
    isPreferred: false,
    ...(isReachable && { more: Math.max(1, Math.ceil(more)) }),
  };
}

function isClustered(fit: JudgedFit, [stronger, weaker]: Pair): boolean {
  const { variance, modelVariance } = contrastOf(fit.clustered, difference(stronger, weaker));
  return variance > 2 * modelVariance;
}
