import type { Axis } from './axes';
import type { Plan, PlanCell } from './plan';

/** Where each axis is seen, by its id: down the side, across the top, or one of its values only. */
export interface GridLayout {
  /** The outermost first. */
  rows: string[];
  columns: string[];
  /** The id of the shown value of every other axis. */
  shown: Readonly<Record<string, string>>;
}

/** A label over several rows or columns that have the same value. */
export interface GridLabel {
  axis: Axis;
  /** The index of its value on the axis. */
  value: number;
  /** The rows or columns that it stands for. */
  first: number;
  count: number;
}

/** The cells of a plan as they are seen. */
export interface Grid {
  /** How many rows and columns there are. */
  rows: number;
  columns: number;
  /** By the axes of that side, the outermost first. */
  rowLabels: GridLabel[][];
  columnLabels: GridLabel[][];
  /** Row by row; undefined where a sample has no such combination. */
  cells: (PlanCell | undefined)[][];
}

/** Models down the side and all else across the top. */
export function usualLayout(axes: readonly Axis[]): GridLayout {
  const varied = axes.filter(({ values }) => values.length > 1).map(({ id }) => id);
  return {
    rows: varied.filter((id) => id === 'model'),
    columns: varied.filter((id) => id !== 'model'),
    shown: {},
  };
}

/** The layout with an axis elsewhere. @param value of which only is seen; else the side on which it stands */
export function withAxisAt(
  { rows, columns, shown }: GridLayout,
  axis: string,
  place: 'rows' | 'columns' | { value: string },
): GridLayout {
  const others = (side: string[]) => side.filter((id) => id !== axis);
  const { [axis]: _before, ...rest } = shown;
  return {
    rows: place === 'rows' ? [...others(rows), axis] : others(rows),
    columns: place === 'columns' ? [...others(columns), axis] : others(columns),
    shown: typeof place === 'object' ? { ...rest, [axis]: place.value } : rest,
  };
}

/** Arranges the cells of a plan. Axes with one value have no labels: labels show what differs. */
export function gridOf({ axes, cells }: Pick<Plan, 'axes' | 'cells'>, layout: GridLayout): Grid {
  const sideOf = (ids: readonly string[]) =>
    ids
      .map((id) => axes.findIndex((axis) => axis.id === id))
      .filter((index) => (axes[index]?.values.length ?? 0) > 1);
  const rowAxes = sideOf(layout.rows);
  const columnAxes = sideOf(layout.columns).filter((index) => !rowAxes.includes(index));
  const seen = cells.filter(({ at }) =>
    axes.every(({ id, values }, index) => {
      if (rowAxes.includes(index) || columnAxes.includes(index)) return true;
      const shown = values.findIndex((value) => value.id === layout.shown[id]);
      return at[index] === Math.max(0, shown);
    }),
  );
  const rows = linesOf(seen, rowAxes);
  const columns = linesOf(seen, columnAxes);
  const byPlace = new Map(
    seen.map((cell) => [`${nameOf(cell, rowAxes)}/${nameOf(cell, columnAxes)}`, cell]),
  );
  return {
    rows: rows.length,
    columns: columns.length,
    rowLabels: labelsOf(rows, rowAxes, axes),
    columnLabels: labelsOf(columns, columnAxes, axes),
    cells: rows.map((row) => columns.map((column) => byPlace.get(`${row}/${column}`))),
  };
}

/** The combinations that occur on some axes, in their order. */
function linesOf(cells: readonly PlanCell[], axes: readonly number[]): string[] {
  const lines = [...new Set(cells.map((cell) => nameOf(cell, axes)))];
  return lines.sort((one, other) => {
    const [a, b] = [placesOf(one), placesOf(other)];
    const differing = a.findIndex((place, index) => place !== b[index]);
    return (a[differing] ?? 0) - (b[differing] ?? 0);
  });
}

function nameOf({ at }: PlanCell, axes: readonly number[]): string {
  return axes.map((axis) => at[axis]).join();
}

function placesOf(line: string): number[] {
  return line === '' ? [] : line.split(',').map(Number);
}

function labelsOf(
  lines: readonly string[],
  side: readonly number[],
  axes: readonly Axis[],
): GridLabel[][] {
  return side.map((axisIndex, level) => {
    const axis = axes[axisIndex] as Axis;
    const labels: GridLabel[] = [];
    let before: string | undefined;
    for (const [index, line] of lines.entries()) {
      const places = placesOf(line);
      const outer = places.slice(0, level + 1).join();
      const last = labels.at(-1);
      if (last && outer === before) last.count++;
      else labels.push({ axis, value: places[level] ?? 0, first: index, count: 1 });
      before = outer;
    }
    return labels;
  });
}
