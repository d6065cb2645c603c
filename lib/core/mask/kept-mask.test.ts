import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  joinChanges,
  type KeptMask,
  type MaskChange,
  nearestCheckpoint,
  thinCheckpoints,
  withChange,
} from './kept-mask';
import type { MaskOperation } from './operations';

const grow = (pixels: number): MaskOperation => ({ kind: 'grow', pixels });
const checkpoint = (position: number) => ({
  position,
  raster: { width: 1, height: 1, bytes: new Uint8Array() },
});

describe('a kept mask', () => {
  it('takes what is newer, and loses what that replaced', () => {
    const kept: KeptMask = { operations: [grow(1), grow(2), grow(3)], position: 1 };
    const changed = withChange(kept, { from: 1, operations: [grow(9)], position: 2 });
    expect(changed).toEqual({ operations: [grow(1), grow(9)], position: 2 });
  });

  it('keeps a checkpoint only if what it holds still stands', () => {
    const kept: KeptMask = {
      operations: [grow(1), grow(2)],
      position: 2,
      checkpoint: checkpoint(2),
    };
    const added = withChange(kept, { from: 2, operations: [grow(3)], position: 3 });
    expect(added.checkpoint).toEqual(checkpoint(2));
    expect(
      withChange(kept, { from: 1, operations: [grow(3)], position: 2 }).checkpoint,
    ).toBeUndefined();
  });

  it('is the same with two changes one after the other as with both at once', () => {
    const change = (kept: number): fc.Arbitrary<MaskChange> =>
      fc.record({
        from: fc.nat(kept),
        operations: fc.array(fc.nat(99).map(grow), { maxLength: 3 }),
        position: fc.constant(0),
      });
    const kept: KeptMask = { operations: [grow(1), grow(2), grow(3)], position: 3 };
    const both = change(3).chain((first) =>
      fc.tuple(fc.constant(first), change(first.from + first.operations.length)),
    );
    fc.assert(
      fc.property(both, ([first, second]) => {
        const joined = joinChanges(joinChanges(null, first), second);
        expect(withChange(kept, joined)).toEqual(withChange(withChange(kept, first), second));
      }),
    );
  });
});

const checkpointAt = (position: number, bytes = 10): Checkpoint => ({
  position,
  raster: { width: 1, height: 1, bytes: new Uint8Array(bytes) },
});
const positions = (checkpoints: readonly Checkpoint[]) =>
  checkpoints.map(({ position }) => position);

describe('checkpoints', () => {
  it('the nearest is the last that holds no more than was asked for', () => {
    const all = [checkpointAt(4), checkpointAt(9)];
    expect(nearestCheckpoint(all, 3)).toBeUndefined();
    expect(nearestCheckpoint(all, 8)?.position).toBe(4);
    expect(nearestCheckpoint(all, 9)?.position).toBe(9);
  });

  it('keep within their bytes, close together only near the end', () => {
    const all = Array.from({ length: 40 }, (_, index) => checkpointAt(index + 1));
    const kept = thinCheckpoints(all, 100);
    expect(kept.length).toBe(10);
    expect(positions(kept).slice(-2)).toEqual([39, 40]);
    expect(positions(kept)[0]).toBeLessThan(25);
    expect(thinCheckpoints(all, 1000)).toEqual(all);
    expect(positions(thinCheckpoints([checkpointAt(1), checkpointAt(2, 500)], 100))).toEqual([2]);
  });
});
