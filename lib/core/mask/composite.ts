import { distanceUnit } from './inner-distance';
import type { PicturePixels } from './picture-pixels';
import type { Raster } from './raster';

/** The widest feather, in pixels of the original. */
export const maxFeather = 200;

/**
 * The original with an edit inside a mask: outside every byte is the original's own. All three have
 * one size; the result is written into `edit`, since two copies of a 4K picture are 66 MB.
 *
 * The feather goes inwards from the mask's edge, so that the outside stays exact: beside the edge
 * nearly all of the original shows, so many pixels further in none of it. A soft edge of the mask
 * itself mixes as well.
 */
export function compositeInto({
  original,
  edit,
  mask,
  distances,
  feather,
}: {
  original: PicturePixels;
  edit: PicturePixels;
  mask: Raster;
  /** `innerDistances` of the mask: they stay the same while the feather is moved. */
  distances: Uint16Array;
  /** In pixels of the original. */
  feather: number;
}): void {
  const whole = (feather + 1) * distanceUnit;
  const [from, into] = [original.rgba, edit.rgba];
  for (let index = 0; index < distances.length; index++) {
    const open = mask.data[index] as number;
    const at = index * 4;
    const share = Math.min(1, (distances[index] as number) / whole);
    const weight = Math.round(open * share);
    if (weight === 255) continue;
    if (weight === 0) {
      for (let channel = at; channel < at + 4; channel++) into[channel] = from[channel] as number;
      continue;
    }
    // Each colour counts as much as it shows: what is transparent has none of its own.
    const before = (from[at + 3] as number) * (255 - weight);
    const after = (into[at + 3] as number) * weight;
    for (let channel = at; channel < at + 3 && before + after > 0; channel++) {
      const sum = (from[channel] as number) * before + (into[channel] as number) * after;
      into[channel] = Math.round(sum / (before + after));
    }
    into[at + 3] = Math.round((before + after) / 255);
  }
}
