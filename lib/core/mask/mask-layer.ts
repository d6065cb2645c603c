import type { View } from '../pictures/viewer-geometry';
import type { Size } from '../sizes/sizes';
import { applyOperation } from './apply-operation';
import {
  type Checkpoint,
  nearestCheckpoint,
  thinCheckpoints,
  workBetweenCheckpoints,
} from './kept-mask';
import {
  type MaskOperation,
  operationCost,
  type StrokePoint,
  type StrokeStyle,
} from './operations';
import {
  compressRaster,
  createRaster,
  decompressInto,
  ownSize,
  paintedShare,
  type Raster,
} from './raster';
import { paintStroke } from './stroke-raster';
import { renderView } from './view-raster';

const checkpointBytes = 16 * 1024 * 1024;

export type MaskLayer = ReturnType<typeof createMaskLayer>;

/**
 * A mask at its picture's own size, and the operations that made it. Undo replays the operations
 * after the nearest checkpoint, so no copy of the mask is kept per step.
 * @throws RangeError if there is no memory for it
 */
export function createMaskLayer(size: Size) {
  const raster = createRaster(size);
  const pixels = size.width * size.height;
  let operations: MaskOperation[] = [];
  let position = 0;
  let checkpoints: Checkpoint[] = [];
  let work = 0;
  /** How far the unfinished stroke has been painted. */
  let strokeEnd: StrokePoint | null = null;

  function forward(to: number) {
    for (; position < to; position++) {
      const operation = operations[position] as MaskOperation;
      applyOperation(raster, operation);
      noteWork(operation, position + 1);
    }
  }

  function noteWork(operation: MaskOperation, after: number) {
    work += operationCost(operation, pixels);
    if (work < workBetweenCheckpoints) return;
    work = 0;
    if (checkpoints.some((checkpoint) => checkpoint.position === after)) return;
    const made = { position: after, raster: compressRaster(raster) };
    const sorted = [...checkpoints, made].sort((one, other) => one.position - other.position);
    checkpoints = thinCheckpoints(sorted, checkpointBytes);
  }

  function goTo(to: number) {
    const isTouched = strokeEnd !== null;
    strokeEnd = null;
    const target = Math.min(to, operations.length);
    const nearest = nearestCheckpoint(checkpoints, target);
    const known = nearest?.position ?? 0;
    if (isTouched || position > target || known > position) {
      if (nearest) decompressInto(nearest.raster, raster);
      else raster.data.fill(0);
      position = known;
      work = 0;
    }
    forward(target);
  }

  return {
    size,
    /** Restores a stored mask. A checkpoint saves replaying the operations before it. */
    load(kept: {
      operations: readonly MaskOperation[];
      position: number;
      checkpoint?: Checkpoint;
    }) {
      operations = [...kept.operations];
      checkpoints = kept.checkpoint ? [kept.checkpoint] : [];
      raster.data.fill(0);
      position = 0;
      strokeEnd = null;
      goTo(kept.position);
    },
    /** Extends the unfinished stroke, or begins one. */
    paint(style: StrokeStyle, points: readonly StrokePoint[]) {
      const way = strokeEnd ? [strokeEnd, ...points] : points;
      paintStroke({ raster, view: ownSize, style, points: way });
      strokeEnd = points.at(-1) ?? strokeEnd;
    },
    /** Adds an operation after the first so many; those that had been taken back are gone. */
    commit(operation: MaskOperation, at: number) {
      const isPainted = strokeEnd !== null && operation.kind === 'stroke' && at === position;
      if (!isPainted) goTo(at);
      strokeEnd = null;
      operations = [...operations.slice(0, at), operation];
      checkpoints = checkpoints.filter((checkpoint) => checkpoint.position <= at);
      if (isPainted) {
        position = at + 1;
        noteWork(operation, position);
      } else forward(at + 1);
    },
    /** Drops the unfinished stroke. */
    discard: () => goTo(position),
    goTo,
    /** Calls a function with one more operation applied, and undoes the operation. */
    with<Result>(operation: MaskOperation | null, use: (mask: Raster) => Result): Result {
      if (!operation) return use(raster);
      const isPainted = strokeEnd !== null && operation.kind === 'stroke';
      if (isPainted) return use(raster);
      const before = compressRaster(raster);
      try {
        applyOperation(raster, operation);
        return use(raster);
      } finally {
        decompressInto(before, raster);
      }
    },
    /** What a view shows; with an operation that is only tried out. */
    render({ view, size, trial }: { view: View; size: Size; trial: MaskOperation | null }): Raster {
      if (!trial) return renderView(raster, view, size);
      // With what lies round it in the picture, which may come into view.
      const margin = 'pixels' in trial ? Math.ceil(trial.pixels * view.scale) + 2 : 0;
      const along = (start: number, length: number, whole: number) => {
        const before = Math.min(margin, Math.max(0, -start));
        const after = Math.min(margin, Math.max(0, Math.ceil(whole * view.scale) + start - length));
        return [before, before + length + after] as const;
      };
      const [left, width] = along(view.x, size.width, raster.width);
      const [top, height] = along(view.y, size.height, raster.height);
      const around = { ...view, x: view.x + left, y: view.y + top };
      const shown = renderView(raster, around, { width, height });
      applyOperation(shown, trial, around);
      return renderView(shown, { scale: 1, x: -left, y: -top }, size);
    },
    share: () => paintedShare(raster),
    /** The last of the checkpoints up to where the mask is, to be kept with the operations. */
    checkpoint: () => nearestCheckpoint(checkpoints, position),
  };
}
