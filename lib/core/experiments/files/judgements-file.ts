import { type Judgement, readJudgement } from '../judging/judgement';

const format = 'turing-playground/judgements';
const version = 1;

/**
 * A file of judgements, to be merged with another judge's.
 * @param experiment the id that it has in the files of every browser
 * @param hasNames with the judges' names
 */
export function writeJudgementsFile(
  experiment: string,
  judgements: readonly Judgement[],
  hasNames: boolean,
): string {
  const written = judgements.map((one) => ({
    ...one,
    experiment,
    judge: { ...one.judge, name: hasNames ? one.judge.name : '' },
  }));
  return `${JSON.stringify({ format, version, experiment, judgements: written }, null, 2)}\n`;
}

/** Why a file cannot be taken: it holds none, was written by a newer version, or is of something else. */
export type JudgementsRefusal = 'no_judgements' | 'newer_version' | 'other_experiment';

export interface ReadJudgements {
  judgements: Judgement[];
  /** How many entries are no judgements of this experiment. */
  unreadable: number;
}

/** Reads a file of judgements of an experiment. */
export function readJudgementsFile(
  text: string,
  experiment: string,
): ReadJudgements | JudgementsRefusal {
  let file: Record<string, unknown> | null;
  try {
    file = JSON.parse(text);
  } catch {
    return 'no_judgements';
  }
  if (file?.format !== format || !Array.isArray(file.judgements)) return 'no_judgements';
  if (typeof file.version === 'number' && file.version > version) return 'newer_version';
  if (file.experiment !== experiment) return 'other_experiment';
  const judgements = file.judgements
    .flatMap((one) => readJudgement(one) ?? [])
    .filter((one) => one.experiment === experiment);
  return { judgements, unreadable: file.judgements.length - judgements.length };
}
