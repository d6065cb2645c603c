import { createStore } from 'zustand/vanilla';
import {
  type JudgementsRefusal,
  readJudgementsFile,
} from '../../core/experiments/files/judgements-file';
import { type Judgement, mergeJudgements } from '../../core/experiments/judging/judgement';
import { hearTabs, tellTabs } from '../browser/tabs';
import { storageProblem } from '../storage/database';
import { judgementHistory } from '../storage/judgements';
import { reportStorageProblem } from '../storage/storage-status';
import { idInFiles } from './experiments-store';

interface JudgementsState {
  /** Of which experiment; null: none was loaded yet. */
  experiment: string | null;
  /** The oldest first. */
  judgements: readonly Judgement[];
}

/** The judgements of the experiment that is open. */
export const judgementsStore = createStore<JudgementsState>(() => ({
  experiment: null,
  judgements: [],
}));

const none: readonly Judgement[] = [];

/** Loads the judgements of an experiment, with those that other tabs have stored. */
export async function loadJudgements(experiment: string): Promise<void> {
  follow();
  let stored = none;
  try {
    stored = await judgementHistory.judgementsOf(experiment);
  } catch (error) {
    reportStorageProblem(storageProblem(error));
  }
  judgementsStore.setState((state) => ({
    experiment,
    judgements:
      state.experiment === experiment ? mergeJudgements(stored, state.judgements) : stored,
  }));
}

let isFollowing = false;

/** Follows what other tabs judge. */
function follow(): void {
  if (isFollowing) return;
  isFollowing = true;
  hearTabs((event) => {
    if (event.type === 'judgement-removed') drop(event.id);
    const { experiment } = judgementsStore.getState();
    if (event.type === 'judgements-kept' && event.id === experiment) void loadJudgements(event.id);
  });
}

function drop(id: string): void {
  judgementsStore.setState(({ judgements }) => ({
    judgements: judgements.filter((one) => one.id !== id),
  }));
}

/** Adds judgements of the experiment that is loaded; they count even where they cannot be stored. */
export async function addJudgements(added: readonly Judgement[]): Promise<void> {
  judgementsStore.setState(({ judgements }) => ({
    judgements: mergeJudgements(judgements, added),
  }));
  try {
    await judgementHistory.putJudgements(added);
    tell(added);
  } catch (error) {
    const [first] = added;
    reportStorageProblem(storageProblem(error), {
      name: `judgement ${first?.id}`,
      // One that was undone meanwhile is not stored.
      keep: async () => {
        await judgementHistory.putJudgements(added.filter(({ id }) => isKnown(id)));
        tell(added);
      },
    });
  }
}

/** Takes a judgement back. */
export async function undoJudgement(id: string): Promise<void> {
  drop(id);
  try {
    await judgementHistory.removeJudgement(id);
    tellTabs({ type: 'judgement-removed', id });
  } catch (error) {
    reportStorageProblem(storageProblem(error));
  }
}

function tell(added: readonly Judgement[]): void {
  for (const id of new Set(added.map(({ experiment }) => experiment))) {
    tellTabs({ type: 'judgements-kept', id });
  }
}

/** What became of a file of judgements. */
export type ImportOutcome =
  | { kind: 'refused'; reason: JudgementsRefusal }
  | { kind: 'added'; added: number; known: number; unreadable: number };

/** Merges another judge's file with the judgements of an experiment that is loaded. */
export async function importJudgements(experiment: string, file: Blob): Promise<ImportOutcome> {
  const read = readJudgementsFile(await file.text(), idInFiles(experiment));
  if (typeof read === 'string') return { kind: 'refused', reason: read };
  const added = read.judgements
    .filter(({ id }) => !isKnown(id))
    .map((one) => ({ ...one, experiment }));
  await addJudgements(added);
  const known = read.judgements.length - added.length;
  return { kind: 'added', added: added.length, known, unreadable: read.unreadable };
}

function isKnown(id: string): boolean {
  return judgementsStore.getState().judgements.some((one) => one.id === id);
}
