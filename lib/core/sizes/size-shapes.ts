import { levelsOf } from '../models/lookup';
import type { Model } from '../models/model';
import { parseSize, type Size } from './sizes';

/** One entry of a model's size table. */
export interface Shape {
  ratio: string;
  level: string;
}

/** The ratio and level under which a model's table lists a size, if it does. */
export function shapeOf(model: Model, size: string): Shape | undefined {
  for (const [ratio, levels] of Object.entries(model.sizes.table)) {
    for (const [level, listed] of Object.entries(levels)) {
      if (listed === size) return { ratio, level };
    }
  }
  return undefined;
}

/**
 * The size that a ratio has at a level; where the table has none there, at the level nearest to it,
 * larger before smaller.
 */
export function sizeOfShape(model: Model, { ratio, level }: Shape): string | undefined {
  const entry = model.sizes.table[ratio];
  if (!entry) return undefined;
  const levels = levelsOf(model);
  const place = levels.indexOf(level);
  const nearest = Object.keys(entry).sort(
    (one, other) => distance(levels.indexOf(one) - place) - distance(levels.indexOf(other) - place),
  )[0];
  return nearest === undefined ? undefined : entry[nearest];
}

/**
 * The size at a level whose ratio is nearest to that of a size. `auto` and half-typed sizes count as
 * square, so that a level can be chosen from anywhere.
 */
export function sizeAtLevel(
  model: Model,
  { size, level }: { size: string; level: string },
): string | undefined {
  const wanted = Math.log(aspectOf(size));
  const far = (listed: string) => Math.abs(Math.log(aspectOf(listed)) - wanted);
  return Object.values(model.sizes.table)
    .flatMap((levels) => levels[level] ?? [])
    .reduce<string | undefined>(
      (best, listed) => (best === undefined || far(listed) < far(best) ? listed : best),
      undefined,
    );
}

/** The outline of a ratio, fitted into a square of `within` pixels; equal areas look equal. */
export function outlineOf(ratio: string, within: number): Size {
  const [across = 1, down = 1] = ratio.split(':').map(Number);
  const width = Math.sqrt(across / down);
  const scale = Math.min(within * 0.72, within / Math.max(width, 1 / width));
  return { width: Math.round(width * scale), height: Math.round(scale / width) };
}

/** Width over height of a size as the wire names it; `auto` and half-typed sizes count as square. */
export function aspectOf(size: string): number {
  const parsed = parseSize(size);
  return parsed ? parsed.width / parsed.height : 1;
}

function distance(steps: number): number {
  return steps >= 0 ? steps : 0.5 - steps;
}
