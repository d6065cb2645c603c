import { inverse, type Matrix, timesVector, zeros } from './matrix';

/** How often the left one of two values won, how often the right one, and how often neither did. */
export interface Compared {
  /** Numbers of values. */
  left: number;
  right: number;
  outcomes: readonly [leftWins: number, rightWins: number, ties: number];
}

/** The model of Davidson (1970, JASA 65, 317–328) with an effect of standing on the left, fitted. */
export interface DavidsonFit {
  /** The strength λ of each value, a log odds. Only differences between strengths mean something. */
  strengths: number[];
  /** δ, the log odds that the left one of two equal values is preferred; 0 where it is not fitted. */
  leftEffect: number;
  /** τ: e^τ is how often two equal values tie, for each that one of them wins; −∞ without ties. */
  logTie: number;
  layout: Layout;
  /** The strengths, then δ, then τ, as far as they are fitted. */
  parameters: number[];
  /** Of the negative log-likelihood: the covariance if all judgements were independent. */
  inverseHessian: Matrix;
}

/** Where the parameters stand that are no strengths; undefined where they are not fitted. */
interface Layout {
  leftEffect?: number;
  tie?: number;
  size: number;
}

const mostSteps = 100;
const smallestStep = 1e-10;

/**
 * The most likely parameters, by Newton's method: of the weights e^(λl+δ) for a win of the left one, e^λr
 * for one of the right one and e^(τ+(λl+λr+δ)/2) for a tie, each is as likely as its share of the three.
 * The log-likelihood is concave.
 * @param values how many values there are
 * @param pseudo how many wins and losses of each parameter against 0 are added: with ½ a value that
 * never lost stays finite, and few judgements are less biased. With 0 the strengths add up to 0, and a
 * finite maximum is the caller's to ensure.
 */
export function fitDavidson(
  compared: readonly Compared[],
  {
    values,
    pseudo = 0.5,
    hasLeftEffect = true,
    hasTies = true,
  }: { values: number; pseudo?: number; hasLeftEffect?: boolean; hasTies?: boolean },
): DavidsonFit {
  const layout: Layout = {
    ...(hasLeftEffect && { leftEffect: values }),
    ...(hasTies && { tie: values + Number(hasLeftEffect) }),
    size: values + Number(hasLeftEffect) + Number(hasTies),
  };
  const totals = sumPairs(compared, values);
  const evaluate = (parameters: readonly number[]) => {
    const at = evaluateLikelihood(totals, parameters, layout);
    if (pseudo > 0) addPseudo(at, parameters, pseudo);
    else fixSum(at, parameters, values);
    return at;
  };
  let parameters = new Array<number>(layout.size).fill(0);
  let here = evaluate(parameters);
  for (let step = 0; step < mostSteps; step++) {
    const change = timesVector(inverse(here.hessian), here.gradient);
    let share = 1;
    const next = () => parameters.map((value, index) => value + share * (change[index] as number));
    let there = evaluate(next());
    // A step that goes too far is halved.
    while (there.logLikelihood < here.logLikelihood - 1e-9 && share > 1e-6) {
      share /= 2;
      there = evaluate(next());
    }
    parameters = next();
    here = there;
    if (Math.max(...change.map(Math.abs)) < smallestStep) break;
  }
  const { leftEffect, tie } = layout;
  return {
    strengths: parameters.slice(0, values),
    leftEffect: leftEffect === undefined ? 0 : (parameters[leftEffect] as number),
    logTie: tie === undefined ? Number.NEGATIVE_INFINITY : (parameters[tie] as number),
    layout,
    parameters,
    inverseHessian: inverse(here.hessian),
  };
}

/**
 * Adds the derivative of the log-likelihood of a comparison, by each parameter, to a score. It remembers
 * the chances of each two values, as thousands of judgements are of few of them.
 */
export function scoreAdder(fit: DavidsonFit): (score: number[], compared: Compared) => void {
  const known = new Map<number, Chances>();
  return (score, compared) => {
    const key = compared.left * fit.layout.size + compared.right;
    const pair = known.get(key) ?? outcomeChances(compared, fit.parameters, fit.layout);
    known.set(key, pair);
    addGradient(score, pair, compared.outcomes);
  };
}

/** The outcomes of each two values on the same sides, summed: all that the likelihood depends on. */
function sumPairs(compared: readonly Compared[], values: number): Compared[] {
  const sums = new Map<number, Compared>();
  for (const { left, right, outcomes } of compared) {
    const key = left * values + right;
    const [leftWins, rightWins, ties] = sums.get(key)?.outcomes ?? [0, 0, 0];
    sums.set(key, {
      left,
      right,
      outcomes: [leftWins + outcomes[0], rightWins + outcomes[1], ties + outcomes[2]],
    });
  }
  return [...sums.values()];
}

