import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import type { ImageEndpoint } from '../../core/endpoints/image-request';
import type { RunEntry } from '../../core/runs/run-entry';

/** A form that was sent to several models at once: its runs are cells of an experiment. */
export interface RunSet {
  /** The experiment's id. */
  id: string;
  createdAt: number;
}

interface RunsState {
  /** The runs that are shown, newest first. */
  runs: RunEntry[];
  /** The ids of everything kept, newest first. */
  keptIds: Record<ImageEndpoint, readonly string[]>;
  /** The sets that were run from each page, newest first. */
  sets: Record<ImageEndpoint, readonly RunSet[]>;
  /** The run that was opened from what is kept, or started, last. */
  openedId: string | null;
  /** The run that is marked in the strip: opened or started last, or come into view since. */
  markedIds: Record<ImageEndpoint, string | null>;
  /** The run that was removed last; it can still come back. */
  removedId: string | null;
  /** The server has stopped answering, or its database. */
  isConnectionLost: boolean;
  isDatabaseAway: boolean;
  /** The kept runs have been looked up; until then nothing is shown. */
  isReady: boolean;
}

export const runsStore = createStore<RunsState>(() => ({
  runs: [],
  keptIds: { generations: [], edits: [] },
  sets: { generations: [], edits: [] },
  openedId: null,
  markedIds: { generations: null, edits: null },
  removedId: null,
  isConnectionLost: false,
  isDatabaseAway: false,
  isReady: false,
}));

/** Reads a part of the runs' store. */
export function useRuns<T>(select: (state: RunsState) => T): T {
  return useStore(runsStore, select);
}

/** What does not answer: the server, or only its database; false: nothing is lost. */
export type LostConnection = 'server' | 'database' | false;
const lostConnections = new Map<object, LostConnection>();

/** Notes that a connection to the server is lost, or is not any more. */
export function reportConnection(source: object, lost: LostConnection): void {
  if (lost) lostConnections.set(source, lost);
  else lostConnections.delete(source);
  runsStore.setState({
    isConnectionLost: lostConnections.size > 0,
    isDatabaseAway: [...lostConnections.values()].includes('database'),
  });
}

/** The run with this id, if it is shown. */
export function findRun(id: string): RunEntry | undefined {
  return runsStore.getState().runs.find((run) => run.id === id);
}

/** Shows runs, each in its place by age; a run that is shown already is replaced. */
export function putRuns(entries: readonly RunEntry[]): void {
  runsStore.setState(({ runs }) => {
    const byId = new Map([...runs, ...entries].map((run) => [run.id, run]));
    return { runs: [...byId.values()].sort((one, other) => other.createdAt - one.createdAt) };
  });
  for (const entry of entries) noteKept(entry);
}

/** Shows sets, each in its place by age. */
export function putRunSets(endpoint: ImageEndpoint, found: readonly RunSet[]): void {
  runsStore.setState(({ sets }) => {
    const byId = new Map([...sets[endpoint], ...found].map((set) => [set.id, set]));
    const all = [...byId.values()].sort((one, other) => other.createdAt - one.createdAt);
    return { sets: { ...sets, [endpoint]: all } };
  });
}

/** Takes a set from what is shown. */
export function dropRunSet(id: string): void {
  runsStore.setState(({ sets }) => ({
    sets: {
      generations: sets.generations.filter((set) => set.id !== id),
      edits: sets.edits.filter((set) => set.id !== id),
    },
  }));
}

/** Opens a run, or that which was started: the list shows it, the strip marks it. */
export function showOpened({ id, endpoint }: Pick<RunEntry, 'id' | 'endpoint'>): void {
  runsStore.setState({ openedId: id });
  markRun(endpoint, id);
}

/** Marks a run in the strip. */
export function markRun(endpoint: ImageEndpoint, id: string): void {
  runsStore.setState(({ markedIds }) => ({ markedIds: { ...markedIds, [endpoint]: id } }));
}

/** Notes that a run is kept; one that is new is the newest. */
function noteKept({ id, endpoint }: Pick<RunEntry, 'id' | 'endpoint'>): void {
  runsStore.setState(({ keptIds }) => {
    const known = keptIds[endpoint];
    return known.includes(id) ? {} : { keptIds: { ...keptIds, [endpoint]: [id, ...known] } };
  });
}

/** Changes a run that is shown. */
export function changeRun(id: string, change: (run: RunEntry) => RunEntry): void {
  runsStore.setState(({ runs }) => ({
    runs: runs.map((run) => (run.id === id ? change(run) : run)),
  }));
}

/** Removes a run from what is shown and kept. */
export function dropRun(id: string): void {
  runsStore.setState(({ runs, keptIds, removedId }) => ({
    runs: runs.filter((run) => run.id !== id),
    keptIds: {
      generations: keptIds.generations.filter((kept) => kept !== id),
      edits: keptIds.edits.filter((kept) => kept !== id),
    },
    removedId: removedId === id ? null : removedId,
  }));
}
