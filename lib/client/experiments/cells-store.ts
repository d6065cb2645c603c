import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { type Cell, picturesOf } from '../../core/runs/run-entry';
import { isInFlight } from '../../core/runs/run-state';

interface CellsState {
  /** By their ids. */
  cells: ReadonlyMap<string, Cell>;
  /** The ids of the attempts at each place, by `placeName`, the first attempt first. */
  attempts: ReadonlyMap<string, readonly string[]>;
}

/** The cells of the experiments that are open or run in this tab. */
export const cellsStore = createStore<CellsState>(() => ({
  cells: new Map(),
  attempts: new Map(),
}));

/** From one drawing of the pages to the next, in ms, while changes come faster than that. */
const drawEveryMs = 250;
let drawing: ReturnType<typeof setTimeout> | undefined;

/**
 * The cells as the pages show them. The first change is shown at once. With a dozen cells under way something
 * changes every few milliseconds, and to draw the grid for each took longer than the cells themselves.
 */
export const drawnCells = createStore<CellsState>(() => cellsStore.getState());

cellsStore.subscribe(() => {
  if (drawing === undefined) draw();
});

function draw(): void {
  drawing = undefined;
  const next = cellsStore.getState();
  if (next === drawnCells.getState()) return;
  drawing = setTimeout(draw, drawEveryMs);
  drawnCells.setState(next, true);
}

/** Reads a part of the cells' store, for what is drawn. */
export function useCells<T>(select: (state: CellsState) => T): T {
  return useStore(drawnCells, select);
}

/** The cell with this id, if it is in this tab. */
export function findCell(id: string): Cell | undefined {
  return cellsStore.getState().cells.get(id);
}

/** The cells of an experiment that are in this tab, all attempts among them. */
export function cellsOf({ cells }: Pick<CellsState, 'cells'>, experiment: string): Cell[] {
  return [...cells.values()].filter(({ cell }) => cell.experiment === experiment);
}

/** Takes cells into this tab; one that is there already is replaced. */
export function putCells(found: readonly Cell[]): void {
  cellsStore.setState(({ cells, attempts }) => {
    const nextCells = new Map(cells);
    const nextAttempts = new Map(attempts);
    for (const cell of found) {
      nextCells.set(cell.id, cell);
      if (cells.has(cell.id)) continue;
      const place = placeName(cell.cell.experiment, cell.cell.key);
      const ids = [...(nextAttempts.get(place) ?? []), cell.id];
      const attemptOf = (id: string) => nextCells.get(id)?.cell.attempt ?? 0;
      nextAttempts.set(
        place,
        ids.sort((one, other) => attemptOf(one) - attemptOf(other)),
      );
    }
    return { cells: nextCells, attempts: nextAttempts };
  });
}

/** Changes a cell that is in this tab. */
export function changeCell(id: string, change: (cell: Cell) => Cell): void {
  cellsStore.setState(({ cells }) => {
    const before = cells.get(id);
    return before ? { cells: new Map(cells).set(id, change(before)) } : {};
  });
}

/** Takes cells out of this tab. */
export function dropCells(isGone: (cell: Cell) => boolean): void {
  cellsStore.setState(({ cells }) => {
    const kept = [...cells.values()].filter((cell) => !isGone(cell));
    if (kept.length === cells.size) return {};
    const attempts = new Map<string, readonly string[]>();
    for (const { id, cell } of kept) {
      const place = placeName(cell.experiment, cell.key);
      attempts.set(place, [...(attempts.get(place) ?? []), id]);
    }
    return { cells: new Map(kept.map((cell) => [cell.id, cell])), attempts };
  });
}

/** The last attempt at a place. */
export function lastAttempt(
  { cells, attempts }: CellsState,
  experiment: string,
  key: string,
): Cell | undefined {
  const id = attempts.get(placeName(experiment, key))?.at(-1);
  return id === undefined ? undefined : cells.get(id);
}

/**
 * The cell that is seen at a place: the last attempt; while that has no picture yet, the one before, if it
 * has any.
 */
export function shownCell(state: CellsState, experiment: string, key: string): Cell | undefined {
  const ids = state.attempts.get(placeName(experiment, key)) ?? [];
  const all = ids.flatMap((id) => state.cells.get(id) ?? []);
  const last = all.at(-1);
  if (last && isInFlight(last)) return last;
  return all.findLast((cell) => picturesOf(cell).length > 0) ?? last;
}

function placeName(experiment: string, key: string): string {
  return `${experiment}/${key}`;
}
