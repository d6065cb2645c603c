import { againstMean, contrastOf, fewestBlocks } from './clustered';
import { fitJudgements, type JudgedFit, withoutRepeats } from './judged-fit';
import type { Judgement } from './judgement';
import { studentQuantile } from './student';

/** How often a value won, lost and tied; "both bad" is not among the ties. */
export interface OutcomeCounts {
  wins: number;
  losses: number;
  ties: number;
  bad: number;
}

/** A share from 0 to 1, and an interval that holds it in 95 of 100 experiments. */
export interface SharePreferred {
  share: number;
  /** Undefined where there are fewer than three blocks. */
  interval?: readonly [low: number, high: number];
}

export interface ValueResult extends OutcomeCounts, SharePreferred {
  /** `share`: how often it is preferred to an average one of those with which it was compared. */
  value: string;
  /** How many of its pictures were judged. */
  pictures: number;
}

/** Two values that met: the outcomes as they are for the first. */
export interface PairCounts extends OutcomeCounts {
  first: string;
  second: string;
}

/** What the judgements of one axis say. */
export interface JudgedResults {
  /** How many there are, repeats not counted. */
  judgements: number;
  blocks: number;
  /** The judged values, the most preferred first. */
  values: ValueResult[];
  /** The pairs of values that met, in the order of the values. */
  pairs: PairCounts[];
  /** How often the left one of two equal pictures is preferred. */
  left: SharePreferred & {
    /** Whether that differs from one half, at 99.5 %. */
    isShown: boolean;
  };
  /** Whether some values never met, not even through others: these cannot be compared. */
  isSplit: boolean;
}

/** The results of judgements of one axis; undefined where there are none. */
export function resultsOf(judgements: readonly Judgement[]): JudgedResults | undefined {
  const counted = withoutRepeats(judgements);
  if (counted.length === 0) return undefined;
  const fit = fitJudgements(counted);
  const { blocks } = fit.clustered;
  const values = fit.values
    .map((value, number) => ({ ...valueCounts(counted, value), ...preferred(fit, number) }))
    .sort((one, other) => other.share - one.share);
  return {
    judgements: fit.judgements,
    blocks,
    values,
    pairs: pairCounts(
      counted,
      values.map(({ value }) => value),
    ),
    left: leftEffect(fit),
    isSplit: fit.among.some((group) => group !== fit.among[0]),
  };
}

function preferred(fit: JudgedFit, value: number): SharePreferred {
  return shareOf(fit, againstMean(value, fit.among[value] as number[]));
}

function leftEffect(fit: JudgedFit): JudgedResults['left'] {
  const { clustered } = fit;
  const weights = new Map([[clustered.fit.layout.leftEffect as number, 1]]);
  const { estimate, variance, modelVariance } = contrastOf(clustered, weights);
  if (clustered.blocks < fewestBlocks) return { share: logistic(estimate), isShown: false };
  // As with verdicts, a few blocks may agree by chance.
  const sure =
    studentQuantile(0.005, clustered.blocks - 1) ** 2 * Math.max(variance, modelVariance);
  return { ...shareOf(fit, weights), isShown: estimate ** 2 > sure };
}

function shareOf({ clustered }: JudgedFit, weights: ReadonlyMap<number, number>): SharePreferred {
  const { estimate, variance } = contrastOf(clustered, weights);
  if (clustered.blocks < fewestBlocks) return { share: logistic(estimate) };
  const reach = studentQuantile(0.05, clustered.blocks - 1) * Math.sqrt(variance);
  return {
    share: logistic(estimate),
    interval: [logistic(estimate - reach), logistic(estimate + reach)],
  };
}

const logistic = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));

function valueCounts(
  judgements: readonly Judgement[],
  value: string,
): OutcomeCounts & { value: string; pictures: number } {
  const own = judgements.filter(({ left, right }) => [left.value, right.value].includes(value));
  const cells = own.flatMap(({ left, right }) =>
    [left, right].filter((side) => side.value === value),
  );
  const pictures = new Set(cells.map(({ cell, picture }) => JSON.stringify([cell, picture]))).size;
  return { value, ...outcomesFor(own, value), pictures };
}

function pairCounts(judgements: readonly Judgement[], values: readonly string[]): PairCounts[] {
  const place = new Map(values.map((value, index) => [value, index] as const));
  const pairs = new Map<string, { first: string; second: string; own: Judgement[] }>();
  for (const one of judgements) {
    const [first, second] = [one.left.value, one.right.value].sort(
      (left, right) => (place.get(left) ?? 0) - (place.get(right) ?? 0),
    ) as [string, string];
    const key = JSON.stringify([first, second]);
    const pair = pairs.get(key) ?? { first, second, own: [] };
    pair.own.push(one);
    pairs.set(key, pair);
  }
  const order = ({ first, second }: { first: string; second: string }) =>
    (place.get(first) ?? 0) * values.length + (place.get(second) ?? 0);
  return [...pairs.values()]
    .sort((one, other) => order(one) - order(other))
    .map(({ first, second, own }) => ({ first, second, ...outcomesFor(own, first) }));
}

function outcomesFor(judgements: readonly Judgement[], value: string): OutcomeCounts {
  const counts = { wins: 0, losses: 0, ties: 0, bad: 0 };
  for (const { left, answer } of judgements) {
    if (answer === 'tie') counts.ties++;
    else if (answer === 'bad') counts.bad++;
    else if ((answer === 'left') === (left.value === value)) counts.wins++;
    else counts.losses++;
  }
  return counts;
}
