import { type Experiment, readExperiment } from '../../core/experiments/experiment';
import { type Connection, connection } from './database';
import type { KeptJudgement } from './schema';

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
    /**
     * Deletes an experiment and its judgements. Its cells stay: their pictures are in the gallery.
     * @returns the judgements, which `restore` brings back with it
     */
    async remove(id: string): Promise<KeptJudgement[]> {
      const stores = ['experiments', 'judgements'] as const;
      const transaction = (await database()).transaction(stores, 'readwrite');
      const judgements = transaction.objectStore('judgements');
      const its = await judgements.index('experiment').getAll(id);
      await Promise.all([
        transaction.objectStore('experiments').delete(id),
        ...its.map((one) => judgements.delete(one.id)),
      ]);
      await transaction.done;
      return its;
    },
    /** Undoes a removal. */
    async restore(experiment: Experiment, its: readonly KeptJudgement[]): Promise<void> {
      const stores = ['experiments', 'judgements'] as const;
      const transaction = (await database()).transaction(stores, 'readwrite');
      const judgements = transaction.objectStore('judgements');
      await Promise.all([
        transaction.objectStore('experiments').put(experiment),
        ...its.map((one) => judgements.put(one)),
      ]);
      await transaction.done;
    },
  };
}

/** The experiments in this browser's database. */
export const experimentHistory = createExperimentHistory(connection);
