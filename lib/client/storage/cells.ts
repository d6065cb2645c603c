import { holdsPlace, isInLane } from '../../core/experiments/cell';
import {
  admit,
  type Lane,
  type LaneLimits,
  newLane,
  refused,
  started,
  succeeded,
} from '../../core/experiments/lane';
import type { Cell, CellPlace } from '../../core/runs/run-entry';
import { statesInFlight, waitsForTurn } from '../../core/runs/run-state';
import { tellCards } from '../browser/tabs';
import { type Connection, connection, openToWrite, type WriteTransaction } from './database';
import { cardIdsOf, entryOf, putRun, runStores } from './kept-runs';

/**
 * What became of the wish to start a cell. `taken`: it is under way or has ended, here or in another tab;
 * `stopped`: its experiment does not run any more; `gone`: it was removed; `busy`: the model's lane has no room
 * before `at` (ms since 1970), or, where that is null, before another cell of the model has ended.
 */
export type Claim =
  | { kind: 'claimed' | 'taken' | 'stopped' | 'gone' }
  | { kind: 'busy'; at: number | null };

const claimStores = ['experiments', 'lanes', ...runStores] as const;

/** Stores the cells of experiments, and the lanes of models. Throws the browser's own errors. */
export function createCellHistory(database: Connection) {
  return {
    /**
     * Stores a new cell and notes its start, if it may start. The database orders the transactions of all
     * tabs, so that of two tabs which ask for the same cell one gets it.
     */
    async claim(cell: Cell, limits: LaneLimits, now: number): Promise<Claim> {
      const transaction = await openToWrite(database, claimStores);
      const claim = await decide(transaction, cell, limits, now);
      if (claim.kind === 'claimed') await putRun(transaction, cell, null);
      await transaction.done;
      if (claim.kind === 'claimed') tellCards(cardIdsOf(cell));
      return claim;
    },
    /**
     * Notes that a cell which has paused is sent again, if it may be. One that waited for its turn, or for a budget, has
     * been in its lane all the time.
     */
    async admitAgain(waiting: Cell, limits: LaneLimits, now: number): Promise<Claim> {
      const { id, cell } = waiting;
      const transaction = await openToWrite(database, claimStores);
      const experiment = await transaction.objectStore('experiments').get(cell.experiment);
      const claim: Claim = !experiment
        ? { kind: 'gone' }
        : experiment.state === 'paused'
          ? { kind: 'stopped' }
          : waitsForTurn(waiting)
            ? { kind: 'claimed' }
            : await enterLane(transaction, id, limits, now);
      await transaction.done;
      return claim;
    },
    async load(id: string): Promise<Cell | undefined> {
      const found = await (await database()).get('cells', id);
      return found && entryOf(found);
    },
    /** All cells of an experiment that are not removed. */
    async ofExperiment(id: string): Promise<Cell[]> {
      const range = IDBKeyRange.bound([id, ''], [id, '￿']);
      return (await (await database()).getAllFromIndex('cells', 'place', range)).map(entryOf);
    },
    /** The cells that were in flight when they were last saved. */
    async inFlight(): Promise<Cell[]> {
      const { store } = (await database()).transaction('cells');
      const found = statesInFlight.map((state) => store.index('state').getAll(state));
      return (await Promise.all(found)).flat().map(entryOf);
    },
    async lane(model: string): Promise<Lane> {
      return (await (await database()).get('lanes', model)) ?? newLane(model);
    },
    /** Notes that a request to a model was started which is no cell's. */
    noteStart: (model: string, now: number): Promise<Lane> =>
      changeLane(model, (lane) => started(lane, now)),
    /** Notes a 429, whoever's. @returns the lane, which says until when nothing is started */
    noteRefusal: (model: string, refusal: Parameters<typeof refused>[1]): Promise<Lane> =>
      changeLane(model, (lane) => refused(lane, refusal)),
    /** Notes that a cell has succeeded. */
    noteSuccess: (limits: LaneLimits): Promise<Lane> =>
      changeLane(limits.id, (lane) => succeeded(lane, limits)),
  };

  async function changeLane(model: string, change: (lane: Lane) => Lane): Promise<Lane> {
    const { store, done } = (await database()).transaction('lanes', 'readwrite');
    const lane = change((await store.get(model)) ?? newLane(model));
    await store.put(lane);
    await done;
    return lane;
  }
}

/** The cells in this browser's database. */
export const cellHistory = createCellHistory(connection);

async function decide(
  transaction: WriteTransaction,
  { id, cell }: Cell,
  limits: LaneLimits,
  now: number,
): Promise<Claim> {
  const experiment = await transaction.objectStore('experiments').get(cell.experiment);
  if (experiment?.state !== 'running') return { kind: 'stopped' };
  if (await isTaken(transaction, id, cell)) return { kind: 'taken' };
  return enterLane(transaction, id, limits, now);
}

/** Whether a place has a cell under way or one that has ended well, or this attempt at it was made. */
async function isTaken(
  transaction: WriteTransaction,
  id: string,
  { experiment, key }: CellPlace,
): Promise<boolean> {
  const [there, removed] = await Promise.all([
    transaction.objectStore('cells').index('place').getAll([experiment, key]),
    transaction.objectStore('removedRuns').get(id),
  ]);
  return removed !== undefined || there.some((one) => one.id === id || holdsPlace(one));
}

async function enterLane(
  transaction: WriteTransaction,
  id: string,
  limits: LaneLimits,
  now: number,
): Promise<Claim> {
  const lanes = transaction.objectStore('lanes');
  const lane = (await lanes.get(limits.id)) ?? newLane(limits.id);
  const running = await runningOf(transaction, limits.id, id);
  const answer = admit(lane, limits, { running, now });
  if (!answer.isFree) return { kind: 'busy', at: answer.at };
  await lanes.put(started(lane, now));
  return { kind: 'claimed' };
}

/** How many other cells of a model are in its lane. Those that a pause holds back have given their places away. */
async function runningOf(
  transaction: WriteTransaction,
  model: string,
  id: string,
): Promise<number> {
  const byState = transaction.objectStore('cells').index('state');
  const found = (await Promise.all(statesInFlight.map((state) => byState.getAll(state)))).flat();
  const inLane = found.filter((cell) => isInLane(cell, model) && cell.id !== id);
  const waiting = new Set(inLane.filter(waitsForTurn).map(({ cell }) => cell.experiment));
  const experiments = transaction.objectStore('experiments');
  const their = await Promise.all([...waiting].map((experiment) => experiments.get(experiment)));
  const paused = new Set(their.flatMap((one) => (one?.state === 'paused' ? [one.id] : [])));
  return inLane.filter((cell) => !(waitsForTurn(cell) && paused.has(cell.cell.experiment))).length;
}
