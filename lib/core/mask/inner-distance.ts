import type { Raster } from './raster';

/** Steps across and along are 5 long and diagonal ones 7: 7/5 is near √2. */
const straight = 5;
const diagonal = 7;
const farthest = 0xffff;

/** One pixel's length in what `innerDistances` gives. */
export const distanceUnit = straight;

/**
 * How far each pixel that a mask opens lies from the nearest one that it keeps, in fifths of a pixel;
 * 0 for those that are kept, 5 for their neighbours. Two passes (a chamfer distance, Borgefors 1986):
 * at most 8 % off.
 */
export function innerDistances({ width, height, data }: Raster): Uint16Array {
  const distances = new Uint16Array(data.length);
  for (let index = 0; index < data.length; index++) {
    distances[index] = data[index] === 0 ? 0 : farthest;
  }
  const at = (index: number, by: number) => (distances[index] as number) + by;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const index = y * width + x;
      if (distances[index] === 0) continue;
      let least = farthest;
      if (x > 0) least = Math.min(least, at(index - 1, straight));
      if (y > 0) {
        least = Math.min(least, at(index - width, straight));
        if (x > 0) least = Math.min(least, at(index - width - 1, diagonal));
        if (x + 1 < width) least = Math.min(least, at(index - width + 1, diagonal));
      }
      distances[index] = least;
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const index = y * width + x;
      let least = distances[index] as number;
      if (least === 0) continue;
      if (x + 1 < width) least = Math.min(least, at(index + 1, straight));
      if (y + 1 < height) {
        least = Math.min(least, at(index + width, straight));
        if (x > 0) least = Math.min(least, at(index + width - 1, diagonal));
        if (x + 1 < width) least = Math.min(least, at(index + width + 1, diagonal));
      }
      distances[index] = least;
    }
  }
  return distances;
}
