import { createExperiment } from '../../core/experiments/experiment';
import {
  type ExperimentFileRefusal,
  readExperimentFile,
} from '../../core/experiments/files/experiment-file';
import { randomId } from '../../core/random-id';
import { loadPicture } from '../pictures/picture-files';
import {
  addExperiment,
  experimentsStore,
  idInFiles,
  loadExperiments,
  openExperiment,
} from './experiments-store';

/** What became of a file. `withoutPictures`: those that went along are not stored in this browser. */
export type OpenedFile = 'opened' | 'withoutPictures' | ExperimentFileRefusal;

/**
 * Opens what a taken-away experiment varies as a new experiment. What is judged of it is of the file's experiment too:
 * another browser judges what it has made of the same requests. Only the first here is, so that a judgement has one
 * place in a browser.
 */
export async function openExperimentFile(file: Blob): Promise<OpenedFile> {
  const read = readExperimentFile(await file.text());
  if (typeof read === 'string') return read;
  const { id, name, definition } = read;
  const { references = [], mask } = definition.edit ?? {};
  const hashes = [...references.map(({ hash }) => hash), ...(mask ? [mask.hash] : [])];
  const files = await Promise.all(hashes.map((hash) => loadPicture(hash)));
  const hasAll = files.every((one) => one !== undefined);
  await loadExperiments();
  const isHere = experimentsStore.getState().experiments.some((one) => idInFiles(one.id) === id);
  const experiment = createExperiment(randomId(), Date.now(), {
    name,
    definition: hasAll ? definition : { ...definition, edit: null },
    // Without its pictures it sends other requests.
    ...(hasAll && !isHere && id !== undefined && { openedFrom: id }),
  });
  await addExperiment(experiment);
  openExperiment(experiment.id);
  return hasAll ? 'opened' : 'withoutPictures';
}
