import { type Definition, type Experiment, readDefinition } from '../experiment';
import type { Judgement } from '../judging/judgement';
import type { CellRecord } from './cells-table';

const format = 'turing-playground/experiment';
const version = 1;

/** Everything of an experiment but its pictures, as JSON. */
export function writeExperimentFile({
  experiment: { name, definition },
  records,
  judgements,
}: {
  experiment: Pick<Experiment, 'name' | 'definition'>;
  records: readonly CellRecord[];
  judgements: readonly Judgement[];
}): string {
  const file = { format, version, name, definition, cells: records, judgements };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Why a file cannot be opened: it holds no experiment, or was written by a newer version. */
export type ExperimentFileRefusal = 'no_experiment' | 'newer_version';

/** Reads what an experiment of such a file varies. Its cells and judgements stay in the file. */
export function readExperimentFile(
  text: string,
): { name: string; definition: Definition } | ExperimentFileRefusal {
  let file: Record<string, unknown> | null;
  try {
    file = JSON.parse(text);
  } catch {
    return 'no_experiment';
  }
  if (file?.format !== format) return 'no_experiment';
  if (typeof file.version !== 'number' || file.version > version) return 'newer_version';
  const definition = readDefinition(file.definition);
  if (definition.template === '') return 'no_experiment';
  return { name: typeof file.name === 'string' ? file.name : '', definition };
}
