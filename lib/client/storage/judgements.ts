import {
  type Judgement,
  mergeJudgements,
  readJudgement,
} from '../../core/experiments/judging/judgement';
import { type Connection, connection } from './database';

/** Stores judgements. Throws the browser's own errors. */
function createJudgements(database: Connection) {
  return {
    /** All judgements of an experiment, the oldest first. */
    async judgementsOf(experiment: string): Promise<Judgement[]> {
      const kept = await (await database()).getAllFromIndex('judgements', 'experiment', experiment);
      return mergeJudgements(kept.flatMap((one) => readJudgement(one) ?? []));
    },
    async putJudgements(judgements: readonly Judgement[]): Promise<void> {
      const { store, done } = (await database()).transaction('judgements', 'readwrite');
      await Promise.all(judgements.map((one) => store.put(one)));
      await done;
    },
    async removeJudgement(id: string): Promise<void> {
      await (await database()).delete('judgements', id);
    },
  };
}

/** The judgements in this browser's database. */
export const judgementHistory = createJudgements(connection);
