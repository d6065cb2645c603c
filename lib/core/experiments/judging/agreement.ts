import { withoutRepeats } from './judged-fit';
import { type Judge, type Judgement, judgeKey } from './judgement';

/** How many of some pairs were answered alike. */
export interface AlikeShare {
  alike: number;
  pairs: number;
  /** Of the share, in which it lies in 95 of 100 cases; undefined without pairs. */
  interval?: readonly [low: number, high: number];
}

/** How far a judge agrees. */
export interface JudgeAgreement {
  judge: Judge;
  /** How many judgements they made, repeats not counted. */
  judgements: number;
  /** With themselves, about pairs that they saw again with the sides swapped. */
  withSelf: AlikeShare;
  /** With each other judge, about pairs that both saw. */
  withOthers: AlikeShare;
}

/**
 * How far the judges of one axis agree. Two answers are alike if they prefer the same picture, or both
 * none: "both bad" and a tie are alike, as they are in the fit.
 */
export function agreementOf(judgements: readonly Judgement[]): JudgeAgreement[] {
  const judges = new Map<string, { judge: Judge; all: Judgement[] }>();
  for (const one of judgements) {
    const known = judges.get(judgeKey(one.judge)) ?? { judge: one.judge, all: [] };
    known.all.push(one);
    judges.set(judgeKey(one.judge), known);
  }
  const first = new Map([...judges].map(([key, { all }]) => [key, firstPreferences(all)]));
  return [...judges].map(([key, { judge, all }]) => {
    const own = first.get(key) as Preferences;
    const others = [...first].filter(([other]) => other !== key).map(([, seen]) => seen);
    return {
      judge,
      judgements: withoutRepeats(all).length,
      withSelf: shareAlike(repeatedAnswers(all)),
      withOthers: shareAlike(others.flatMap((seen) => commonAnswers(own, seen))),
    };
  });
}

/** By pair of pictures: the preferred value, null for none. */
type Preferences = ReadonlyMap<string, string | null>;

function firstPreferences(judgements: readonly Judgement[]): Preferences {
  const found = new Map<string, string | null>();
  for (const one of withoutRepeats(judgements)) {
    const pair = JSON.stringify([one.block, ...[one.left.value, one.right.value].sort()]);
    if (!found.has(pair)) found.set(pair, preferredValue(one));
  }
  return found;
}

function repeatedAnswers(judgements: readonly Judgement[]): boolean[] {
  const byId = new Map(judgements.map((one) => [one.id, one]));
  return judgements.flatMap((one) => {
    const earlier = byId.get(one.repeatOf ?? '');
    return earlier ? [preferredValue(one) === preferredValue(earlier)] : [];
  });
}

function commonAnswers(own: Preferences, others: Preferences): boolean[] {
  return [...own]
    .filter(([pair]) => others.has(pair))
    .map(([pair, value]) => others.get(pair) === value);
}

function preferredValue({ answer, left, right }: Judgement): string | null {
  if (answer === 'left') return left.value;
  return answer === 'right' ? right.value : null;
}

function shareAlike(answers: readonly boolean[]): AlikeShare {
  const pairs = answers.length;
  const alike = answers.filter(Boolean).length;
  return { alike, pairs, ...(pairs > 0 && { interval: wilsonInterval(alike, pairs) }) };
}

/** The quantile of the normal distribution for 95 %, two-sided. */
const normal = 1.959963985;

/** Wilson's interval of a share (1927, JASA 22, 209–212), for 95 %. */
export function wilsonInterval(successes: number, trials: number): [low: number, high: number] {
  const share = successes / trials;
  const weight = normal ** 2 / trials;
  const centre = share + weight / 2;
  const reach = Math.sqrt(weight * (share * (1 - share) + weight / 4));
  return [
    Math.max(0, (centre - reach) / (1 + weight)),
    Math.min(1, (centre + reach) / (1 + weight)),
  ];
}
