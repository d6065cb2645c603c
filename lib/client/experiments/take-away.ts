import type { Experiment } from '../../core/experiments/experiment';
import {
  type CellRecord,
  cellsAsCsv,
  judgementsAsCsv,
} from '../../core/experiments/files/cells-table';
import { writeExperimentFile } from '../../core/experiments/files/experiment-file';
import type { Judgement } from '../../core/experiments/judging/judgement';
import { type NamedBlob, saveBlob } from '../pictures/downloads';
import { loadPicture } from '../pictures/picture-files';
import { saveZips } from '../pictures/zip-pieces';
import { judgementHistory } from '../storage/judgements';
import { idInFiles } from './experiments-store';

/** What of an experiment is saved: its cells, and the judgements of their pairs. */
interface TakenAway {
  experiment: Pick<Experiment, 'id' | 'name' | 'definition'>;
  records: readonly CellRecord[];
}

/** Saves the cells as CSV, and the judgements, if there are any, as another. */
export async function saveTables({ experiment, records }: TakenAway): Promise<void> {
  for (const { name, blob } of await listsOf({ experiment, records })) {
    saveBlob(blob, `${fileStem(experiment)}-${name}`);
  }
}

/** Saves definition, cells and judgements as one JSON file, whose definition can be opened again. */
export async function saveJson(taken: TakenAway): Promise<void> {
  const { experiment, records } = taken;
  const id = idInFiles(experiment.id);
  const judgements = (await judgementsOf(experiment.id)).map((one) => ({ ...one, experiment: id }));
  const text = writeExperimentFile({ experiment: { ...experiment, id }, records, judgements });
  saveBlob(new Blob([text], { type: 'application/json' }), `${fileStem(experiment)}.json`);
}

/**
 * Saves the pictures in ZIPs of at most 400 MB each, with the tables.
 * @returns the names of the files that are not stored any more, and are left out
 * @throws Error if none is left, or a file cannot be read
 */
export async function savePictures(taken: TakenAway): Promise<string[]> {
  const wanted = taken.records.filter(({ sha256 }) => sha256 !== null);
  const found: (NamedBlob & { bytes: number })[] = [];
  const missing: string[] = [];
  for (const { sha256, file } of wanted) {
    const name = file ?? '';
    const blob = await loadPicture(sha256 ?? '');
    if (blob) found.push({ name, blob, bytes: blob.size });
    else missing.push(name);
  }
  if (found.length === 0) throw new Error('None of the pictures is stored any more.');
  const lists = await listsOf(taken);
  await saveZips(found, { stem: fileStem(taken.experiment), listsOf: () => lists });
  return missing;
}

async function listsOf({ experiment, records }: TakenAway): Promise<NamedBlob[]> {
  const judgements = await judgementsOf(experiment.id);
  return [
    { name: 'cells.csv', blob: new Blob([cellsAsCsv(records)], { type: 'text/csv' }) },
    ...(judgements.length > 0
      ? [
          {
            name: 'judgements.csv',
            blob: new Blob([judgementsAsCsv(judgements)], { type: 'text/csv' }),
          },
        ]
      : []),
  ];
}

const judgementsOf = (experiment: string): Promise<Judgement[]> =>
  judgementHistory.judgementsOf(experiment);

/** A name that is safe on every disk. */
function fileStem({ name }: Pick<Experiment, 'name'>): string {
  const words = name.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...words.slice(0, 6).join('-')].slice(0, 40).join('') || 'experiment';
}
