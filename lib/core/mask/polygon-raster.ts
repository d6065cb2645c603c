import type { View } from '../pictures/viewer-geometry';
import type { ImagePoint } from './operations';
import { type Box, boxWithin, type PaintMode, type Raster } from './raster';

/** Each row of pixels is cut by so many lines; across, the cover is exact. */
const linesPerRow = 4;

interface Edge {
  top: number;
  bottom: number;
  /** Where it is at its top, and how far it goes aside for each pixel down. */
  x: number;
  slope: number;
  /** +1 if it goes down as it was drawn, −1 if up. */
  winding: number;
}

/**
 * Fills a polygon; what is round itself twice is inside (non-zero winding), so a lasso that crosses
 * its own line leaves no hole. Combines as strokes do. @returns the pixels touched
 */
export function paintPolygon({
  raster,
  view,
  mode,
  points,
}: {
  raster: Raster;
  view: View;
  mode: PaintMode;
  points: readonly ImagePoint[];
}): Box | null {
  const edges = edgesOf(points, view);
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x } of points) {
    left = Math.min(left, x * view.scale + view.x);
    right = Math.max(right, x * view.scale + view.x);
  }
  const top = edges[0]?.top ?? 0;
  const bottom = edges.reduce((lowest, edge) => Math.max(lowest, edge.bottom), top);
  const box = boxWithin(raster, { left, top, right, bottom });
  if (!box) return null;
  const { data, width } = raster;
  // Cover of a row as its changes from pixel to pixel, summed up from the left.
  const changes = new Float64Array(box.right - box.left + 2);
  let active: Edge[] = [];
  let next = 0;
  for (let row = box.top; row < box.bottom; row++) {
    for (; next < edges.length && (edges[next] as Edge).top < row + 1; next++) {
      active.push(edges[next] as Edge);
    }
    active = active.filter((edge) => edge.bottom > row);
    changes.fill(0);
    for (let line = 0; line < linesPerRow; line++) {
      cutRow({ active, y: row + (line + 0.5) / linesPerRow, box, changes });
    }
    let sum = 0;
    for (let column = box.left; column < box.right; column++) {
      sum += changes[column - box.left] as number;
      const value = Math.min(255, ((sum / linesPerRow) * 255 + 0.5) | 0);
      const at = row * width + column;
      const before = data[at] as number;
      if (mode === 'add') {
        if (value > before) data[at] = value;
      } else if (255 - value < before) data[at] = 255 - value;
    }
  }
  return box;
}

/** Adds what one line across a row covers. */
function cutRow({
  active,
  y,
  box,
  changes,
}: {
  active: readonly Edge[];
  y: number;
  box: Box;
  changes: Float64Array;
}): void {
  const crossings = active
    .filter((edge) => edge.top <= y && y < edge.bottom)
    .map((edge) => ({ x: edge.x + (y - edge.top) * edge.slope, winding: edge.winding }))
    .sort((one, other) => one.x - other.x);
  let winding = 0;
  let from = 0;
  for (const crossing of crossings) {
    const wasInside = winding !== 0;
    winding += crossing.winding;
    if (!wasInside) from = crossing.x;
    else if (winding === 0) coverBetween({ from, to: crossing.x, box, changes });
  }
}

function coverBetween({
  from,
  to,
  box,
  changes,
}: {
  from: number;
  to: number;
  box: Box;
  changes: Float64Array;
}): void {
  step(changes, Math.max(from, box.left) - box.left, 1);
  step(changes, Math.min(Math.max(to, box.left), box.right) - box.left, -1);
}

/** From a place within a pixel on, the cover is greater: of that pixel only the part beyond it. */
function step(changes: Float64Array, at: number, by: 1 | -1): void {
  const pixel = Math.floor(at);
  const part = 1 - (at - pixel);
  if (pixel < 0 || pixel + 1 >= changes.length) return;
  changes[pixel] = (changes[pixel] as number) + by * part;
  changes[pixel + 1] = (changes[pixel + 1] as number) + by * (1 - part);
}

/** The sides of a polygon that are not level, by their tops. */
function edgesOf(points: readonly ImagePoint[], { scale, x, y }: View): Edge[] {
  const corners = points.map((point) => ({ x: point.x * scale + x, y: point.y * scale + y }));
  return corners
    .flatMap((to, index): Edge[] => {
      const from = corners.at(index - 1);
      if (!from || from.y === to.y) return [];
      const [upper, lower] = from.y < to.y ? [from, to] : [to, from];
      return [
        {
          top: upper.y,
          bottom: lower.y,
          x: upper.x,
          slope: (lower.x - upper.x) / (lower.y - upper.y),
          winding: from.y < to.y ? 1 : -1,
        },
      ];
    })
    .sort((one, other) => one.top - other.top);
}
