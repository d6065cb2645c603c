import type { Raster } from './raster';

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
