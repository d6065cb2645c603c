import { type Experiment, readExperiment } from '../../core/experiments/experiment';
import { type Connection, connection } from './database';

/** Stores experiments; their cells are stored one by one. Throws the browser's own errors. */
export function createExperimentHistory(database: Connection) {
  return {
    /** All experiments, what was changed last at first. */
    async all(): Promise<Experiment[]> {
      const found = await (await database()).getAllFromIndex('experiments', 'updatedAt');
      return found.reverse().flatMap((kept) => readExperiment(kept) ?? []);
    },
    async load(id: string): Promise<Experiment | undefined> {
      return readExperiment(await (await database()).get('experiments', id));
    },
    async save(experiment: Experiment): Promise<void> {
      await (await database()).put('experiments', experiment);
    },
    /**
     * Changes an experiment as it is stored, since another tab may have changed it.
     * @returns it afterwards; undefined if it is not stored
     */
    async change(
      id: string,
      change: (experiment: Experiment) => Experiment,
    ): Promise<Experiment | undefined> {
      const { store, done } = (await database()).transaction('experiments', 'readwrite');
      const before = readExperiment(await store.get(id));
      const after = before && change(before);
      if (after) await store.put(after);
      await done;
      return after;
    },
    /** Deletes an experiment. Its cells stay: their pictures are in the gallery. */
    async remove(id: string): Promise<void> {
      await (await database()).delete('experiments', id);
    },
  };
}

/** The experiments in this browser's database. */
export const experimentHistory = createExperimentHistory(connection);