interface Likelihood {
  logLikelihood: number;
  gradient: number[];
  /** Of the negative log-likelihood. */
  hessian: Matrix;
}

/** One number for a win of the left one, one for a win of the right one, one for a tie. */
type OfOutcomes = readonly [number, number, number];

/** A parameter, and how much of it is in the log weight of each outcome. */
type Term = readonly [parameter: number, shares: OfOutcomes];

/** What the outcomes of two values depend on, and how likely each is. */
interface Chances {
  terms: readonly Term[];
  chances: OfOutcomes;
}

function evaluateLikelihood(
  compared: readonly Compared[],
  parameters: readonly number[],
  layout: Layout,
): Likelihood {
  const gradient = new Array<number>(layout.size).fill(0);
  const hessian = zeros(layout.size);
  let logLikelihood = 0;
  for (const one of compared) {
    const { terms, chances } = outcomeChances(one, parameters, layout);
    const { outcomes } = one;
    const total = outcomes[0] + outcomes[1] + outcomes[2];
    for (const [index, times] of outcomes.entries()) {
      if (times > 0) logLikelihood += times * Math.log(chances[index] as number);
    }
    addGradient(gradient, { terms, chances }, outcomes);
    for (const [parameter, shares] of terms) {
      const row = hessian[parameter] as number[];
      const mean = expected(shares, chances);
      for (const [other, otherShares] of terms) {
        const product = expected(shares, chances, otherShares);
        (row[other] as number) += total * (product - mean * expected(otherShares, chances));
      }
    }
  }
  return { logLikelihood, gradient, hessian };
}

function outcomeChances(
  { left, right }: Compared,
  parameters: readonly number[],
  { leftEffect, tie }: Layout,
): Chances {
  const terms: Term[] = [
    [left, [1, 0, 0.5]],
    [right, [0, 1, 0.5]],
  ];
  if (leftEffect !== undefined) terms.push([leftEffect, [1, 0, 0.5]]);
  if (tie !== undefined) terms.push([tie, [0, 0, 1]]);
  const logWeight = (outcome: 0 | 1 | 2) =>
    terms.reduce((sum, [at, shares]) => sum + (parameters[at] as number) * shares[outcome], 0);
  const tied = tie === undefined ? Number.NEGATIVE_INFINITY : logWeight(2);
  const largest = Math.max(logWeight(0), logWeight(1), tied);
  const [leftWin, rightWin, tieWeight] = [logWeight(0), logWeight(1), tied].map((weight) =>
    Math.exp(weight - largest),
  ) as [number, number, number];
  const total = leftWin + rightWin + tieWeight;
  return { terms, chances: [leftWin / total, rightWin / total, tieWeight / total] };
}

// Written out, as it is most of the work.
const expected = (shares: OfOutcomes, chances: OfOutcomes, times: OfOutcomes = [1, 1, 1]): number =>
  shares[0] * chances[0] * times[0] +
  shares[1] * chances[1] * times[1] +
  shares[2] * chances[2] * times[2];

function addGradient(gradient: number[], { terms, chances }: Chances, outcomes: OfOutcomes): void {
  const total = outcomes[0] + outcomes[1] + outcomes[2];
  for (const [parameter, shares] of terms) {
    (gradient[parameter] as number) +=
      expected(shares, outcomes) - total * expected(shares, chances);
  }
}

/** Adds so many wins and losses of each parameter against 0 (log-F penalty). */
function addPseudo(at: Likelihood, parameters: readonly number[], times: number): void {
  for (const [index, value] of parameters.entries()) {
    const chance = 1 / (1 + Math.exp(-value));
    const size = Math.abs(value);
    at.logLikelihood -= times * (size + 2 * Math.log1p(Math.exp(-size)));
    (at.gradient[index] as number) += times * (1 - 2 * chance);
    const row = at.hessian[index] as number[];
    (row[index] as number) += times * 2 * chance * (1 - chance);
  }
}

/** Holds the sum of the strengths at 0, which no comparison says anything about. */
function fixSum(at: Likelihood, parameters: readonly number[], values: number): void {
  const sum = parameters.slice(0, values).reduce((total, value) => total + value, 0);
  at.logLikelihood -= sum ** 2 / 2;
  for (let index = 0; index < values; index++) {
    (at.gradient[index] as number) -= sum;
    const row = at.hessian[index] as number[];
    for (let other = 0; other < values; other++) (row[other] as number) += 1;
  }
}
