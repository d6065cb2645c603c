import type { Raster } from './raster';

const half = 128;

/** By how many pixels a mask can be grown or shrunk at most: distances are kept in a byte each. */
export const mostGrowth = 250;

/**
 * Moves the edge of a mask, where it is half painted, outwards by so many pixels in every direction.
 * The new edge is one pixel sharp; nothing that was painted gets less. The picture's border is no
 * edge.
 */
export function growRaster(raster: Raster, pixels: number): void {
  const { data, width, height } = raster;
  const radius = Math.min(mostGrowth, pixels);
  const far = Math.ceil(radius) + 2;
  const distances = columnDistances(raster, far);
  const envelope = createEnvelope(width);
  for (let row = 0; row < height; row++) {
    const start = row * width;
    envelope.read(distances.subarray(start, start + width), far);
    if (envelope.isEmpty()) continue;
    envelope.each((column, squared) => {
      const value = ((radius + 1 - Math.sqrt(squared)) * 255 + 0.5) | 0;
      if (value > (data[start + column] as number)) data[start + column] = Math.min(255, value);
    });
  }
}

/** Moves the edge inwards: what is not painted grows. */
export function shrinkRaster(raster: Raster, pixels: number): void {
  invertRaster(raster);
  growRaster(raster, pixels);
  invertRaster(raster);
}

/** Swaps what will change and what stays. */
export function invertRaster({ data }: Raster): void {
  for (let index = 0; index < data.length; index++) data[index] = 255 - (data[index] as number);
}

/** For each pixel how many rows away the next painted one of its column is, `far` at most. */
function columnDistances({ data, width, height }: Raster, far: number): Uint8Array {
  const distances = new Uint8Array(data.length).fill(far);
  for (let at = 0; at < data.length; at++) {
    const above = at < width ? far : (distances[at - width] as number) + 1;
    distances[at] = (data[at] as number) >= half ? 0 : Math.min(far, above);
  }
  for (let at = width * (height - 1) - 1; at >= 0; at--) {
    const below = (distances[at + width] as number) + 1;
    if (below < (distances[at] as number)) distances[at] = below;
  }
  return distances;
}

/**
 * The least squared distance along a row, given those along the columns: the lower envelope of one
 * parabola for each pixel (Felzenszwalb and Huttenlocher, "Distance Transforms of Sampled
 * Functions", 2012).
 */
function createEnvelope(width: number) {
  const centres = new Int32Array(width);
  const heights = new Float64Array(width);
  const starts = new Float64Array(width + 1);
  let count = 0;
  return {
    read(distances: Uint8Array, far: number) {
      count = 0;
      for (let column = 0; column < width; column++) {
        const distance = distances[column] as number;
        if (distance >= far) continue;
        const height = distance * distance;
        let start = Number.NEGATIVE_INFINITY;
        while (count > 0) {
          const centre = centres[count - 1] as number;
          start =
            (height + column * column - (heights[count - 1] as number) - centre * centre) /
            (2 * (column - centre));
          if (start > (starts[count - 1] as number)) break;
          count--;
          start = Number.NEGATIVE_INFINITY;
        }
        centres[count] = column;
        heights[count] = height;
        starts[count] = start;
        count++;
      }
    },
    isEmpty: () => count === 0,
    each(use: (column: number, squared: number) => void) {
      let index = 0;
      for (let column = 0; column < width; column++) {
        while (index + 1 < count && (starts[index + 1] as number) < column) index++;
        const away = column - (centres[index] as number);
        use(column, away * away + (heights[index] as number));
      }
    },
  };
}

/**
 * Softens the edges of a mask: each fades over so many pixels to either side, and no further. Three
 * box blurs one after the other come close to a Gaussian one. The picture's border is no edge.
 */
export function featherRaster(raster: Raster, pixels: number): void {
  const whole = Math.round(pixels);
  for (let part = 0; part < 3; part++) {
    // Three whole numbers that make up the width.
    const radius = Math.floor((whole + part) / 3);
    if (radius < 1) continue;
    blurRows(raster, radius);
    blurColumns(raster, radius);
  }
}

function blurRows({ data, width, height }: Raster, radius: number): void {
  const padded = new Uint8Array(width + 2 * radius + 1);
  const share = 1 / (2 * radius + 1);
  for (let row = 0; row < height; row++) {
    const start = row * width;
    padded.fill(data[start] as number, 0, radius);
    padded.set(data.subarray(start, start + width), radius);
    padded.fill(data[start + width - 1] as number, radius + width);
    let sum = 0;
    for (let at = 0; at < 2 * radius + 1; at++) sum += padded[at] as number;
    for (let column = 0; column < width; column++) {
      data[start + column] = (sum * share + 0.5) | 0;
      sum += (padded[column + 2 * radius + 1] as number) - (padded[column] as number);
    }
  }
}

function blurColumns({ data, width, height }: Raster, radius: number): void {
  const source = data.slice();
  const sums = new Float64Array(width);
  const share = 1 / (2 * radius + 1);
  const rowStart = (row: number) => Math.min(height - 1, Math.max(0, row)) * width;
  for (let row = -radius; row <= radius; row++) {
    const start = rowStart(row);
    for (let column = 0; column < width; column++) {
      sums[column] = (sums[column] as number) + (source[start + column] as number);
    }
  }
  for (let row = 0; row < height; row++) {
    const [start, leaving, coming] = [
      row * width,
      rowStart(row - radius),
      rowStart(row + radius + 1),
    ];
    for (let column = 0; column < width; column++) {
      const sum = sums[column] as number;
      data[start + column] = (sum * share + 0.5) | 0;
      sums[column] =
        sum + (source[coming + column] as number) - (source[leaving + column] as number);
    }
  }
}
