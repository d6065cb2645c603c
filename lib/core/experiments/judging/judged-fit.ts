import { type ClusteredFit, clusterFit } from './clustered';
import { type Compared, fitDavidson } from './davidson';
import type { Judgement } from './judgement';

/** What a fit needs of a judgement. */
export type Judged = Pick<Judgement, 'block' | 'answer' | 'repeatOf'> & {
  left: Pick<Judgement['left'], 'value'>;
  right: Pick<Judgement['right'], 'value'>;
};

/** The strengths of the values that were judged. */
export interface JudgedFit {
  /** The judged values; the fit numbers them in this order. */
  values: string[];
  /** By value: the numbers of the values with which it was compared, directly or through others. */
  among: number[][];
  /** How many judgements are in it. */
  judgements: number;
  clustered: ClusteredFit;
}

/** Repeats show how far judges agree with themselves; a fit would count their pairs twice. */
export const withoutRepeats = <One extends Pick<Judged, 'repeatOf'>>(
  judged: readonly One[],
): One[] => judged.filter(({ repeatOf }) => repeatOf === undefined);

/** Fits judgements of one axis. "Both bad" counts as a tie. */
export function fitJudgements(judged: readonly Judged[]): JudgedFit {
  const counted = withoutRepeats(judged);
  const numbers = new Map<string, number>();
  const numberOf = (value: string) => {
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  };
  const compared = counted.map(({ left, right, answer, block }) => ({
    left: numberOf(left.value),
    right: numberOf(right.value),
    outcomes: outcomesOf(answer),
    block,
  }));
  const fit = fitDavidson(compared, { values: numbers.size });
  return {
    values: [...numbers.keys()],
    among: connected(compared, numbers.size),
    judgements: counted.length,
    clustered: clusterFit(fit, compared),
  };
}

function outcomesOf(answer: Judged['answer']): Compared['outcomes'] {
  if (answer === 'left') return [1, 0, 0];
  return answer === 'right' ? [0, 1, 0] : [0, 0, 1];
}

/** Values that never met, not even through others, have no strengths that could be compared. */
function connected(compared: readonly Compared[], values: number): number[][] {
  const groups = Array.from({ length: values }, (_, value) => [value]);
  for (const { left, right } of compared) {
    const [group, other] = [groups[left] as number[], groups[right] as number[]];
    if (group === other) continue;
    group.push(...other);
    for (const value of other) groups[value] = group;
  }
  return groups;
}
