import type { Checkpoint } from './checkpoints';
import type { MaskOperation } from './operations';

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
