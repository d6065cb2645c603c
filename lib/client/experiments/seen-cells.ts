import { holdsPlace } from '../../core/experiments/cell';
import { type SeenCell, seenCell } from '../../core/experiments/cell-state';
import type { Experiment } from '../../core/experiments/experiment';
import type { Plan, PlanCell } from '../../core/experiments/plan';
import type { Cell } from '../../core/runs/run-entry';
import { waitsForTurn } from '../../core/runs/run-state';
import { cellsOf, cellsStore, shownCell } from './cells-store';
import { keyOf } from './planned-cells';

type CellsState = ReturnType<typeof cellsStore.getState>;

const keys = new WeakMap<PlanCell, readonly string[]>();

/** The keys of a combination's requests; worked out once. */
export function keysOf(cell: PlanCell): readonly string[] {
  const known = keys.get(cell) ?? cell.requests.map(keyOf);
  keys.set(cell, known);
  return known;
}

/** How a combination stood last, and what of. */
interface Known {
  runs: readonly (Cell | undefined)[];
  isStarted: boolean;
  seen: SeenCell;
}

const known = new WeakMap<PlanCell, Known>();

/**
 * How each combination of a plan stands, in the plan's order. One that stands as before is the same object, so
 * that what shows it need not be drawn again.
 */
export function seenCells(
  { id, state, only }: Pick<Experiment, 'id' | 'state' | 'only'>,
  plan: Plan,
  cells: CellsState,
): SeenCell[] {
  const wanted = only === null ? null : new Set(only);
  const wasSent = cellsOf(cells, id).length > 0;
  const isRunning = state === 'running';
  return plan.cells.map((cell) => {
    // Nothing to look up, and ten thousand keys to work out.
    if (!wasSent && !isRunning) return seenAs(cell, [], false);
    const its = keysOf(cell);
    const runs = its.map((key) => shownCell(cells, id, key));
    // What waits in line is sent though a later run wants others.
    const isWanted =
      !wanted ||
      its.some((key) => wanted.has(key)) ||
      runs.some((run) => run !== undefined && waitsForTurn(run));
    return seenAs(cell, runs, isRunning && isWanted);
  });
}

function seenAs(cell: PlanCell, runs: Known['runs'], isStarted: boolean): SeenCell {
  const before = known.get(cell);
  const isSame =
    before?.isStarted === isStarted &&
    before.runs.length === runs.length &&
    runs.every((run, index) => run === before.runs[index]);
  if (isSame) return before.seen;
  const seen = seenCell(cell, runs, isStarted);
  known.set(cell, { runs, isStarted, seen });
  return seen;
}

/** The requests of some combinations of which nothing came, each once. */
export function keysToRetry(id: string, cells: readonly PlanCell[]): string[] {
  const state = cellsStore.getState();
  return [...new Set(cells.flatMap(keysOf))].filter((key) => {
    const run = shownCell(state, id, key);
    return run !== undefined && !holdsPlace(run);
  });
}
