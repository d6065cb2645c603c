import type { CompressedRaster } from './compress';

/** How a mask looked after so many operations, packed, so that not all must be carried out again. */
export interface Checkpoint {
  /** How many operations it holds. */
  position: number;
  raster: CompressedRaster;
}

/** So much work may lie between two checkpoints (see `operationCost`): a tenth of a second or so. */
export const workBetweenCheckpoints = 20_000_000;

/** The last checkpoint that holds no more than so many operations. */
export function nearestCheckpoint(
  checkpoints: readonly Checkpoint[],
  position: number,
): Checkpoint | undefined {
  return checkpoints.findLast((checkpoint) => checkpoint.position <= position);
}

/**
 * Lets checkpoints go until they need no more than so many bytes. The last one stays; of the others
 * the first to go are those far back that stand close together, for the way back to them is seldom
 * gone.
 */
export function thinCheckpoints(checkpoints: readonly Checkpoint[], bytes: number): Checkpoint[] {
  const kept = [...checkpoints];
  const size = () => kept.reduce((sum, { raster }) => sum + raster.bytes.length, 0);
  while (kept.length > 1 && size() > bytes) {
    const last = kept.at(-1)?.position ?? 0;
    let weakest = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let index = 0; index < kept.length - 1; index++) {
      const position = kept[index]?.position ?? 0;
      const gap = (kept[index + 1]?.position ?? last) - (kept[index - 1]?.position ?? 0);
      const weight = gap / (last - position + 1);
      if (weight < least) [least, weakest] = [weight, index];
    }
    kept.splice(weakest, 1);
  }
  return kept;
}
