import type { Experiment } from '../../core/experiments/experiment';
import {
  type CellRecord,
  cellsAsCsv,
  judgementsAsCsv,
} from '../../core/experiments/files/cells-table';
import type { Judgement } from '../../core/experiments/judging/judgement';
import { type NamedBlob, saveBlob } from '../pictures/downloads';
import { loadPicture } from '../pictures/picture-files';
import { saveZips } from '../pictures/zip-pieces';
import { judgementHistory } from '../storage/judgements';

// Each answers how many pictures are not stored any more.

/** What of an experiment is saved: its cells, and the judgements of their pairs. */
interface TakenAway {
  experiment: Pick<Experiment, 'id' | 'name' | 'definition'>;
  records: readonly CellRecord[];
}

/** Saves the cells as CSV, and the judgements, if there are any, as another. */
export async function saveTables({ experiment, records }: TakenAway): Promise<number> {
  for (const { name, blob } of await listsOf({ experiment, records })) {
    saveBlob(blob, `${fileStem(experiment)}-${name}`);
  }
  return 0;
}

/** Saves definition, cells and judgements as one JSON file. */
export async function saveJson(taken: TakenAway): Promise<number> {
  const { experiment, records } = taken;
  const judgements = await judgementsOf(experiment.id);
  const { name, definition } = experiment;
  const text = JSON.stringify({ name, definition, cells: records, judgements }, null, 2);
  saveBlob(new Blob([`${text}\n`], { type: 'application/json' }), `${fileStem(experiment)}.json`);
  return 0;
}

/**
 * Saves the pictures in ZIPs of at most 400 MB each, with the tables.
 * @returns how many are not stored any more
 * @throws Error if none is left, or a file cannot be read
 */
export async function savePictures(taken: TakenAway): Promise<number> {
  const wanted = taken.records.filter(({ sha256 }) => sha256 !== null);
  const found: (NamedBlob & { bytes: number })[] = [];
  for (const { sha256, file } of wanted) {
    const blob = await loadPicture(sha256 ?? '');
    if (blob) found.push({ name: file ?? '', blob, bytes: blob.size });
  }
  if (found.length === 0) throw new Error('None of the pictures is stored any more.');
  const lists = await listsOf(taken);
  await saveZips(found, { stem: fileStem(taken.experiment), listsOf: () => lists });
  return wanted.length - found.length;
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
