import type { Size } from '../sizes/sizes';

/** Sides that models make are multiples of this. */
const step = 16;

/**
 * Whether one picture can be the other made larger or smaller: at some scale no side is further off
 * than rounding to the nearest multiple of 16 takes it.
 */
export function isSameShape(original: Size, result: Size): boolean {
  const fits = (one: Size, other: Size) => {
    const scales = (['width', 'height'] as const).map((side) => ({
      least: (other[side] - step / 2) / one[side],
      most: (other[side] + step / 2) / one[side],
    }));
    const [across, down] = scales as [(typeof scales)[0], (typeof scales)[0]];
    return across.least <= down.most && down.least <= across.most;
  };
  return fits(original, result) || fits(result, original);
}
