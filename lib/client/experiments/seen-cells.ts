import { type SeenCell, seenCell } from '../../core/experiments/cell-state';
import type { Experiment } from '../../core/experiments/experiment';
import type { Plan, PlanCell } from '../../core/experiments/plan';
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

/** How each combination of a plan stands, in the plan's order. */
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
    if (!wasSent && !isRunning) return seenCell(cell, [], false);
    const its = keysOf(cell);
    const runs = its.map((key) => shownCell(cells, id, key));
    return seenCell(cell, runs, isRunning && (!wanted || its.some((key) => wanted.has(key))));
  });
}

/** The requests of some combinations that failed or were stopped, each once. */
export function keysToRetry(id: string, cells: readonly PlanCell[]): string[] {
  const state = cellsStore.getState();
  return [...new Set(cells.flatMap(keysOf))].filter((key) => {
    const run = shownCell(state, id, key);
    return run?.state === 'failed' || run?.state === 'cancelled';
  });
}
