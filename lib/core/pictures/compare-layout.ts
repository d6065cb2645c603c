import { isSameShape } from '../mask/composite';
import type { Size } from '../sizes/sizes';

// How pictures are laid out that are compared under one zoom.

/** Between two panes, in CSS pixels. */
export const paneGap = 2;

const unknown = { width: 1024, height: 1024 };

/**
 * The box that all pictures are laid into: the largest one's size in pixels, so that none of its pixels is
 * hidden.
 * @param sizes of the pictures; those whose header tells nothing are left out
 */
export function comparedBox(sizes: readonly (Size | undefined)[]): Size {
  const area = ({ width, height }: Size) => width * height;
  const known = sizes.filter((size) => size !== undefined);
  return known.reduce((most, size) => (area(size) > area(most) ? size : most), known[0] ?? unknown);
}

/** Whether pictures differ by rounding only, so that stretching lays one exactly on the other. */
export function areAlike(sizes: readonly (Size | undefined)[]): boolean {
  const [first, ...rest] = sizes;
  return (
    first !== undefined && rest.every((size) => size !== undefined && isSameShape(first, size))
  );
}

/**
 * Panes of equal size in rows, as many beside each other as show the pictures largest.
 * @param area of all panes together, in CSS pixels
 */
export function paneGrid({ area, box, count }: { area: Size; box: Size; count: number }): {
  columns: number;
  pane: Size;
} {
  const empty = (columns: number) => (columns - (count % columns)) % columns;
  const grids = Array.from({ length: count }, (_, index) => {
    const columns = index + 1;
    const rows = Math.ceil(count / columns);
    const share = (length: number, parts: number) =>
      Math.max(0, (length - paneGap * (parts - 1)) / parts);
    const pane = { width: share(area.width, columns), height: share(area.height, rows) };
    return { columns, pane, scale: Math.min(pane.width / box.width, pane.height / box.height) };
  });
  // Of equals the one with fewer empty places, then the one with more beside each other.
  return grids.reduce((best, grid) => {
    if (grid.scale !== best.scale) return grid.scale > best.scale ? grid : best;
    return empty(grid.columns) <= empty(best.columns) ? grid : best;
  });
}
