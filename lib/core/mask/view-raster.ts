import type { View } from '../pictures/viewer-geometry';
import type { Size } from '../sizes/sizes';
import { createRaster, type Raster } from './raster';

/**
 * What a view shows of a mask: each pixel is the mean of those of the mask that it stands for.
 * `scale` is 1 at most: a view that enlarges is drawn at the mask's own pixels and enlarged by who
 * shows it.
 */
export function renderView(mask: Raster, view: View, size: Size): Raster {
  const shown = createRaster(size);
  const columns = edgesAlong({
    count: size.width,
    start: view.x,
    scale: view.scale,
    end: mask.width,
  });
  const rows = edgesAlong({
    count: size.height,
    start: view.y,
    scale: view.scale,
    end: mask.height,
  });
  const [first, last] = [columns[0] as number, columns[size.width] as number];
  if (view.scale === 1) {
    const skipped = Math.max(0, Math.round(view.x));
    for (let row = 0; row < size.height; row++) {
      const from = rows[row] as number;
      if (from >= (rows[row + 1] as number)) continue;
      const start = from * mask.width;
      shown.data.set(mask.data.subarray(start + first, start + last), row * size.width + skipped);
    }
    return shown;
  }
  const sums = new Uint32Array(last - first);
  for (let row = 0; row < size.height; row++) {
    const [top, bottom] = [rows[row] as number, rows[row + 1] as number];
    if (top >= bottom) continue;
    sums.fill(0);
    for (let line = top; line < bottom; line++) {
      const start = line * mask.width + first;
      for (let at = 0; at < sums.length; at++) {
        sums[at] = (sums[at] as number) + (mask.data[start + at] as number);
      }
    }
    const target = row * size.width;
    for (let column = 0; column < size.width; column++) {
      const [left, right] = [columns[column] as number, columns[column + 1] as number];
      if (left >= right) continue;
      let sum = 0;
      for (let at = left - first; at < right - first; at++) sum += sums[at] as number;
      shown.data[target + column] = Math.round(sum / ((right - left) * (bottom - top)));
    }
  }
  return shown;
}

/** The pixels of a mask at which those of a view begin, and at which the last one ends. */
function edgesAlong({
  count,
  start,
  scale,
  end,
}: {
  count: number;
  start: number;
  scale: number;
  end: number;
}): Int32Array {
  return Int32Array.from({ length: count + 1 }, (_, index) =>
    Math.min(end, Math.max(0, Math.round((index - start) / scale))),
  );
}
