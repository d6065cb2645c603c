import type { MaskOperation } from './operations';
import type { CompressedRaster } from './raster';

/** A mask as it comes back after the page was left. */
export interface KeptMask {
  operations: readonly MaskOperation[];
  /** How many of them count. */
  position: number;
  checkpoint?: Checkpoint;
}

/** What is new about a mask since it was last kept. */
export interface MaskChange {
  /** How many of the operations that were kept still stand. */
  from: number;
  /** Those that come after them; all others there were are gone. */
  operations: readonly MaskOperation[];
  /** How many of all of them count. */
  position: number;
}

/** A kept mask with what is newer than it. */
export function withChange(kept: KeptMask, change: MaskChange): KeptMask {
  const { from, operations, position } = change;
  const isStale = kept.checkpoint !== undefined && kept.checkpoint.position > from;
  return {
    operations: [...kept.operations.slice(0, from), ...operations],
    position,
    ...(kept.checkpoint && !isStale && { checkpoint: kept.checkpoint }),
  };
}

/** Both changes as one, the earlier first. */
export function joinChanges(earlier: MaskChange | null, later: MaskChange): MaskChange {
  if (!earlier || later.from <= earlier.from) return later;
  const still = earlier.operations.slice(0, later.from - earlier.from);
  return { ...later, from: earlier.from, operations: [...still, ...later.operations] };
}

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
