import { createExperiment } from '../../core/experiments/experiment';
import {
  type ExperimentFileRefusal,
  readExperimentFile,
} from '../../core/experiments/files/experiment-file';
import { randomId } from '../../core/random-id';
import { loadPicture } from '../pictures/picture-files';
import { addExperiment, openExperiment } from './experiments-store';

/** What became of a file. `withoutPictures`: those that went along are not stored in this browser. */
export type OpenedFile = 'opened' | 'withoutPictures' | ExperimentFileRefusal;

/** Opens what a taken-away experiment varies as a new experiment. */
export async function openExperimentFile(file: Blob): Promise<OpenedFile> {
  const read = readExperimentFile(await file.text());
  if (typeof read === 'string') return read;
  const { name, definition } = read;
  const { references = [], mask } = definition.edit ?? {};
  const hashes = [...references.map(({ hash }) => hash), ...(mask ? [mask.hash] : [])];
  const files = await Promise.all(hashes.map((hash) => loadPicture(hash)));
  const hasAll = files.every((one) => one !== undefined);
  const experiment = createExperiment(randomId(), Date.now(), {
    name,
    definition: hasAll ? definition : { ...definition, edit: null },
  });
  await addExperiment(experiment);
  openExperiment(experiment.id);
  return hasAll ? 'opened' : 'withoutPictures';
}
