import type { MaskOperation } from './operations';
import type { CompressedRaster } from './raster';

/** A mask as it is stored. */
export interface KeptMask {
  operations: readonly MaskOperation[];
  /** How many of them count. */
  position: number;
  checkpoint?: Checkpoint;
}

/** The change of a mask since it was last stored. */
export interface MaskChange {
  /** How many of the stored operations are still valid. */
  from: number;
  /** The operations after those; the other stored ones are dropped. */
  operations: readonly MaskOperation[];
  /** How many of all of them count. */
  position: number;
}

/** A stored mask with a change applied. */
export function withChange(kept: KeptMask, change: MaskChange): KeptMask {
  const { from, operations, position } = change;
  const isStale = kept.checkpoint !== undefined && kept.checkpoint.position > from;
  return {
    operations: [...kept.operations.slice(0, from), ...operations],
    position,
    ...(kept.checkpoint && !isStale && { checkpoint: kept.checkpoint }),
  };
}

/** Merges two changes, the earlier one first. */
export function joinChanges(earlier: MaskChange | null, later: MaskChange): MaskChange {
  if (!earlier || later.from <= earlier.from) return later;
  const still = earlier.operations.slice(0, later.from - earlier.from);
  return { ...later, from: earlier.from, operations: [...still, ...later.operations] };
}

/** A compressed mask after so many operations, so that undo need not replay all of them. */
export interface Checkpoint {
  /** How many operations it holds. */
  position: number;
  raster: CompressedRaster;
}

/** The work between two checkpoints (see `operationCost`): about a tenth of a second. */
export const workBetweenCheckpoints = 20_000_000;

/** The last checkpoint that holds no more than so many operations. */
export function nearestCheckpoint(
  checkpoints: readonly Checkpoint[],
  position: number,
): Checkpoint | undefined {
  return checkpoints.findLast((checkpoint) => checkpoint.position <= position);
}

/**
 * Drops checkpoints until they need no more than so many bytes. The last one stays. Of the others, old
 * ones that are close together go first, because undo seldom goes that far back.
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
