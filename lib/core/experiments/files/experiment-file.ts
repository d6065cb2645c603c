import { type Definition, type Experiment, readDefinition } from '../experiment';
import type { Judgement } from '../judging/judgement';
import type { CellRecord } from './cells-table';

const format = 'turing-playground/experiment';
const version = 1;

/**
 * Everything of an experiment but its pictures, as JSON.
 * @param experiment with the id that it has in the files of every browser
 */
export function writeExperimentFile({
  experiment: { id, name, definition },
  records,
  judgements,
}: {
  experiment: Pick<Experiment, 'id' | 'name' | 'definition'>;
  records: readonly CellRecord[];
  judgements: readonly Judgement[];
}): string {
  const file = { format, version, id, name, definition, cells: records, judgements };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Why a file cannot be opened: it holds no experiment, or was written by a newer version. */
export type ExperimentFileRefusal = 'no_experiment' | 'newer_version';

/** What an experiment of a file varies. Older files have no id. */
export interface ReadExperimentFile {
  id: string | undefined;
  name: string;
  definition: Definition;
}

/** Reads what an experiment of such a file varies. Its cells and judgements stay in the file. */
export function readExperimentFile(text: string): ReadExperimentFile | ExperimentFileRefusal {
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
  const { id, name } = file;
  return {
    id: typeof id === 'string' && id !== '' ? id : undefined,
    name: typeof name === 'string' ? name : '',
    definition,
  };
}
