import { describe, expect, it } from 'vitest';
import { type Checkpoint, nearestCheckpoint, thinCheckpoints } from './checkpoints';

const checkpoint = (position: number, bytes = 10): Checkpoint => ({
  position,
  raster: { width: 1, height: 1, bytes: new Uint8Array(bytes) },
});
const positions = (checkpoints: readonly Checkpoint[]) =>
  checkpoints.map(({ position }) => position);

describe('checkpoints', () => {
  it('the nearest is the last that holds no more than was asked for', () => {
    const all = [checkpoint(4), checkpoint(9)];
    expect(nearestCheckpoint(all, 3)).toBeUndefined();
    expect(nearestCheckpoint(all, 8)?.position).toBe(4);
    expect(nearestCheckpoint(all, 9)?.position).toBe(9);
  });

  it('keep within their bytes, close together only near the end', () => {
    const all = Array.from({ length: 40 }, (_, index) => checkpoint(index + 1));
    const kept = thinCheckpoints(all, 100);
    expect(kept.length).toBe(10);
    expect(positions(kept).slice(-2)).toEqual([39, 40]);
    expect(positions(kept)[0]).toBeLessThan(25);
    expect(thinCheckpoints(all, 1000)).toEqual(all);
    expect(positions(thinCheckpoints([checkpoint(1), checkpoint(2, 500)], 100))).toEqual([2]);
  });
});
